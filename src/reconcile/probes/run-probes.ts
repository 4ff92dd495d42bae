import { setMaxListeners } from 'node:events';
import type { Probe } from '../spec/types.ts';
import { askCommand } from './ask-command.ts';
import { askHttp } from './ask-http.ts';
import { askTcp } from './ask-tcp.ts';
import type { ProbeContext } from './attempt.ts';
import { judgeProbe } from './judge-probe.ts';
import { shareLookups } from './open-socket.ts';
import type { Body, ProbeOutcome, ProbeResult, ProbeVerdict } from './types.ts';

/** Asks once and judges the answer. The probe must be bound to a version (`bindProbe`). Never rejects for anything that a
 *  server, a network or a command does. */
export async function runProbe(probe: Probe, context: ProbeContext): Promise<ProbeOutcome> {
  const result = await ask(probe, context);
  return { name: probe.name, ...judgeProbe(probe, result), result: shedText(result) };
}

/** Asks all at once, so that a round lasts as long as its slowest probe; outcomes in the order of the probes. */
export function runProbes(probes: readonly Probe[], context: ProbeContext): Promise<ProbeOutcome[]> {
  const shared = { ...context, lookup: context.lookup ?? shareLookups() };
  // Each probe listens to the one signal: many listeners are no leak here, and Node would say so on stderr.
  if (context.signal !== undefined) setMaxListeners(0, context.signal);
  return Promise.all(probes.map((probe) => runProbe(probe, shared)));
}

/** All must pass; one that failed decides, whatever could not be found out beside it. */
export function judgeRound(outcomes: readonly { verdict: ProbeVerdict }[]): ProbeVerdict {
  if (outcomes.some(({ verdict }) => verdict === 'fail')) return 'fail';
  return outcomes.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'pass';
}

function ask(probe: Probe, context: ProbeContext): Promise<ProbeResult> {
  switch (probe.kind) {
    case 'http': return askHttp(probe, context);
    case 'tcp': return askTcp(probe, context);
    case 'command': return askCommand(probe, context);
  }
}

/** What a report can still use of a body. */
const HEAD = 1000;

/** A judged body has done its work: of many probes at once only the heads are kept, beside digest and length. */
function shedText(result: ProbeResult): ProbeResult {
  switch (result.kind) {
    case 'answer': return { ...result, body: keepHead(result.body) };
    case 'exited': return { ...result, stdout: keepHead(result.stdout), stderr: keepHead(result.stderr) };
    default: return result;
  }
}

function keepHead(body: Body): Body {
  // By way of a buffer: a slice of a string would keep the whole string in memory.
  return { ...body, text: Buffer.from(body.text.slice(0, HEAD)).toString() };
}
