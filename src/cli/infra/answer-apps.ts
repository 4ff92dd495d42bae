import { exitCode } from '../../contract/exit-codes.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { findFaults, type AppReport, type Infra, type InfraResult, type Order, type SpecFault } from '../../reconcile/index.ts';
import { describeAlert } from '../../reports/infra/alerts-text.ts';
import { renderApps } from '../../reports/infra/apps-text.ts';
import type { Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';
import { nothingJournaled, prepareJournal } from './journal-of-run.ts';
import { withInfra } from './open-infra-for.ts';

type AppsResult = InfraResult<{ apps: AppReport[]; evidence: string | null }>;

/** What else a command does with its answer, such as recording it. */
export type Afterwards = (infra: Infra) => Promise<Outcome>;

/**
 * Runs one of `check`, `reconcile` and `controls`, and answers with a report of every app, and what is wrong with its gate as diagnostics; with
 * `--journal` it writes an entry. The answer of `afterwards` becomes part of it, its data under `recorded`.
 */
export async function answerApps(invocation: Invocation, run: (infra: Infra) => Promise<AppsResult>, { stop, afterwards }: { stop?: AbortSignal; afterwards?: Afterwards } = {}): Promise<Outcome> {
  const write = await prepareJournal(invocation);
  return withInfra(invocation, async ({ infra, shownAs, diagnose }) => {
    const { exit, data, problems } = await run(infra);
    const named = new Set(data.apps.map(({ app }) => app));
    const order = data.apps.some(({ order }) => order === 'cycle') ? await infra.readOrder() : { cycles: [] };
    const faults = named.size === 0 ? [] : findFaults({ apps: infra.spec.apps.filter(({ name }) => named.has(name)) }, order);
    const { journal, ...told } = data.apps.length === 0 ? nothingJournaled : await write(async (pen, phase) => {
      const { addInfraRun } = await import('../../edits/writers/add-infra-run.ts');
      return addInfraRun(pen, phase, { command: invocation.command, ...data, spec: shownAs, commit: infra.commit });
    });
    const recorded = afterwards === undefined || data.apps.length === 0 ? null : await afterwards(infra);
    return answer({
      data: { ...data, journal, recorded: recorded?.data ?? null },
      render: (shown, view) => renderApps(shown.apps, view) + (recorded === null ? '' : `\n${recorded.text(view)}`),
      exitCode: [exit, told.exit, recorded?.exitCode ?? exitCode.yes].find((code) => code !== exitCode.yes) ?? exitCode.yes,
      diagnostics: [...diagnose(problems), ...faults.map(toDiagnostic), ...told.diagnostics, ...(recorded?.diagnostics ?? [])],
      next: [...(recorded?.next ?? []), ...nextAfter(data.apps, order)],
      notes: [...data.apps.flatMap(({ alerts }) => alerts.map((alert) => `alert ${alert.id}: ${describeAlert(alert)}`)), ...(data.evidence === null ? [] : [`evidence ${data.evidence}`]), ...(recorded?.notes ?? [])],
    });
  }, stop);
}

/** A fault of the specification as a diagnostic: `identity-blind` warns, the others refuse. */
export function toDiagnostic({ rule, message, place, related, next }: SpecFault): Diagnostic {
  return { rule, level: rule === 'identity-blind' ? 'warning' : 'error', message, place, related, entry: null, next, fixable: false };
}

function nextAfter(apps: readonly AppReport[], { cycles }: Pick<Order, 'cycles'>): string[] {
  const stuck = apps.filter(({ state }) => state?.phase === 'stuck').map(({ app }) => `docket infra state resume ${app}`);
  const bad = apps.filter(({ outcome }) => outcome === 'known-bad' || outcome === 'rolled-back').map(({ app }) => `docket infra state retry ${app}`);
  const alerts = apps.some(({ alerts }) => alerts.length > 0) ? ['docket infra alerts'] : [];
  return [...(cycles.length > 0 ? ['docket infra order'] : []), ...alerts, ...stuck, ...bad];
}
