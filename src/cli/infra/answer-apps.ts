import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { findFaults, type AppReport, type InfraResult, type Order, type SpecFault } from '../../reconcile/index.ts';
import { renderApps } from '../../reports/infra/apps-text.ts';
import { answer, type Outcome } from '../outcome.ts';
import type { OpenedFor } from './open-infra-for.ts';

/** What `check`, `reconcile` and `controls` answer: a report of every app, and what is wrong with its gate as diagnostics. */
export async function answerApps({ infra, diagnose }: OpenedFor, { exit, data, problems }: InfraResult<{ apps: AppReport[]; evidence: string | null }>): Promise<Outcome> {
  const named = new Set(data.apps.map(({ app }) => app));
  const order = data.apps.some(({ order }) => order === 'cycle') ? await infra.readOrder() : { cycles: [] };
  const faults = named.size === 0 ? [] : findFaults({ apps: infra.spec.apps.filter(({ name }) => named.has(name)) }, order);
  return answer({
    data,
    render: renderApps,
    exitCode: exit,
    diagnostics: [...diagnose(problems), ...faults.map(toDiagnostic)],
    next: nextAfter(data.apps, order),
  });
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
