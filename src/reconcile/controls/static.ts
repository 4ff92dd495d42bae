import { judgeProbe } from '../probes/judge-probe.ts';
import type { App, Place, Probe } from '../spec/types.ts';
import { bindProbe } from '../spec/versions.ts';
import { failedExits, IMPOSTORS, REFUSALS, SILENCES, type SyntheticResult } from './synthetic-results.ts';

export interface StaticControl {
  /** `toothless`: it passes where nothing works, so it is refused. `identity-blind`: it passes whoever answers; a warning. */
  verdict: 'sound' | 'identity-blind' | 'toothless';
  /** The results that it passed and should not have; empty when sound. */
  passed: string[];
  /** One sentence. */
  why: string;
  /** What to write instead, one sentence; null when sound. */
  next: string | null;
  /** The probe to change, or the app where there is none. */
  place: Place;
}

/** Runs the conditions of a gate over results that it must not pass; nothing is asked and nothing is executed. All probes of one
 *  kind are taken together, as a gate passes only when all of them do: one good condition is enough. */
export function runStaticControl(app: Pick<App, 'name' | 'place' | 'wanted' | 'gate'>): StaticControl {
  const gate = app.gate.map((probe) => bindProbe(probe, app.wanted));
  const [first] = gate;
  if (!first) {
    return { verdict: 'toothless', passed: [], why: `${app.name} has no gate: nothing could fail`, next: 'Write a gate that asks the app itself and expects its answer.', place: app.place };
  }
  const https = gate.filter((probe) => probe.kind === 'http');
  const tooWeak = [...findPassed(gate, SILENCES), ...findPassed(https, REFUSALS)];
  const commands = gate.flatMap((probe) => (probe.kind === 'command' ? findPassed([probe], failedExits(probe.expect.exit)) : []));
  const passed = [...tooWeak, ...commands];
  if (passed.length > 0) {
    return {
      verdict: 'toothless', passed, place: (https[0] ?? first).place,
      why: `the gate of ${app.name} passes on ${list(passed)}`,
      next: 'Expect what only the healthy app answers, e.g. expect: {status: [200], json: {service: the-app}}.',
    };
  }
  const blind = findBlindness(gate);
  if (blind.length > 0) {
    return {
      verdict: 'identity-blind', passed: blind, place: (https[0] ?? first).place,
      why: `the gate of ${app.name} passes whoever answers: on ${list(blind)}`,
      next: 'Add a condition on what only this app says, e.g. json: {Version: "${version.app}"}.',
    };
  }
  return { verdict: 'sound', passed: [], why: `the gate of ${app.name} fails on every result that it must not pass`, next: null, place: first.place };
}

/** An app that is neither deployed nor asked has no gate to judge. */
export function hasGate(app: Pick<App, 'driver' | 'gate'>): boolean {
  return app.driver !== null || app.gate.length > 0;
}

/** Results that all the probes pass. */
function findPassed(probes: readonly Probe[], results: readonly SyntheticResult[]): string[] {
  if (probes.length === 0) return [];
  return results.filter(({ result }) => probes.every((probe) => judgeProbe(probe, result).verdict === 'pass')).map(({ name }) => name);
}

/** A command speaks for the app it was written for; a port that takes connections speaks for nobody. */
function findBlindness(gate: readonly Probe[]): string[] {
  if (gate.some((probe) => probe.kind === 'command')) return [];
  const https = gate.filter((probe) => probe.kind === 'http');
  return https.length > 0 ? findPassed(https, IMPOSTORS) : ['any open port'];
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
