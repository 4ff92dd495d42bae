import type { Entry, Recording, Step } from '../../../src/contract/schema/entry.ts';
import type { GateFacts } from '../../../src/gates/evidence/read-facts.ts';
import type { Freshness } from '../../../src/gates/evidence/freshness.ts';
import { makeEntry } from '../../queries/ledger-fixture.ts';

export const proven: Recording = {
  state: 'intact', verdict: 'proven', why: [], receipt: 'e'.repeat(64), line: 20, time: '2026-04-01T09:00:00Z', commit: 'c'.repeat(40), tree: 'a'.repeat(40), scope: [], dirty: [], base: null, env: null, runs: 2, attempts: 1, seal: null,
};

export function step(role: string | null, command: string | null, more: Partial<Step> = {}): Step {
  return { line: 12, role, guessed: false, commands: command === null ? [] : [{ line: 13, text: command }], observations: [], ...more };
}

/** Red, green and neg of one check. */
export const threeRoles = [step('red', './weigh.sh'), step('green', './weigh.sh'), step('neg', './weigh.sh --empty')];

/** A reproduction `reproduction:barge/NAME` of gate H4 that is proven and recorded; each part can be another. */
export function reproduction(name = 'weigh', more: Partial<Entry> = {}): Entry {
  return makeEntry(`reproduction:barge/${name}`, {
    gate: 'H4', notation: 'strict', level: 'recorded', steps: threeRoles, recording: proven, place: { path: 'machine-docs/JOURNAL-barge.md', line: 10, endLine: 30, rev: null }, ...more,
  });
}

export const fresh: Freshness = { state: 'fresh', changed: [], why: null, drift: null };

export function factsOf(freshness: Record<string, Freshness> = { 'reproduction:barge/weigh': fresh }, more: Partial<GateFacts> = {}): GateFacts {
  return { dirty: [], unpushed: false, freshness: new Map(Object.entries(freshness)), hidden: new Map(), lint: [], ...more };
}
