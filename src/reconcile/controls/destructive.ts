import type { Clock } from '../clock.ts';
import { sleep } from '../clock.ts';
import type { CommandEnd } from '../drivers/run-argv.ts';
import type { GateReport, GateRound } from '../loop/await-gate.ts';
import type { Argv, NegativeControl, Timing } from '../spec/types.ts';
import type { BreakResult } from './break-result.ts';
import { faultOf } from './break-result.ts';

export interface BreakPorts {
  clock: Clock;
  /** Aborted by SIGTERM: nothing more is broken, and what is broken is put right at once. */
  stop: AbortSignal;
  timing: Timing;
  /** The gate's usual end: enough passes in a row, or the limit. */
  awaitGate: () => Promise<GateReport>;
  askRound: () => Promise<GateRound>;
  run: (argv: Argv) => Promise<CommandEnd>;
  /** Durable before it resolves. */
  remember: (control: NegativeControl) => void;
  forget: () => void;
}

/** Breaks the service, and the gate must fail; restores it, and the gate must pass. What has to be restored is on disk before
 *  anything is broken. */
export async function runDestructiveControl(control: NegativeControl, ports: BreakPorts): Promise<BreakResult> {
  const answer = (verdict: BreakResult['verdict'], why: string): BreakResult => ({ name: control.name, kind: 'destructive', verdict, why });
  const before = await ports.awaitGate();
  if (before.end !== 'pass') return answer(before.end === 'fail' ? 'pre-red' : 'inconclusive', `before the break: ${before.why}`);
  ports.remember(control);
  const broken = faultOf(control.break, await ports.run(control.break));
  const seen = broken === null ? await watchForFailure(control, ports) : null;
  const unrestored = await putRight(control, ports);
  if (unrestored !== null) return answer('not-restored', unrestored);
  if (seen === null) return answer('void', `nothing was broken: ${broken}`);
  if (seen === 'fail') return answer('proven', 'the gate failed while the service was broken, and passes again');
  if (seen === 'pass') return answer('toothless', `the gate still passed ${control.withinMs} ms after the service was broken`);
  return answer('inconclusive', seen === 'stopped' ? 'asked to stop' : 'the gate could not be asked while the service was broken');
}

/** The gate is asked until it has failed as often in a row as it has to pass, so that one round in between proves nothing. */
async function watchForFailure(control: NegativeControl, { clock, stop, timing, askRound }: BreakPorts): Promise<'fail' | 'pass' | 'unknown' | 'stopped'> {
  const deadline = clock.monotonic() + control.withinMs;
  let failures = 0;
  for (;;) {
    if (stop.aborted) return 'stopped';
    const { verdict } = await askRound();
    failures = verdict === 'fail' ? failures + 1 : 0;
    if (failures >= timing.consecutive) return 'fail';
    if (clock.monotonic() >= deadline && failures === 0) return verdict === 'unknown' ? 'unknown' : 'pass';
    await sleep(clock, timing.everyMs, stop);
  }
}

/** Null when the service is well again; else why not, and then what is to be restored stays on disk for the next run. */
export async function putRight(control: NegativeControl, ports: BreakPorts): Promise<string | null> {
  const fault = faultOf(control.restore, await ports.run(control.restore));
  if (fault !== null) return `not restored: ${fault}`;
  const after = await ports.awaitGate();
  if (after.end !== 'pass') return `restored, but ${after.end === 'stopped' ? 'asked to stop before the gate was' : after.why}`;
  ports.forget();
  return null;
}
