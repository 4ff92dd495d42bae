import { readTitle } from '../titles.ts';
import type { Unit } from '../units.ts';
import { findGates, readGates, type FoundGates } from '../vocabulary/gates.ts';
import { dashSource, leadingMarks } from '../vocabulary/punctuation.ts';
import { findClaims, isNothing } from '../vocabulary/words.ts';

/** A claim read from one unit: which gates, where in its text the claim word stands. */
export interface FoundClaimUnit {
  gates: string[];
  reclaim: boolean;
  offset: number;
}

/** The word "Gate" (and "claim") in front of gate ids. */
export const gateWord = /^\W*(?:(?:milestone\s+)?gates?|milestones?)\b\s*[:—–-]?\s*(?:claim(?:ed|s)?\b\s*[:—–-]?\s*)?/iu;
const claimTitle = new RegExp(`^\\W*(?:gate\\s+)?(?:re-?)?claim(?:ing|s)?\\b\\s*(?:of|for)?\\s*(?:gates?\\s*)?(?::|${dashSource})?\\s*(?=[A-Z])`, 'iu');
const claimAfter = new RegExp(`^\\s*(?:re-?)?claim(?:ed|s)?\\b\\s*(?=${dashSource}|[:(@\\[]|$|\\d)`, 'iu');

/** Where the subject of a heading or line stands: behind marks, a date, the word "Gate". */
function subjectStart(text: string): number {
  let at = leadingMarks(text);
  const read = readTitle(text.slice(at));
  if (read.when && read.rest !== '') at = text.length - read.rest.length;
  return at + (gateWord.exec(text.slice(at))?.[0].length ?? 0);
}

/** The gates that a text begins with, behind marks, a date and the word "Gate". */
export function leadingGates(text: string): FoundGates | null {
  const at = subjectStart(text);
  const skip = /^[\s*_"'(]*/u.exec(text.slice(at))?.[0].length ?? 0;
  return readGates(text, at + skip);
}

function sentenceStart(text: string, offset: number): number {
  const before = text.slice(0, offset);
  const stops = [...before.matchAll(/[.!?;]["'”)*_]*\s+|\n/gu)];
  const last = stops.at(-1);
  return last ? last.index + last[0].length : 0;
}

/** The gates that a claim word speaks of: behind CLAIM, else the last list before it in its sentence, else the first of the text. */
function gatesOfClaim(masked: string, start: number, end: number): string[] {
  if (/^(?:RE-?\s?)?CLAIM(?:ING)?$/u.test(masked.slice(start, end).trim())) {
    const after = readGates(masked, end + (/^\s*(?:gates?\s+)?/iu.exec(masked.slice(end))?.[0].length ?? 0));
    if (after) return after.gates;
  }
  const from = sentenceStart(masked, start);
  const first = findGates(masked.slice(from, start)).find((list) => !/\([^)]*$/u.test(masked.slice(from, from + list.start)));
  if (first) return first.gates;
  const behind = /^\s*[:—–-]?\s*(?:gates?\s*:?\s*)?/iu.exec(masked.slice(end))?.[0].length ?? 0;
  return readGates(masked, end + behind)?.gates ?? (from > 0 ? [] : (leadingGates(masked)?.gates ?? []));
}

/** Reads the claims of one unit; several sentences may claim several gates. Null when it claims nothing. */
export function readClaimUnit(unit: Pick<Unit, 'masked' | 'type'>, inherited: string[]): FoundClaimUnit[] {
  const { masked } = unit;
  const title = claimTitle.exec(masked.slice(subjectStartWithoutGate(masked)));
  const found: FoundClaimUnit[] = [];
  if (unit.type === 'heading' || /^\W*(?:gate\s+)?(?:re-?)?claim\b/iu.test(masked)) {
    const at = title ? subjectStartWithoutGate(masked) + title[0].length : -1;
    const named = at >= 0 ? readGates(masked, at) : null;
    const leading = leadingGates(masked);
    const after = leading ? claimAfter.exec(masked.slice(leading.end)) : null;
    const list = named ?? (after ? leading : null);
    if (list && !isNothing(masked)) return [{ gates: list.gates, reclaim: /\bre-?claim/iu.test(masked), offset: list.start }];
  }
  for (const word of findClaims(masked)) {
    const gates = gatesOfClaim(masked, word.start, word.end);
    const fallback = gates.length > 0 ? gates : inherited;
    const known = found.some((claim) => claim.reclaim === word.reclaim && claim.gates.join('+') === fallback.join('+'));
    if (!known && (fallback.length > 0 || word.reclaim)) found.push({ gates: fallback, reclaim: word.reclaim, offset: word.start });
  }
  return found;
}

function subjectStartWithoutGate(text: string): number {
  const at = leadingMarks(text);
  const read = readTitle(text.slice(at));
  return read.when && read.rest !== '' ? text.length - read.rest.length : at;
}

const parts = /^\W*(WHAT|HOW|EXPECTED|WHERE|TEETH)\b|^\W*(What|How|Expected|Where|Teeth)\b(?=\s+(?:is|to|it|this|they)\b|\s*[:.(—–-]|\s*$)/u;

/** The canonical name of a part of a claim (WHAT, HOW, EXPECTED, WHERE, TEETH), or null. */
export function claimPart(name: string): string | null {
  const found = parts.exec(name);
  return found ? (found[1] ?? found[2] ?? '').toUpperCase() : null;
}
