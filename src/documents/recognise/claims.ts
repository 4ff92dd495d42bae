import { coverUnparsed, isFree } from '../cover-lines.ts';
import type { Block } from '../outline/types.ts';
import { addDraft, blocksBetween, nameGates, readContent, type NewDraft, type Page } from '../page.ts';
import type { DraftField } from '../reading.ts';
import type { Section } from '../sections.ts';
import { readTitle } from '../titles.ts';
import { walkUnits, type Unit } from '../units.ts';
import { findGates, readGates, type FoundGates } from '../vocabulary/gates.ts';
import { dashSource, leadingMarks } from '../vocabulary/punctuation.ts';
import { findWhen, plainWhen } from '../vocabulary/when.ts';
import { findClaims, findResults, hasClaimWord, isNothing } from '../vocabulary/words.ts';

/** A claim read from one unit: which gates, where in its text the claim word stands. */
export interface FoundClaimUnit {
  gates: string[];
  reclaim: boolean;
  offset: number;
}

const gateWord = /^\W*(?:(?:milestone\s+)?gates?|milestones?)\b\s*[:—–-]?\s*(?:claim(?:ed|s)?\b\s*[:—–-]?\s*)?/iu;
const claimTitle = new RegExp(`^\\W*(?:gate\\s+)?(?:re-?)?claim(?:ing|s)?\\b\\s*(?:of|for)?\\s*(?:gates?\\s*)?(?::|${dashSource})?\\s*(?=[A-Z])`, 'iu');
const claimAfter = new RegExp(`^\\s*(?:re-?)?claim(?:ed|s)?\\b\\s*(?=${dashSource}|[:(@\\[]|$|\\d)`, 'iu');

/** Where the subject of a heading or line stands: behind marks, a date, the word "Gate". */
export function subjectStart(text: string): number {
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
    if (fallback.length > 0 || word.reclaim) found.push({ gates: fallback, reclaim: word.reclaim, offset: word.start });
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

function fieldsOfClaim(page: Page, blocks: Block[]): DraftField[] {
  const fields: DraftField[] = [];
  for (const field of readContent(page, blocks).fields) fields.push({ ...field, name: claimPart(field.name) ?? field.name });
  for (const [index, block] of blocks.entries()) {
    if (block.type !== 'heading') continue;
    const name = claimPart(block.prose.text);
    if (!name) continue;
    const next = blocks.slice(index + 1).find((other) => other.type === 'heading' && other.depth <= block.depth);
    const last = next ? next.line - 1 : (blocks.at(-1)?.endLine ?? block.line);
    const value = page.source(block.endLine + 1, last).trim();
    fields.push({ name, value, line: block.line, endLine: last });
  }
  return fields.toSorted((a, b) => a.line - b.line);
}

interface ClaimPlace {
  unit: Unit;
  endLine: number;
  blocks: Block[];
}

function fileClaims(page: Page, place: ClaimPlace, found: FoundClaimUnit[], section: string | undefined): void {
  const { unit, endLine, blocks } = place;
  const text = unit.prose.text;
  const read = readTitle(text);
  const when = read.when ?? findWhen(text, { bareTime: true });
  const refs = readContent(page, [{ type: 'paragraph', prose: unit.prose, line: unit.line, endLine: unit.line }, ...blocks]).refs;
  const fields = fieldsOfClaim(page, blocks);
  let covers = true;
  for (const claim of found) {
    for (const gate of claim.gates) {
      const draft: NewDraft = {
        ...plainWhen(when),
        title: read.title,
        name: read.name,
        author: 'builder',
        key: gate,
        line: unit.line,
        endLine,
        fields,
        refs,
        ...(claim.reclaim ? { reclaim: true } : {}),
        ...(section === undefined ? {} : { section }),
      };
      addDraft(page, 'claim', draft, { covers });
      covers = false;
    }
  }
}

function isGateLine(unit: Unit): boolean {
  return /^\W*(?:gates?|milestone)\b[\s:*_]*(?=[A-Z(`*])/iu.test(unit.masked) || (hasClaimWord(unit.masked) && leadingGates(unit.masked) !== null);
}

function namesGate(unit: Unit): string[] {
  const explicit = gateWord.test(unit.masked.slice(leadingMarks(unit.masked)));
  const gates = leadingGates(unit.masked);
  if (unit.type === 'heading') return gates && (explicit || /^\s*(?:$|[:@([]|[—–-]|[*_])/u.test(unit.masked.slice(gates.end))) ? gates.gates : [];
  if (explicit && gates) return [...gates.gates, ...boldGates(unit)];
  return hasClaimWord(unit.masked) || findResults(unit.masked).length > 0 ? boldGates(unit) : [];
}

/** Gates at the start of bold words, as in `**V8a — finalizing**`. */
function boldGates(unit: Unit): string[] {
  const gates: string[] = [];
  for (let index = 0; index < unit.prose.strong.length; index += 2) gates.push(...(readGates(unit.masked, unit.prose.strong[index] ?? 0)?.gates ?? []));
  return gates;
}

/** Notes the gates that the units of a document name in a gate's place. */
export function nameGatesOfUnits(page: Page): void {
  for (const unit of walkUnits(page.root)) nameGates(page, namesGate(unit), unit.line);
}

function lastLineOfClaim(page: Page, unit: Unit, units: Unit[]): number {
  if (unit.type === 'heading') return unit.section.endLine;
  if (unit.type === 'item') return unit.endLine;
  const next = units.find((other) => other.line > unit.line && other.section === unit.section && (isGateLine(other) || readClaimUnit(other, []).length > 0));
  return Math.min((next?.line ?? Number.POSITIVE_INFINITY) - 1, lastOfSection(unit.section));
}

function lastOfSection(section: Section): number {
  const child = section.children.find((candidate) => claimPart(candidate.text) === null);
  return child ? child.line - 1 : section.endLine;
}

function inheritedGates(unit: Unit): string[] {
  for (let section = unit.type === 'heading' ? unit.section.parent : unit.section; section; section = section.parent) {
    const gates = section.heading && section.depth > 1 ? leadingGates(section.masked) : null;
    if (gates) return gates.gates;
  }
  return [];
}

/** What may not be read as a claim although its words say so: an open box is a task, and quoted rows are reports. */
function mayClaim(unit: Unit): boolean {
  return unit.box === null || unit.box === 'done';
}

/**
 * Claims of STATUS and BACKLOG: CLAIMED, CLAIM X, "Gate claim: X", "X claim — …", several gates at once, RE-CLAIMED; not what is denied or announced.
 * `headingsOnly` keeps a claim heading to its own lines (in a backlog its bullets are tasks).
 */
export function recogniseClaims(page: Page, options: { headingsOnly: boolean; sectionOf: (section: Section) => string | undefined; within?: (section: Section) => boolean }): Set<Unit['item']> {
  const claimedItems = new Set<Unit['item']>();
  const units = [...walkUnits(page.root)].filter((unit) => options.within?.(unit.section) ?? true);
  let previous: string[] = [];
  let coveredTo = 0;
  for (const unit of units) {
    if (unit.line <= coveredTo || !mayClaim(unit) || (unit.type === 'heading' && unit.section.depth === 1)) continue;
    const inherited = inheritedGates(unit);
    const found = readClaimUnit(unit, inherited);
    for (const claim of found) if (claim.gates.length === 0) claim.gates = previous;
    const claims = found.filter((claim) => claim.gates.length > 0);
    if (claims.length === 0) {
      if (found.length > 0 && isFree(page.cover, unit.line)) coverUnparsed(page.cover, unit.line, unit.endLine, 'a claim that names no gate');
      continue;
    }
    previous = claims.flatMap((claim) => claim.gates);
    const endLine = options.headingsOnly && unit.type === 'heading' ? unit.section.ownEnd : lastLineOfClaim(page, unit, units);
    const blocks = unit.type === 'item' ? (unit.item?.children ?? []) : blocksBetween(page, unit.endLine + 1, endLine);
    fileClaims(page, { unit, endLine, blocks: unit.type === 'item' ? blocks.slice(1) : blocks }, claims, options.sectionOf(unit.section));
    if (unit.item) claimedItems.add(unit.item);
    if (!options.headingsOnly || unit.type !== 'heading') coveredTo = endLine;
  }
  return claimedItems;
}
