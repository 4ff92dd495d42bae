import type { Clock } from '../clock.ts';
import { sleep } from '../clock.ts';
import type { ProbeOutcome, ProbeVerdict } from '../probes/types.ts';
import type { Timing } from '../spec/types.ts';
import type { GateEnd } from './types.ts';

/** One round: every probe of the gate asked once. */
export interface GateRound {
  verdict: ProbeVerdict;
  probes: ProbeOutcome[];
}

/** Rounds in a row with the same verdict; `probes` are those of the last one. Times are milliseconds since the gate began. */
export interface GateSample {
  verdict: ProbeVerdict;
  rounds: number;
  firstMs: number;
  lastMs: number;
  probes: ProbeOutcome[];
}

export interface GateReport {
  end: GateEnd;
  why: string;
  samples: GateSample[];
}

export interface GateSetting {
  timing: Timing;
  clock: Clock;
  /** Aborted: the gate ends as `stopped` at once. */
  stop: AbortSignal;
  /** 0 ≤ x < 1; spreads the rounds of many hosts. */
  random: () => number;
  /** Something was started just now: its grace comes before the first round. */
  fresh: boolean;
  /** Asked after a failing round: a way by which what the gate waits for waits for us, or null. */
  findDeadlock: () => Promise<readonly string[] | null>;
}

/** Rounds come at `every`, give or take a tenth. */
const jitter = 0.1;

/** Asks round after round until enough of them in a row have passed or the time is over. The limit is one of a clock that never
 *  steps back, and runs from the first round; a row that has begun by then may end. */
export async function awaitGate(askRound: () => Promise<GateRound>, { timing, clock, stop, random, fresh, findDeadlock }: GateSetting): Promise<GateReport> {
  if (fresh) await sleep(clock, timing.startGraceMs, stop);
  const began = clock.monotonic();
  const samples: GateSample[] = [];
  for (;;) {
    const round = await askRound();
    // A round that was called off says nothing.
    if (stop.aborted) return { end: 'stopped', why: 'asked to stop', samples };
    const at = clock.monotonic() - began;
    const row = addRound(samples, round, at);
    if (round.verdict === 'pass' && row.rounds >= timing.consecutive) return { end: 'pass', why: `${row.rounds} rounds in a row passed`, samples };
    if (round.verdict === 'fail') {
      const path = await findDeadlock();
      if (path !== null) return { end: 'deadlock', why: `the gate waits for what waits for us: ${path.join(' → ')}`, samples };
    }
    if (at >= timing.withinMs && round.verdict !== 'pass') return { end: round.verdict, why: `${describe(round)}, for ${timing.withinMs} ms`, samples };
    await sleep(clock, timing.everyMs * (1 + jitter * (2 * random() - 1)), stop);
  }
}

function addRound(samples: GateSample[], { verdict, probes }: GateRound, at: number): GateSample {
  const last = samples.at(-1);
  if (last?.verdict === verdict) {
    Object.assign(last, { rounds: last.rounds + 1, lastMs: at, probes });
    return last;
  }
  const next: GateSample = { verdict, rounds: 1, firstMs: at, lastMs: at, probes };
  samples.push(next);
  return next;
}

/** What did not pass, in words: `api: status 404, expected 200`. */
export function describe({ probes }: GateRound): string {
  return probes.filter(({ verdict }) => verdict !== 'pass').map(describeProbe).join('; ') || 'nothing passed';
}

function describeProbe({ name, result, conditions }: ProbeOutcome): string {
  if (result.kind === 'no-answer') return `${name}: no answer (${result.phase}, ${result.code})`;
  if (result.kind === 'not-run') return `${name}: could not be run (${result.why})`;
  const failed = conditions.filter(({ ok }) => !ok).map(({ condition, got, expected }) => `${condition} is ${got}, expected ${expected}`);
  return `${name}: ${failed.join(', ') || 'failed'}`;
}
