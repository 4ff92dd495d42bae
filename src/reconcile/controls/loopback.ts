import type { ProbeContext } from '../probes/attempt.ts';
import { judgeRound, runProbes } from '../probes/run-probes.ts';
import type { ProbeOutcome } from '../probes/types.ts';
import type { Address, App, Probe } from '../spec/types.ts';
import { bindProbe } from '../spec/versions.ts';
import { findClosedPort, serveAnotherName, servePlainHttp, serveSilence, type Stand } from './stands.ts';

export type LoopbackName = 'closed-port' | 'silent-socket' | 'plain-http' | 'another-name';

export interface LoopbackControl {
  name: LoopbackName;
  verdict:
    /** The gate failed there, within its own time limit. */
    | 'proven'
    /** It passed. */
    | 'toothless'
    /** None of its probes could be put before it. */
    | 'void'
    /** The probes could not be run. */
    | 'inconclusive';
  why: string;
  outcomes: ProbeOutcome[];
}

interface Trial {
  name: LoopbackName;
  stand: () => Promise<Stand>;
  takes: (probe: Probe) => boolean;
}

/** Which probes of a gate can be put before a stand. A tcp probe asks for an open port and no more; a command goes its own way. */
const TRIALS: Trial[] = [
  { name: 'closed-port', stand: findClosedPort, takes: (probe) => probe.kind !== 'command' },
  { name: 'silent-socket', stand: serveSilence, takes: (probe) => probe.kind === 'http' },
  { name: 'plain-http', stand: servePlainHttp, takes: isHttps },
  { name: 'another-name', stand: serveAnotherName, takes: (probe) => probe.kind === 'http' },
];

/** Asks the questions of a gate, as they stand, on loopback ports behind which the app is not; the gate must fail on each. Reaches
 *  nothing outside this machine and changes nothing. Lasts as long as one probe that runs into its time limit. */
export function runLoopbackControls(app: Pick<App, 'wanted' | 'gate'>, context: ProbeContext): Promise<LoopbackControl[]> {
  const gate = app.gate.map((probe) => bindProbe(probe, app.wanted));
  return Promise.all(TRIALS.map((trial) => runTrial(trial, gate, context)));
}

async function runTrial({ name, stand, takes }: Trial, gate: readonly Probe[], context: ProbeContext): Promise<LoopbackControl> {
  const probes = gate.filter(takes);
  if (probes.length === 0) return { name, verdict: 'void', why: 'no probe of the gate can be put there', outcomes: [] };
  const standing = await stand();
  try {
    const outcomes = await runProbes(probes.map((probe) => pointAt(probe, standing)), context);
    return { name, ...conclude(outcomes), outcomes };
  } finally {
    await standing.close();
  }
}

function pointAt(probe: Probe, { http, https }: Stand): Probe {
  const at = (port: number): Address => ({ host: '127.0.0.1', port });
  switch (probe.kind) {
    case 'http': return { ...probe, pin: at(isHttps(probe) ? https : http) };
    case 'tcp': return { ...probe, address: at(http) };
    case 'command': return probe;
  }
}

function isHttps(probe: Probe): boolean {
  return probe.kind === 'http' && new URL(probe.url).protocol === 'https:';
}

function conclude(outcomes: readonly ProbeOutcome[]): Pick<LoopbackControl, 'verdict' | 'why'> {
  switch (judgeRound(outcomes)) {
    case 'pass': return { verdict: 'toothless', why: 'the gate passed, though the app is not there' };
    case 'unknown': return { verdict: 'inconclusive', why: 'the probes could not be run' };
    case 'fail': return { verdict: 'proven', why: `failed as it must: ${outcomes.filter(({ verdict }) => verdict === 'fail').map(describeFailure).join('; ')}` };
  }
}

function describeFailure({ name, result, conditions }: ProbeOutcome): string {
  if (result.kind === 'no-answer') return `${name}: no answer (${result.phase}, ${result.code})`;
  return `${name}: ${conditions.filter(({ ok }) => !ok).map(({ condition, got }) => `${condition} ${got}`).join(', ')}`;
}
