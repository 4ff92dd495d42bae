import type { Kind } from '../../contract/schema/entry.ts';
import type { Draft } from '../../documents/reading.ts';
import { applySplices } from '../splice.ts';
import { compareDrafts, lineMover, type MoveLine } from './compare-drafts.ts';
import { findOpenEnd } from './find-open-end.ts';
import type { OpenPage, PageOpener } from './open-page.ts';
import type { GivenText, Plan } from './plan.ts';

/** A plan that was carried out on a copy. */
export type Verified = { ok: true; bytes: Buffer; draft: Draft | null } | { ok: false; why: string };

interface Trial {
  plan: Plan;
  before: OpenPage;
  after: OpenPage;
  move: MoveLine;
}

/**
 * Carries a plan out on a copy and reads it again: what was meant must be new there, and everything else as it was. `ok: false` says what the text
 * would do instead, as a sentence without a full stop.
 */
export async function verifyPlan(before: OpenPage, plan: Plan, open: PageOpener): Promise<Verified> {
  const bytes = applySplices(before.source.bytes, plan.splices);
  const trial: Trial = { plan, before, after: await open(before.path, bytes), move: lineMover(before, plan.splices) };
  const why = await whyNotOpenEnded(trial, open);
  if (why !== null) return { ok: false, why };
  const { added, lost } = compareDrafts(before, trial.after, trial.move, plan.touched ?? []);
  const found = findMeant(trial, added);
  if (typeof found === 'string') return { ok: false, why: found };
  const region = writtenLines(trial.after, plan);
  const strays = added.filter((draft) => draft !== found && !belongsTo(draft, found, plan.within ?? []));
  const stray = strays.find(({ line }) => line >= region.from && line <= region.to) ?? (lost.length === 0 ? strays[0] : undefined);
  if (stray) return { ok: false, why: `${whereIn(trial, stray.line)} would be read as another entry, the ${stray.kind} "${stray.title}"` };
  const [changed] = lost;
  if (changed) return { ok: false, why: `it would change how the ${changed.kind} "${changed.title}" in ${before.path}:${changed.line} is read` };
  const other = whyDocumentChanged(trial);
  return other === null ? { ok: true, bytes, draft: found } : { ok: false, why: other };
}

/** Nothing that is written may leave open what was closed before. */
async function whyNotOpenEnded({ plan, before, after }: Trial, open: PageOpener): Promise<string | null> {
  const end = await findOpenEnd(after, open);
  if (end === null) return null;
  const old = await findOpenEnd(before, open);
  if (old !== null) return plan.splices.some(({ start }) => start >= before.source.byteOffsetOfLine(old.line)) ? `${before.path}:${old.line} opens ${old.what} that nothing closes, and what is written behind it would be part of it` : null;
  return `${plan.given?.name ?? 'the text'} opens ${end.what} that nothing closes`;
}

/** The entry that was meant, null where none was, or why it is not there. */
function findMeant({ plan, before, after }: Trial, added: readonly Draft[]): Draft | null | string {
  const { entry } = plan;
  if (entry === null) return null;
  const region = writtenLines(after, plan);
  const candidates = added.filter(({ kind, line, endLine }) => kind === entry.kind && (entry.elsewhere || (endLine >= region.from && line <= region.to)));
  const reasons = candidates.map((draft) => ({ draft, why: entry.judge(draft) }));
  const right = reasons.find(({ why }) => why === null)?.draft;
  if (right === undefined) return reasons[0]?.why ?? `it would not be read as ${anA(entry.kind)}`;
  if (entry.elsewhere || right.endLine >= region.to || added.some((draft) => draft !== right && draft.line === right.endLine + 1)) return right;
  return `the ${entry.kind} would end before ${whereIn({ plan, before, after }, right.endLine + 1)}`;
}

function belongsTo(draft: Draft, owner: Draft | null, within: readonly Kind[]): boolean {
  return owner !== null && (draft.kind === 'reproduction' || within.includes(draft.kind)) && draft.line >= owner.line && draft.endLine <= owner.endLine;
}

/** What belongs to the document and not to an entry: front matter, gates that it names, its DONE mark, what cannot be read of it. */
function whyDocumentChanged({ plan, before, after }: Trial): string | null {
  const [old, now] = [before.reading, after.reading];
  if (JSON.stringify(old.frontMatter) !== JSON.stringify(now.frontMatter)) return 'it would change the front matter of the document';
  const known = new Set([...old.gates.map(({ gate }) => gate), ...(plan.gates ?? [])]);
  const gate = now.gates.find((named) => !known.has(named.gate));
  if (gate) return `it would name the gate ${gate.gate} in a gate's place`;
  if (plan.done === undefined && (old.done?.marked ?? false) !== (now.done?.marked ?? false)) return 'it would change the DONE mark of the phase';
  if (plan.done !== undefined && (now.done?.marked ?? false) !== (plan.done === 'marked')) return plan.done === 'marked' ? `the DONE mark would not count: ${now.done?.why ?? 'it would not be read'}` : 'the DONE mark would still count';
  const unread = new Set(old.unparsed.map(({ line, endLine, why }) => `${why}\n${before.source.sliceLines(line, endLine).trimEnd()}`));
  const fresh = now.unparsed.find(({ line, endLine, why }) => !unread.has(`${why}\n${after.source.sliceLines(line, endLine).trimEnd()}`));
  return fresh ? `${whereIn({ plan, before, after }, fresh.line)} would not be understood (${fresh.why})` : null;
}

/** First and last line of the new document that hold the text of the entry, blank lines at their ends aside. */
function writtenLines(after: OpenPage, { splices, written = splices }: Plan): { from: number; to: number } {
  let [shift, from, to] = [0, after.source.lines, 0];
  for (const splice of splices.toSorted((a, b) => a.start - b.start)) {
    const { start, end, text } = splice;
    const at = start + shift;
    shift += Buffer.byteLength(text) - (end - start);
    if (!written.includes(splice)) continue;
    const lead = Buffer.byteLength(/^\s*/u.exec(text)?.[0] ?? '');
    const full = Buffer.byteLength(text.trimEnd());
    from = Math.min(from, lineAtByte(after, at + lead));
    to = Math.max(to, lineAtByte(after, at + Math.max(full - 1, 0)));
  }
  return { from, to };
}

function lineAtByte({ source }: OpenPage, offset: number): number {
  let [low, high] = [1, Math.max(1, source.lines)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (source.byteOffsetOfLine(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A line of the new document as the user knows it: a line of the text that was given, else what stands there. */
function whereIn({ plan, after }: Pick<Trial, 'plan' | 'before' | 'after'>, line: number): string {
  const text = after.source.sliceLines(line, line).trim();
  const number = plan.given === undefined ? null : lineOfGiven(plan.given, after, line);
  return number === null ? `"${shorten(text)}"` : `line ${number} of ${plan.given?.name ?? ''} ("${shorten(text)}")`;
}

function lineOfGiven({ text }: GivenText, after: OpenPage, line: number): number | null {
  const lines = text.split('\n');
  const whole = after.source.text.replace(/\r\n?/gu, '\n').split('\n');
  for (let start = line - lines.length; start < line; start += 1) {
    if (start >= 0 && lines.every((each, index) => (whole[start + index] ?? '').trimEnd() === each.trimEnd())) return line - start;
  }
  return null;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function anA(word: string): string {
  return `${/^[aeiou]/u.test(word) ? 'an' : 'a'} ${word}`;
}
