import { coverUnparsed, isFree } from '../cover-lines.ts';
import { lineAt } from '../masked.ts';
import { addDraft, blocksBetween, nameGates, readContent, type NewDraft, type Page } from '../page.ts';
import type { When } from '../reading.ts';
import type { Section } from '../sections.ts';
import { readTitle } from '../titles.ts';
import { walkRows, walkUnits, type Unit } from '../units.ts';
import { findGates, readGates } from '../vocabulary/gates.ts';
import { findWhen, plainWhen } from '../vocabulary/when.ts';
import { deniesVerdict, findResults, hasClaimWord, type FoundResult, type Result } from '../vocabulary/words.ts';
import { leadingGates } from './read-claim.ts';

/** One judgement in a text: the gate, the result, and the stretch of text that belongs to it. */
export interface Judgement {
  gate: string;
  result: Result;
  from: number;
  to: number;
}

const lead = /^\W*(?:overall\s+)?(?:status|verdicts?|results?|outcome|judge?ment)\b\s*[:—–-]*[\s*_]*/iu;

/** A result right behind gates: `M1 PASS`, `M1: FAIL`, `M1 — PASS`, `M1 = PASS`. */
function adjacent(masked: string, results: FoundResult[]): Judgement[] {
  const judged: Judgement[] = [];
  for (const list of findGates(masked)) {
    const glue = /^[\s*_]*(?:\([^)]*\)\s*)?(?:[:=→>]|[—–-]{1,3}>?|is|was judged|verdict:?)?[\s*_]*/iu.exec(masked.slice(list.end))?.[0].length ?? 0;
    const result = results.find((candidate) => candidate.start === list.end + glue);
    if (result) for (const gate of list.gates) judged.push({ gate, result: result.result, from: list.start, to: masked.length });
  }
  for (const [index, one] of judged.entries()) one.to = judged.slice(index + 1).find((next) => next.from > one.from)?.from ?? masked.length;
  return judged;
}

/** The result that a heading comes to: behind an arrow, in bold or before an `@` rather than the first that is mentioned. */
function mainResult(unit: Pick<Unit, 'masked' | 'prose'>, results: FoundResult[]): FoundResult | undefined {
  const { masked, prose } = unit;
  const isBold = (result: FoundResult): boolean => prose.strong.some((start, index) => index % 2 === 0 && result.start >= start && result.start < (prose.strong[index + 1] ?? 0));
  const outside = results.filter((result) => !/\([^)]*$/u.test(masked.slice(0, result.start)));
  const pool = outside.length > 0 ? outside : results;
  const arrow = pool.findLast((result) => /(?:→|->|=>|⇒)\s*[*_]*$/u.test(masked.slice(0, result.start)));
  const stamped = pool.find((result) => /^[*_\s]*@/u.test(masked.slice(result.end)));
  return arrow ?? stamped ?? pool.find(isBold) ?? pool[0];
}

/** Reads the judgements of one text. `inherited` are the gates of the headings above, for a bare `### PASS @…`. */
export function readJudgements(unit: Pick<Unit, 'masked' | 'prose' | 'type'>, inherited: string[]): Judgement[] {
  const results = findResults(unit.masked);
  if (results.length === 0) return [];
  const pairs = adjacent(unit.masked, results);
  const main = mainResult(unit, results);
  if (!main) return [];
  const at = lead.exec(unit.masked)?.[0].length ?? 0;
  const subject = leadingGates(unit.masked) ?? readGates(unit.masked, at);
  const bare = /^[\W_]*(?:verdict|status|result)?[\W_]*$/iu.test(unit.masked.slice(0, main.start));
  if (subject && !pairs.some((pair) => subject.gates.includes(pair.gate))) return subject.gates.map((gate) => ({ gate, result: main.result, from: 0, to: unit.masked.length }));
  if (pairs.length > 0) {
    const firstAt = pairs[0]?.from ?? 0;
    const stated = subject !== null || unit.type !== 'paragraph' || /^[\W_]*$/u.test(unit.masked.slice(at, firstAt));
    if (!stated) return [];
    return lastOfEach(pairs);
  }
  const behind = bare ? gatesBehind(unit.masked, main.end) : [];
  return bare ? (behind.length > 0 ? behind : inherited).map((gate) => ({ gate, result: main.result, from: 0, to: unit.masked.length })) : [];
}

/** Gates right behind a result: `PASS — M10`, `PASS: M10 and M11`, `FAIL (M3)`. */
function gatesBehind(masked: string, end: number): string[] {
  const glue = /^[\s*_]*(?:[:(]|[—–-]{1,3}|for|on|of)?[\s*_]*(?:gates?\s+)?/iu.exec(masked.slice(end))?.[0].length ?? 0;
  return readGates(masked, end + glue)?.gates ?? [];
}

function lastOfEach(pairs: Judgement[]): Judgement[] {
  const byGate = new Map<string, Judgement>();
  for (const pair of pairs) if (!byGate.has(pair.gate)) byGate.set(pair.gate, pair);
  return [...byGate.values()];
}

function gatesAbove(section: Section | null): string[] {
  for (let at = section; at; at = at.parent) {
    if (!at.heading || at.depth < 2) continue;
    const gates = leadingGates(at.masked) ?? findGates(at.masked)[0];
    if (gates) return gates.gates;
  }
  return [];
}

function claimCommitOf(text: string): string | undefined {
  return (/\bclaim(?:ed)?(?:\s+(?:commit|at|in|@))?[\s:@(]*`?([0-9a-f]{7,40})\b/iu.exec(text) ?? /^[^()]*\(`([0-9a-f]{7,40})`\)/u.exec(text))?.[1];
}

function whenOf(unit: Unit, judgement: Judgement): When {
  const read = readTitle(unit.prose.text);
  const own = unit.prose.text.slice(judgement.from, judgement.to);
  return plainWhen(findWhen(own, { bareTime: true }) ?? read.when);
}

/** Line of a judgement: in a paragraph of several lines, that of its own words. */
function lineOfJudgement(unit: Unit, judgement: Judgement): number {
  return unit.type === 'paragraph' ? lineAt(unit.line, unit.prose.text, judgement.from) : unit.line;
}

function fileVerdicts(page: Page, unit: Unit, judgements: Judgement[], endLine: number): void {
  const read = readTitle(unit.prose.text);
  const blocks = unit.type === 'item' ? (unit.item?.children ?? []).slice(1) : blocksBetween(page, unit.endLine + 1, endLine);
  const content = readContent(page, blocks);
  const refs = [...readContent(page, [{ type: 'paragraph', prose: unit.prose, line: unit.line, endLine: unit.line }]).refs, ...content.refs];
  let covers = true;
  for (const judgement of judgements) {
    const claimCommit = claimCommitOf(unit.prose.text.slice(judgement.from, judgement.to));
    const draft: NewDraft = {
      ...whenOf(unit, judgement),
      title: read.title,
      name: read.name,
      author: 'adversary',
      state: judgement.result,
      key: judgement.gate,
      line: lineOfJudgement(unit, judgement),
      endLine,
      fields: content.fields,
      refs: refs.filter((ref) => ref.line >= lineOfJudgement(unit, judgement)),
      ...(unit.box ? { boxLine: unit.line } : {}),
      ...(claimCommit ? { claimCommit } : {}),
    };
    addDraft(page, 'verdict', draft, { covers: covers || draft.line > unit.line });
    covers = false;
  }
  nameGates(page, judgements.map((judgement) => judgement.gate), unit.line);
}

/** A paragraph or bullet without a box states a verdict only when it begins with one. */
function isStatement(unit: Unit): boolean {
  if (unit.type === 'heading') return unit.section.depth > 1;
  if (unit.box === 'open' || unit.box === 'partial') return false;
  return unit.box !== null || lead.test(unit.masked) || leadingGates(unit.masked) !== null;
}

/** Inside a verdict's section only a status line or a ticked bullet with a stamped result is a further verdict. */
function standsOut(unit: Unit): boolean {
  return lead.test(unit.masked) || (unit.box === 'done' && findResults(unit.masked).some((result) => /^[*_\s]*@/u.test(unit.masked.slice(result.end))));
}

/** Rows of a table judge only what nothing else of the document judges: most tables sum up. */
function recogniseRows(page: Page): void {
  const judged = new Set(page.drafts.filter((draft) => draft.kind === 'verdict').map((draft) => draft.key));
  for (const unit of walkRows(page.root)) {
    if (!isFree(page.cover, unit.line) || leadingGates(unit.masked) === null || deniesVerdict(unit.masked)) continue;
    const judgements = readJudgements(unit, []).filter((judgement) => !judged.has(judgement.gate));
    if (judgements.length > 0) fileVerdicts(page, unit, judgements, unit.endLine);
  }
}

/**
 * Verdicts of a review: headings, ticked bullets and status lines that put a result beside a gate; a bare result takes the gate of the heading
 * above. What denies being a verdict (informal, provisional, a probe…) is none.
 */
export function recogniseVerdicts(page: Page, skip: (unit: Unit) => boolean): void {
  let coveredTo = 0;
  for (const unit of walkUnits(page.root)) {
    const inside = unit.line <= coveredTo && unit.type !== 'heading';
    if ((inside && !standsOut(unit)) || !isStatement(unit) || skip(unit)) continue;
    if (deniesVerdict(unit.masked)) {
      if (unit.type === 'heading') coveredTo = unit.section.ownEnd;
      continue;
    }
    const inherited = gatesAbove(unit.type === 'heading' ? unit.section.parent : unit.section);
    const read = readJudgements(unit, inside ? [] : inherited);
    const judgements = inside ? read.filter((judgement) => !inherited.includes(judgement.gate)) : read;
    if (judgements.length === 0) {
      const orphan = unit.type === 'heading' && findResults(unit.masked).length > 0 && !hasClaimWord(unit.masked) && isFree(page.cover, unit.line);
      if (orphan) coverUnparsed(page.cover, unit.line, unit.endLine, 'a result that names no gate');
      continue;
    }
    const endLine = unit.type === 'heading' ? unit.section.endLine : unit.endLine;
    fileVerdicts(page, unit, judgements, endLine);
    if (unit.type === 'heading') coveredTo = unit.section.ownEnd;
  }
  recogniseRows(page);
}
