import type { Block } from '../../documents/outline/types.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { walkSections, type Section } from '../../documents/sections.ts';
import { findPlaceholder } from '../../documents/vocabulary/words.ts';
import { askDone } from '../../gates/ask-gate.ts';
import { getStatus } from '../../gates/get-status.ts';
import { checkKnownPhases } from '../../queries/list-entries.ts';
import { endsLine, lineEndOf, withLineEnds } from '../line-ends.ts';
import type { Splice } from '../splice.ts';
import { checkBody, checkLine } from '../writer/check-text.ts';
import { composeEntry, spellings } from '../writer/compose-heading.ts';
import type { OpenPage } from '../writer/open-page.ts';
import type { Pen } from '../writer/pen.ts';
import { appendText } from '../writer/place-text.ts';
import { roleName } from '../writer/warn.ts';
import { writeDocument, type Written } from '../writer/write-document.ts';
import { readWrittenDate } from '../writer/written-date.ts';
import { findPhaseDocument } from './find-document.ts';
import type { GivenBody } from './given-body.ts';

export interface Done {
  phase: string;
  date: string | null;
  body: GivenBody;
  /** Why it is marked although it may not be; null: then it is not. */
  force: string | null;
}

export interface DoneAnswer {
  /** Null where it was refused. */
  written: Written | null;
  /** What stood in the way, a sentence each. */
  missing: string[];
  /** The same with rule, place and the command that mends it. */
  diagnostics: Diagnostic[];
  forced: boolean;
}

/**
 * Marks a phase as done: `## DONE` in its status with what it rests on, in place of a placeholder where such a section is there. Refused while anything
 * is missing, unless by force: then the reason stands first. Does nothing where it is marked. Throws a usage failure for an unknown phase.
 */
export async function markDone(pen: Pen, done: Done): Promise<DoneAnswer> {
  const { phase } = done;
  const { ledger } = pen.docket;
  checkKnownPhases(new Set(ledger.phases.map(({ id }) => id)), [phase]);
  const status = getStatus(ledger, { phase }).phases[0];
  // A placeholder is what the mark takes the place of.
  const { missing, diagnostics } = await askDone(pen.docket, { phase, replayed: null, now: new Date(), placeholder: 'accepted' });
  if (missing.length > 0 && done.force === null && status?.done.marked !== true) return { written: null, missing, diagnostics, forced: false };
  const reason = missing.length > 0 && done.force !== null ? checkLine('--reason', done.force) : null;
  const when = readWrittenDate(done.date).text;
  const body = await checkBody(done.body.name, done.body.text, 2);
  const passes = (status?.gates ?? []).map(({ id, verdict }) => `${id}${verdict?.commit ? ` (\`${verdict.commit.slice(0, 12)}\`)` : ''}`).join(', ');
  const by = pen.role === null ? '' : ` by ${roleName(pen.role)}`;
  const leads = reason === null ? [`${when}: every gate of phase ${phase} has a PASS that stands: ${passes}.`] : spellings(reason).map((each) => `**Forced:** ${when}${by} — ${each}`);
  const gates = ledger.phases.find(({ id }) => id === phase)?.gates ?? [];
  const written = await writeDocument(pen, {
    ...findPhaseDocument(pen, 'status', phase),
    plan: (page) => {
      if (page.reading.done?.marked) return [];
      return leads.flatMap((lead) => placeMark(page, composeEntry(lead, body)).map((splices) => ({ splices, entry: null, done: 'marked' as const, gates, given: { name: done.body.name, text: body } })));
    },
  });
  return { written, missing, diagnostics, forced: reason !== null && written.diff !== '' };
}

/** The ways to put the text below a DONE heading: in place of a placeholder, in front of what stands there, or below a heading of its own. */
function placeMark(page: OpenPage, text: string): Splice[][] {
  const section = [...walkSections(page.root)].find(({ heading, line }) => heading !== null && line === page.reading.done?.line);
  if (!section?.heading) return [[appendText(page, `## DONE\n\n${text}`)]];
  const { source } = page;
  const end = section.heading.endLine;
  const [first] = section.blocks;
  const ended = endsLine(source, end);
  const inFront: Splice = { start: source.byteOffsetOfLine(end + 1), end: source.byteOffsetOfLine(end + 1), text: withLineEnds(`${ended ? '' : '\n'}\n${text}\n`, lineEndOf(source)) };
  const instead = first && isPlaceholder(first) ? [replaceBlock(page, first, text)] : [];
  const headings: Splice[][] = [[], ...bareHeading(page, section)];
  return headings.flatMap((heading) => [...instead, inFront].map((splice) => heading.concat(splice)));
}

/** `Not yet`, alone; a list of what is still to come is none. */
function isPlaceholder(block: Block): boolean {
  if (block.type === 'list') return block.items.length === 1 && block.items[0]?.box === null && block.items[0].children.every(isPlaceholder);
  return block.type === 'paragraph' && !block.prose.text.includes('\n') && findPlaceholder(block.prose.text) !== null;
}

function replaceBlock({ source }: OpenPage, { line, endLine }: Block, text: string): Splice {
  return { start: source.byteOffsetOfLine(line), end: source.byteOffsetOfLine(endLine + 1), text: withLineEnds(endsLine(source, endLine) ? `${text}\n` : text, lineEndOf(source)) };
}

/** `## DONE — not yet` as `## DONE`, where the heading itself holds the placeholder. */
function bareHeading({ source }: OpenPage, { line, heading }: Section): Splice[][] {
  const text = source.sliceLines(line, line).replace(/[\r\n]+$/u, '');
  if (!heading || !text.startsWith('#')) return [];
  const start = source.byteOffsetOfLine(line);
  return [[{ start, end: start + Buffer.byteLength(text), text: `${'#'.repeat(heading.depth)} DONE` }]];
}
