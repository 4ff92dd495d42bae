import type { GateReport } from '../loop/await-gate.ts';
import type { NegativeControl } from '../spec/types.ts';
import type { BreakResult } from './break-result.ts';
import { faultOf } from './break-result.ts';
import type { BreakPorts } from './destructive.ts';
import { putRight } from './destructive.ts';

/** An app that starts after the one whose gate is on trial. */
export interface Dependent {
  app: string;
  /** How it is stopped and started; null: the specification does not say. */
  control: NegativeControl | null;
  /** The dependent's own gate, clock and record. */
  ports: BreakPorts;
}

/** Stops everything that starts after the app: its gate must still pass, or a cold boot would wait for ever. All are started again
 *  and must be well, whatever the gate said. */
export async function runDifferentialControl(awaitGate: () => Promise<GateReport>, dependents: readonly Dependent[]): Promise<BreakResult> {
  const answer = (verdict: BreakResult['verdict'], why: string): BreakResult => ({ name: 'without-dependents', kind: 'differential', verdict, why });
  if (dependents.length === 0) return answer('void', 'nothing starts after it');
  const stoppable = dependents.flatMap(({ app, control, ports }) => (control === null ? [] : [{ app, control, ports }]));
  if (stoppable.length < dependents.length) {
    const missing = dependents.filter(({ control }) => control === null).map(({ app }) => app);
    return answer('void', `no negative control says how to stop ${missing.join(', ')}`);
  }
  const before = await awaitGate();
  if (before.end !== 'pass') return answer(before.end === 'fail' ? 'pre-red' : 'inconclusive', `before anything was stopped: ${before.why}`);

  const stopped: typeof stoppable = [];
  let fault: string | null = null;
  for (const dependent of stoppable) {
    await dependent.ports.remember(dependent.control);
    stopped.push(dependent);
    fault = faultOf(dependent.control.break, await dependent.ports.run(dependent.control.break));
    if (fault !== null) break;
  }
  const alone = fault === null ? await awaitGate() : null;
  const unrestored: string[] = [];
  for (const dependent of stopped.toReversed()) {
    const why = await putRight(dependent.control, dependent.ports);
    if (why !== null) unrestored.push(`${dependent.app}: ${why}`);
  }
  if (unrestored.length > 0) return answer('not-restored', unrestored.join('; '));
  if (alone === null) return answer('void', `not stopped: ${fault}`);
  if (alone.end === 'pass') return answer('proven', `the gate passes without ${stopped.map(({ app }) => app).join(', ')}`);
  return answer(alone.end === 'fail' || alone.end === 'deadlock' ? 'dependent' : 'inconclusive', `without ${stopped.map(({ app }) => app).join(', ')}: ${alone.why}`);
}
