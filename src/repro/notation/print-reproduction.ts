import { readRoleHead } from './read-role-head.ts';
import type { Meta, Observation, Reproduction, Step } from '../types.ts';

const modeSigns: Readonly<Record<Observation['mode'], string>> = { plain: '', exact: '=', pattern: '~', regex: '/', status: '?' };

/** The info string of a reproduction's fence, e.g. `console repro id=pxgate-m1 claim=M1`. */
export function printInfo(lang: string | null, meta: Meta): string {
  const values: readonly (readonly [string, string])[] = [
    ['id', meta.id ?? ''],
    ['claim', meta.claim ?? ''],
    ['needs', meta.needs.join(',')],
    ['replay', meta.replay ?? ''],
    ['timeout', meta.timeoutMs === null ? '' : printDuration(meta.timeoutMs)],
    ['inputs', meta.inputs.join(',')],
    ['env', meta.env.join(',')],
  ];
  const written = values.filter(([, value]) => value !== '').map(([key, value]) => `${key}=${/\s/.test(value) ? `"${value}"` : value}`);
  return [...(lang === null ? [] : [lang]), 'repro', ...written].join(' ');
}

/**
 * The body of a reproduction's fence in the exact notation, without a final newline. Reading it again gives the same
 * steps. Line numbers and the word "guessed" are not part of the text.
 */
export function printBody(steps: readonly Step[]): string {
  return steps.map((step, index) => printStep(step, steps[index - 1])).join('\n\n');
}

/** The whole fence, long enough that nothing in its body closes it; ends in a newline. */
export function printFence(reproduction: Pick<Reproduction, 'lang' | 'meta' | 'steps'>): string {
  const body = printBody(reproduction.steps);
  const longest = (body.match(/`{3,}/g) ?? []).reduce((most, ticks) => Math.max(most, ticks.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${printInfo(reproduction.lang, reproduction.meta)}\n${body}\n${fence}\n`;
}

function printStep(step: Step, previous: Step | undefined): string {
  return [
    ...(hasSameHead(step, previous) && !isBare(step) && !isBare(previous) ? [] : [printHead(step)]),
    ...step.comments.map(printComment),
    ...step.commands.map((command) => printCommand(command.text)),
    ...step.observations.flatMap(printObservation),
  ].join('\n');
}

/** A head without a step is all that there is of it. */
function isBare(step: Step | undefined): boolean {
  return step !== undefined && step.commands.length === 0 && step.observations.length === 0;
}

/** A step takes over the head of the step above it; the first one is a plain check until a head says otherwise. */
function hasSameHead(step: Step, previous: Step | undefined): boolean {
  const above = previous ?? { role: 'check', at: null, patch: null, heading: null };
  return step.role === above.role && step.at === above.at && step.patch === above.patch && step.heading === above.heading;
}

function printHead(step: Step): string {
  const revision = step.at === null ? '' : ` @${step.at}`;
  const patch = step.patch === null ? '' : ` +${step.patch}`;
  return `# ${step.role}${revision}${patch}${step.heading === null ? '' : `: ${step.heading.replace(/\s*\n\s*/g, ' ').trim()}`}`;
}

/** A comment that would read as a role head stands right behind its sign. */
function printComment(comment: string): string {
  return comment === '' || readRoleHead(comment) !== null ? `#${comment}` : `# ${comment}`;
}

function printCommand(text: string): string {
  const [first = '', ...others] = text.split('\n');
  return [first === '' ? '$' : `$ ${first}`, ...others.map((line) => (line === '' ? '>' : `> ${line}`))].join('\n');
}

function printObservation(observation: Observation): string[] {
  const arrow = `→${observation.stream === 'stderr' ? '2' : ''}${modeSigns[observation.mode]}`;
  const lines = observation.text.split('\n').map((line) => (line === '' ? arrow : `${arrow} ${line}`));
  const last = lines.pop() ?? arrow;
  return [...lines, `${last}${printNote(observation)}`];
}

function printNote({ note }: Observation): string {
  if (note === null || note.verdict === null) return '';
  return ` ← ${note.verdict === 'fails' ? 'FAILS' : 'PASSES'}${note.text === '' ? '' : ` ${note.text}`}`;
}

/** The longest unit that divides it. */
function printDuration(ms: number): string {
  if (ms % 3_600_000 === 0) return `${String(ms / 3_600_000)}h`;
  if (ms % 60_000 === 0) return `${String(ms / 60_000)}m`;
  return ms % 1000 === 0 ? `${String(ms / 1000)}s` : `${String(ms)}ms`;
}
