import { exitCode } from '../../contract/exit-codes.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { findFaults, type AppReport, type Infra, type InfraResult, type Order, type SpecFault } from '../../reconcile/index.ts';
import { renderApps } from '../../reports/infra/apps-text.ts';
import type { Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';
import { nothingJournaled, prepareJournal } from './journal-of-run.ts';
import { withInfra } from './open-infra-for.ts';

type AppsResult = InfraResult<{ apps: AppReport[]; evidence: string | null }>;

/** Runs one of `check`, `reconcile` and `controls`, and answers with a report of every app, and what is wrong with its gate as diagnostics. */
export async function answerApps(invocation: Invocation, run: (infra: Infra) => Promise<AppsResult>, stop?: AbortSignal): Promise<Outcome> {
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
    return answer({
      data: { ...data, journal },
      render: renderApps,
      exitCode: exit === exitCode.yes ? told.exit : exit,
      diagnostics: [...diagnose(problems), ...faults.map(toDiagnostic), ...told.diagnostics],
      next: nextAfter(data.apps, order),
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
