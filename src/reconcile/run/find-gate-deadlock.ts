import { findDeadlock } from '../deadlock/find-deadlock.ts';
import { openSystemctl } from '../drivers/systemctl.ts';
import type { App } from '../spec/types.ts';
import type { Infra } from './types.ts';

/** Asks systemd whether the app's gate waits, right now, for something that cannot start before the app's own unit has. What the
 *  gate waits for is known from the order; whether it waits for us is systemd's own word. */
export async function findGateDeadlock(infra: Infra, app: App): Promise<string[] | null> {
  const own = app.runsIn;
  if (own === null || !isSystemdUnit(own)) return null;
  const { edges } = await infra.readOrder();
  const providers = new Set(edges.filter(({ from, to }) => from === own && isSystemdUnit(to)).map(({ to }) => to));
  if (providers.size === 0) return null;
  return findDeadlock(openSystemctl(infra.systemctl, infra.root, infra.clock), own, [...providers]);
}

function isSystemdUnit(name: string): boolean {
  return /\.(service|target|socket|mount|timer|path)$/.test(name) && !name.startsWith('compose:');
}
