import { findDeadlock } from '../deadlock/find-deadlock.ts';
import { openSystemctl } from '../drivers/systemctl.ts';
import { findGateEdges } from '../order/gate-edges.ts';
import { completeName } from '../order/unit-names.ts';
import type { App } from '../spec/types.ts';
import type { Infra } from './types.ts';

/** Asks systemd whether the app's gate waits, right now, for something that cannot start before the app's own unit has. What the
 *  gate asks for is known from the specification; whether that waits for us is systemd's own word. */
export async function findGateDeadlock(infra: Infra, app: App): Promise<string[] | null> {
  if (app.runsIn === null || app.runsIn.startsWith('compose:')) return null;
  const providers = findGateEdges(infra.spec.apps).edges.filter((edge) => edge.app === app && !edge.to.startsWith('compose:')).map(({ to }) => to);
  if (providers.length === 0) return null;
  return findDeadlock(openSystemctl(infra.systemctl, infra.root, infra.clock), completeName(app.runsIn), [...new Set(providers)]);
}
