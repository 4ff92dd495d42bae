import { findGates } from '../../documents/vocabulary/gates.ts';
import { findPhase } from '../../documents/vocabulary/words.ts';

/** What would bring a deferred item back, as far as docket can see it happen. */
export type Condition =
  | { type: 'gate'; phase: string | null; gate: string; whatever: boolean; event: 'claimed' | 'pass' | 'fail' }
  | { type: 'finding'; phase: string | null; id: string }
  | { type: 'phase'; phase: string; event: 'start' | 'done' };

export interface ReadTrigger {
  conditions: Condition[];
  /** All of them have to happen ("and"), or one is enough. */
  needs: 'all' | 'one';
  /** "before M1 is claimed": what happened earlier than the item was filed does not count. */
  before: boolean;
}

/** What is known of the record while a trigger is read: words alone do not tell a gate from a finding, or a phase from a word. */
export interface KnownNames {
  isPhase(id: string): boolean;
  isFinding(id: string): boolean;
  isGate(id: string): boolean;
}

/** Reads the words of a re-entry trigger: "before any Q3 gate claim", "start of phase pxgate", "once A1 (pvfix) is closed". */
export function readTrigger(text: string, known: KnownNames): ReadTrigger {
  const plain = text.replace(/[`*_]/gu, '');
  const words = plain.match(/[A-Za-z0-9][\w.-]*[A-Za-z0-9]|[A-Za-z0-9]/gu) ?? [];
  const named = findPhase(plain) ?? phaseOfGate(plain);
  const phase = named ?? words.find((word, at) => known.isPhase(word) && !known.isGate(word) && speaksOfPhase(words, at)) ?? words.map((word) => word.split('-')[0] ?? '').find((id, at) => id !== words[at] && known.isPhase(id)) ?? null;
  const before = /\b(?:before|prior to|ahead of|by the time of)\b/iu.test(plain);
  const needs = /\band\b|\bboth\b|\ball\b/iu.test(plain) && !/\bor\b|\bany\b|\beither\b/iu.test(plain) ? 'all' : 'one';
  const findings = words.filter((word) => known.isFinding(word) && !known.isGate(word)).map((id): Condition => ({ type: 'finding', phase, id }));
  const gates = findGates(plain)
    .flatMap((list) => list.gates)
    .filter((gate) => known.isGate(gate) || !known.isFinding(gate))
    .map((gate): Condition => ({ type: 'gate', phase, gate, whatever: /\b(?:any|every|each|next|first)\b/iu.test(plain), event: gateEvent(plain) }));
  const conditions = [...gates, ...findings];
  if (conditions.length > 0 || phase === null) return { conditions, needs, before };
  const done = /\b(?:done|complete[ds]?|completion|end(?:s|ed)?|finish(?:es|ed)?|close[sd]?|over)\b/iu.test(plain);
  return { conditions: [{ type: 'phase', phase, event: done ? 'done' : 'start' }], needs, before };
}

const aboutPhases = /^(?:phases?|starts?|started|starting|opens?|opened|opening|begins?|began|beginning|done|complete[ds]?|completion|ends?|ended|finish(?:es|ed)?|close[sd]?|closing|over|work|plan|claims?|gates?)$/iu;
const shortTrigger = 4;

/** "once pxgate starts" speaks of a phase, "a target for the cold read" does not, though both words are names of one. */
function speaksOfPhase(words: readonly string[], at: number): boolean {
  return words.length <= shortTrigger || /\d/u.test(words[at] ?? '') || words.slice(Math.max(0, at - 2), at + 3).some((word) => aboutPhases.test(word));
}

/** "M1 of pxgate" speaks of that phase, also before anything of it is there. */
function phaseOfGate(text: string): string | null {
  const word = /\b[A-Z]{1,4}\d[\w.]*\s+(?:of|in)\s+([a-z0-9]+)\b/u.exec(text)?.[1];
  return word === undefined ? null : findPhase(`phase ${word}`);
}

function gateEvent(text: string): 'claimed' | 'pass' | 'fail' {
  if (/\bclaim/iu.test(text)) return 'claimed';
  if (/\bFAIL|\bfail(?:s|ed)?\b/u.test(text)) return 'fail';
  return /\bPASS|\b(?:pass(?:es|ed)?|verified|accepted|done|closed|green)\b/u.test(text) ? 'pass' : 'claimed';
}
