import { readAlerts } from '../alerts/alert-file.ts';
import type { App } from '../spec/types.ts';
import { askRound } from './ask-gate.ts';
import type { Infra } from './types.ts';

/** Reasons that say that the app itself is not well now. */
const unwell: readonly string[] = ['unhealthy-on-latest', 'rollback-failed', 'gate-deadlock', 'gate-cycle'];

/** The fault further up that explains why `app` is unhealthy: the id of the parent's open alert, else the parent's name; null when
 *  all parents are well. Parents are the apps that requests pass through, and those that answer instead of the app (`providers`). */
export async function findFailingParent(infra: Infra, app: App, providers: readonly string[]): Promise<string | null> {
  const parents = [...parentsOf(infra, app), ...providers].filter((name) => name !== app.name);
  if (parents.length === 0) return null;
  const { open } = await readAlerts(infra.alertsDir);
  for (const name of new Set(parents)) {
    const alert = open.find((alert) => alert.app === name && unwell.includes(alert.reason) && !alert.recovered);
    if (alert !== undefined) return alert.id;
    const parent = infra.spec.apps.find((candidate) => candidate.name === name);
    if (parent === undefined || parent.gate.length === 0) continue;
    if ((await askRound(infra, parent, parent.gate, parent.wanted)).verdict === 'fail') return name;
  }
  return null;
}

/** The whole chain of `via`, nearest first. */
function parentsOf(infra: Infra, app: App): string[] {
  const names = new Set(app.via);
  for (const name of names) for (const further of infra.spec.apps.find((candidate) => candidate.name === name)?.via ?? []) names.add(further);
  return [...names];
}
