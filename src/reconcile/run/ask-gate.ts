import type { GateReport, GateRound } from '../loop/await-gate.ts';
import { awaitGate } from '../loop/await-gate.ts';
import { judgeRound, runProbes } from '../probes/run-probes.ts';
import type { Body, ProbeOutcome } from '../probes/types.ts';
import type { App, Probe } from '../spec/types.ts';
import { bindProbe } from '../spec/versions.ts';
import { findGateDeadlock } from './find-gate-deadlock.ts';
import type { Infra, ProbeReport, ReportedResult } from './types.ts';

/** Asks some of an app's probes once, for one version. */
export async function askRound(infra: Infra, app: App, probes: readonly Probe[], version: string | null): Promise<GateRound> {
  const context = { clock: infra.clock, timeoutMs: app.timing.timeoutMs, cwd: infra.root, signal: infra.stop, ...(infra.trust === null ? {} : { trust: infra.trust }) };
  const outcomes = await runProbes(probes.map((probe) => bindProbe(probe, version)), context);
  return { verdict: judgeRound(outcomes), probes: outcomes };
}

/** The app's whole gate, over its whole time. */
export function askGate(infra: Infra, app: App, version: string | null, fresh: boolean): Promise<GateReport> {
  const { clock, stop, random } = infra;
  return awaitGate(() => askRound(infra, app, app.gate, version), { timing: app.timing, clock, stop, random, fresh, findDeadlock: () => findGateDeadlock(infra, app) });
}

export function reportProbes(of: ProbeReport['of'], outcomes: readonly ProbeOutcome[]): ProbeReport[] {
  return outcomes.map(({ result, ...outcome }) => ({ of, ...outcome, result: withoutText(result) }));
}

function withoutText(result: ProbeOutcome['result']): ReportedResult {
  switch (result.kind) {
    case 'answer': {
      const { headers: _headers, body, ...rest } = result;
      return { ...rest, body: digestAlone(body) };
    }
    case 'exited':
      return { ...result, stdout: digestAlone(result.stdout), stderr: digestAlone(result.stderr) };
    default:
      return result;
  }
}

function digestAlone({ text: _text, ...body }: Body): Omit<Body, 'text'> {
  return body;
}
