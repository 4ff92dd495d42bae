import { coverUnparsed } from '../cover-lines.ts';
import { lineAt } from '../masked.ts';
import type { Block } from '../outline/types.ts';
import { addDraft, blocksBetween, nameGates, readContent, type NewDraft, type Page } from '../page.ts';
import type { DraftField } from '../reading.ts';
import type { Section } from '../sections.ts';
import { readTitle } from '../titles.ts';
import { walkRows, walkUnits, type Unit } from '../units.ts';
import { readGates } from '../vocabulary/gates.ts';
import { leadingMarks } from '../vocabulary/punctuation.ts';
import { findWhen, plainWhen } from '../vocabulary/when.ts';
import { findResults, hasClaimWord } from '../vocabulary/words.ts';
import { claimPart, gateWord, leadingGates, readClaimUnit, type FoundClaimUnit } from './read-claim.ts';

function fieldsOfClaim(page: Page, blocks: Block[]): DraftField[] {
  const fields: DraftField[] = [];
  for (const field of readContent(page, blocks).fields) fields.push({ ...field, name: claimPart(field.name) ?? field.name });
  for (const [index, block] of blocks.entries()) {
    if (block.type !== 'heading') continue;
    const name = claimPart(block.prose.text);
    if (!name) continue;
    const next = blocks.findIndex((other, at) => at > index && other.type === 'heading' && other.depth <= block.depth);
    // A rule parts the claim from what follows it.
    const last = blocks.slice(index, next < 0 ? undefined : next).findLast(({ type }) => type !== 'rule')?.endLine ?? block.endLine;
    const value = page.source(block.endLine + 1, last).trim();
    fields.push({ name, value, line: block.line, endLine: last });
  }
  return fields.toSorted((a, b) => a.line - b.line);
}

interface Sighting {
  unit: Unit;
  claims: FoundClaimUnit[];
}

/** Line of a claim: in a paragraph of several lines, that of its own words. */
function lineOfClaim(unit: Unit, claim: FoundClaimUnit): number {
  return unit.type === 'paragraph' ? lineAt(unit.line, unit.prose.text, claim.offset) : unit.line;
}

function fileSighting(page: Page, { unit, claims }: Sighting, endLine: number, section: string | undefined): void {
  const text = unit.prose.text;
  const blocks = unit.type === 'item' ? (unit.item?.children ?? []).slice(1) : blocksBetween(page, unit.endLine + 1, endLine);
  const refs = readContent(page, [{ type: 'paragraph', prose: unit.prose, line: unit.line, endLine: unit.line }, ...blocks]).refs;
  const fields = fieldsOfClaim(page, blocks);
  const covered = new Set<number>();
  for (const claim of claims) {
    const line = lineOfClaim(unit, claim);
    const own = claims.length > 1 && unit.type === 'paragraph' ? (text.split('\n')[line - unit.line] ?? text) : text;
    const read = readTitle(own);
    for (const gate of claim.gates) {
      const draft: NewDraft = {
        ...plainWhen(read.when ?? findWhen(own, { bareTime: true })),
        title: read.title,
        name: read.name,
        author: 'builder',
        key: gate,
        line,
        endLine,
        fields,
        refs: refs.filter((ref) => ref.line >= line),
        ...(claim.reclaim ? { reclaim: true } : {}),
        ...(section === undefined ? {} : { section }),
      };
      addDraft(page, 'claim', draft, { covers: !covered.has(line) });
      covered.add(line);
    }
  }
}

function isGateLine(unit: Unit): boolean {
  return /^\W*(?:(?:gates?|milestone)\b[\s:*_]*(?=[A-Z(`*])|(?:RE-?)?CLAIMED\b)/iu.test(unit.masked) || (hasClaimWord(unit.masked) && leadingGates(unit.masked) !== null);
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

function isWithin(inner: Unit, outer: Unit): boolean {
  if (outer.type === 'heading') return inner.line > outer.line && inner.line <= outer.section.endLine;
  return outer.type === 'item' && inner.line > outer.line && inner.line <= outer.endLine;
}

/** Inside a claim's own section only what claims another gate, in a place of its own, is a further claim; the rest is its text. */
function opensClaim(sighting: Sighting, before: readonly Sighting[]): boolean {
  const outer = before.findLast((other) => isWithin(sighting.unit, other.unit));
  if (!outer) return true;
  const gates = new Set(outer.claims.flatMap((claim) => claim.gates));
  const other = sighting.claims.some((claim) => claim.gates.some((gate) => !gates.has(gate)));
  return other && outer.unit.type === 'heading' && (sighting.unit.type === 'heading' || sighting.unit.type === 'item' || isGateLine(sighting.unit));
}

interface ClaimOptions {
  /** Keeps a claim heading to its own lines: in a backlog its bullets are tasks. */
  headingsOnly: boolean;
  sectionOf: (section: Section) => string | undefined;
  within?: (section: Section) => boolean;
}

function findSightings(page: Page, units: readonly Unit[]): Sighting[] {
  const sightings: Sighting[] = [];
  let previous: string[] = [];
  for (const unit of units) {
    if (!mayClaim(unit) || (unit.type === 'heading' && unit.section.depth === 1)) continue;
    const found = readClaimUnit(unit, inheritedGates(unit));
    for (const claim of found) if (claim.gates.length === 0) claim.gates = previous;
    const claims = found.filter((claim) => claim.gates.length > 0);
    if (found.length > 0 && claims.length === 0) coverUnparsed(page.cover, unit.line, unit.endLine, 'a claim that names no gate');
    if (claims.length === 0 || !opensClaim({ unit, claims }, sightings)) continue;
    sightings.push({ unit, claims });
    previous = claims.flatMap((claim) => claim.gates);
  }
  return sightings;
}

/** Rows of a table claim only what nothing else of the document claims: most tables sum up. */
function addRows(page: Page, sightings: readonly Sighting[], options: ClaimOptions): void {
  const claimed = new Set(sightings.flatMap(({ claims }) => claims.flatMap((claim) => claim.gates)));
  for (const unit of walkRows(page.root)) {
    if (!(options.within?.(unit.section) ?? true)) continue;
    const claims = readClaimUnit(unit, []).map((claim) => Object.assign(claim, { gates: claim.gates.filter((gate) => !claimed.has(gate)) })).filter((claim) => claim.gates.length > 0);
    if (claims.length > 0) fileSighting(page, { unit, claims }, unit.endLine, options.sectionOf(unit.section));
  }
}

/**
 * Claims of STATUS and BACKLOG: CLAIMED, CLAIM X, "Gate claim: X", "X claim — …", several gates at once, RE-CLAIMED; not what is denied or announced.
 * Returns the bullets that are claims.
 */
export function recogniseClaims(page: Page, options: ClaimOptions): Set<Unit['item']> {
  const units = [...walkUnits(page.root)].filter((unit) => options.within?.(unit.section) ?? true);
  const sightings = findSightings(page, units);
  for (const [index, sighting] of sightings.entries()) {
    const { unit } = sighting;
    const whole = options.headingsOnly && unit.type === 'heading' ? unit.section.ownEnd : lastLineOfClaim(page, unit, units);
    const next = sightings.slice(index + 1).find((other) => other.unit.line > unit.line && other.unit.line <= whole && unit.type !== 'item');
    fileSighting(page, sighting, (next?.unit.line ?? whole + 1) - 1, options.sectionOf(unit.section));
  }
  addRows(page, sightings, options);
  return new Set(sightings.map(({ unit }) => unit.item).filter((item) => item !== null));
}
