import { hasGate, runStaticControl } from '../controls/static.ts';
import { gateDigest } from '../evidence/gate-digest.ts';
import type { App } from '../spec/types.ts';
import type { ControlReport, Infra } from './types.ts';

/** Why the gate of an app that is deployed cannot be relied on, and what to write; null when it can. An app that is neither deployed
 *  nor asked has no gate to judge. */
export function findToothlessGate(app: App): string | null {
  if (!hasGate(app)) return null;
  const { verdict, why, next } = runStaticControl(app);
  return verdict === 'toothless' ? `toothless: ${why}. ${next ?? ''}`.trimEnd() : null;
}

/** The control that has no effect and is always run; none for an app that has nothing to judge. */
export function judgeConditions(infra: Infra, app: App): ControlReport[] {
  if (!hasGate(app)) return [];
  const { verdict, why } = runStaticControl(app);
  return [{ name: 'conditions', kind: 'static', verdict, why, gate: gateDigest(app.gate), at: infra.clock.wall().toISOString(), stale: false }];
}
