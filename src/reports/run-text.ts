import { paintState } from './state-mark.ts';
import type { View } from './view.ts';

interface PlanData {
  plan: { digest: string; steps: { role: string; at: string | null; patch: string | null; command: string; class: string; reasons: string[] }[]; env: string[]; isolated: boolean; asks: boolean };
}

/** What would be executed, step by step, and the digest that a consent is bound to. */
function renderPlan({ plan }: PlanData, view: View): string {
  const steps = plan.steps.map(({ role, at, patch, command, class: found, reasons }) => {
    const head = `${view.paint('bold', role)}${at === null ? '' : ` @${at}`}${patch === null ? '' : ` +${patch}`}  ${view.paint(found === 'manual' ? 'red' : 'dim', found)}${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`;
    return `${head}\n${command.split('\n').map((line) => `  $ ${line}`).join('\n')}`;
  });
  const env = plan.env.length === 0 ? [] : [`passes the variables ${plan.env.join(', ')}`];
  const network = plan.isolated ? ['without a network (tried: it can be taken away here); what prepare installs has one'] : [];
  return `${[...steps, ...env, ...network, `digest ${plan.digest}${plan.asks ? '' : ' (only looks: no consent is needed)'}`].join('\n')}\n`;
}

interface RunData {
  reproduction: string;
  verdict: string;
  steps: { role: string; at: string | null; command: string; outcome: string; verdict: string; why: string; exit: number | null; ms: number; difference: { expected: string | null; got: string | null } | null }[];
  why: string[];
}

const marks: Record<string, string> = { accepted: '✔' };

/** What came of a run, step by step, and its verdict. */
export function renderRun({ reproduction, verdict, steps, why }: RunData, view: View): string {
  const isGood = verdict === 'proven' || verdict === 'green';
  const lines = steps.map(({ role, at, command, outcome, verdict: own, why: reason, exit, ms, difference }) => {
    const [first = '', ...others] = command.split('\n');
    const parted = difference === null || own === 'accepted' ? '' : `\n      expected ${JSON.stringify(difference.expected)}\n      got      ${JSON.stringify(difference.got)}`;
    const said = own === 'accepted' ? '' : `\n    ${own}: ${reason}`;
    return `  ${marks[own] ?? '✘'} ${role}${at === null ? '' : ` @${at}`}  ${first}${others.length > 0 ? ' …' : ''}  ${view.paint('dim', `${outcome}, exit ${exit ?? '–'}, ${(ms / 1000).toFixed(1)} s`)}${said}${parted}`;
  });
  const against = verdict === 'proven' ? [] : why.map((sentence) => `  ${paintState(view, 'error', sentence)}`);
  return `${[`${view.paint(isGood ? 'green' : 'red', `${isGood ? '✔' : '✘'} ${reproduction} is ${verdict}`)}`, ...lines, ...against].join('\n')}\n`;
}

type NamedPlan = { reproduction: string; needs?: string[] } & PlanData['plan'];

/** The plans of several reproductions, in the order in which they would be run. */
export function renderPlans({ plans }: { plans: NamedPlan[] }, view: View): string {
  return plans.map(({ reproduction, needs = [], ...plan }) => `${reproduction}${needs.length === 0 ? '' : `, needs ${needs.join(', ')}`}\n${renderPlan({ plan }, view)}`).join('\n');
}

/** The plan of a recording, behind those of what it needs. */
export function renderRecordPlan({ plan, needs }: PlanData & { needs: NamedPlan[] }, view: View): string {
  return `${needs.length === 0 ? '' : `${renderPlans({ plans: needs }, view)}\n`}${renderPlan({ plan }, view)}`;
}

/** What came of several replays. */
export function renderReplays({ replays, dryRun = false }: { dryRun?: boolean; replays: (RunData & { cold: boolean; isolated: boolean; needed: boolean; receipt: { path: string } | null })[] }, view: View): string {
  return replays.map((each) => `${renderRun(each, view)}${each.cold ? '  cold' : '  warm'}${each.isolated ? ', without a network' : ''}${each.needed ? ', because another needs it' : ''}${each.receipt === null ? '' : `, ${dryRun ? 'no receipt was written' : `receipt in ${each.receipt.path}`}`}\n`).join('\n');
}
