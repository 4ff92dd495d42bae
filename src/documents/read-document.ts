import type { Diagnostic } from '../contract/schema/envelope.ts';
import { createCover, coverUnparsed, readCover } from './cover-lines.ts';
import type { SourceLines } from './fields.ts';
import { readFrontMatter } from './front-matter.ts';
import { nameDocument, type DocumentName } from './name-document.ts';
import { readOutline } from './outline/read-outline.ts';
import type { ReadOptions } from './outline/read-part.ts';
import { readSource } from './outline/source.ts';
import type { Outline } from './outline/types.ts';
import { addDraft, nameGates, readContent, type Page } from './page.ts';
import type { FrontMatter, Reading } from './reading.ts';
import { recogniseBacklog } from './recognise/backlog.ts';
import { recogniseDecisions } from './recognise/decisions.ts';
import { recogniseDeferred } from './recognise/deferred.ts';
import { recogniseInbox } from './recognise/inbox.ts';
import { recogniseJournal } from './recognise/journal.ts';
import { recogniseReproductions } from './recognise/reproductions.ts';
import { recogniseReview } from './recognise/review.ts';
import { recogniseStatus } from './recognise/status.ts';
import { buildSections } from './sections.ts';
import { readTitle } from './titles.ts';
import { coverLongUnits } from './units.ts';
import type { Vocabulary } from './vocabulary/vocabulary.ts';

function recognisePlan(page: Page): void {
  const title = page.root.children[0]?.text ?? page.path;
  const gates = page.outline.blocks;
  addDraft(page, 'plan', { title: readTitle(title).title, line: 1, endLine: Math.max(1, page.outline.lines), ...readContent(page, gates) });
}

const recognisers: Record<DocumentName['kind'], (page: Page) => void> = {
  journal: recogniseJournal,
  status: recogniseStatus,
  backlog: recogniseBacklog,
  review: recogniseReview,
  decisions: recogniseDecisions,
  deferred: recogniseDeferred,
  inbox: recogniseInbox,
  plan: recognisePlan,
  unknown: (page) => {
    if (page.outline.lines > 0) coverUnparsed(page.cover, 1, page.outline.lines, 'a document of no known kind');
  },
};

/** What a document's outline is read with: where it stands, its lines, its front matter. */
export interface DocumentText {
  path: string;
  bytes: number;
  outline: Outline;
  source: SourceLines;
  frontMatter: FrontMatter | null;
  /** False: neither mentions nor reproductions are looked for, which is most of the work. */
  mentions?: boolean;
  diagnostics: Diagnostic[];
}

/** Gives references the columns of the source: marks and list signs, which the prose does not have, count. */
function placeReferences(page: Page): void {
  const lines = new Map<number, string>();
  for (const draft of page.drafts) {
    const from = new Map<number, number>();
    for (const ref of draft.refs) {
      const text = lines.get(ref.line) ?? page.source(ref.line, ref.line);
      lines.set(ref.line, text);
      const at = text.indexOf(ref.value, from.get(ref.line) ?? 0);
      if (at === -1) continue;
      ref.column = at + 1;
      from.set(ref.line, at);
    }
  }
}

/** What is claimed and judged here stands in single headings, bullets and paragraphs. */
const kindsOfUnits: ReadonlySet<DocumentName['kind']> = new Set(['status', 'review', 'backlog']);

/** Reads the entries of one document from its outline. Pure; never fails on an unknown form, and says what it did not understand. */
export function readOutlineAs(text: DocumentText, vocabulary: Vocabulary): Reading {
  const named = nameDocument(text.path, vocabulary);
  const phase = named.phase === vocabulary.defaultPhase && text.frontMatter?.phase ? text.frontMatter.phase : named.phase;
  const root = buildSections(text.outline);
  const page: Page = {
    path: text.path,
    name: { ...named, phase },
    outline: text.outline,
    root,
    source: text.source,
    mentions: text.mentions ?? true,
    cover: createCover(root, text.outline.lines),
    drafts: [],
    gates: [],
    done: null,
    receipts: [],
  };
  nameGates(page, text.frontMatter?.gates ?? [], 1);
  recognisers[named.kind](page);
  if (named.kind !== 'unknown' && page.mentions) recogniseReproductions(page);
  if (kindsOfUnits.has(named.kind)) coverLongUnits(page);
  for (const block of text.outline.blocks) if (block.type === 'unread') coverUnparsed(page.cover, block.line, block.endLine, block.why);
  placeReferences(page);
  const { spans, unparsed } = readCover(page.cover);
  return {
    path: text.path,
    kind: named.kind,
    phase,
    owner: named.owner,
    bytes: text.bytes,
    lines: text.outline.lines,
    frontMatter: text.frontMatter,
    drafts: page.drafts,
    spans,
    unparsed,
    gates: page.gates,
    done: page.done,
    receipts: page.receipts,
    diagnostics: text.diagnostics,
  };
}

/**
 * Reads one document: its bytes as they are, under the path that names its kind and phase. Pure, and never fails on an unknown form: what was not
 * understood stands in `unparsed`, with its lines. Sections that `options` knows are not parsed again; mentions and reproductions are left out with
 * `mentions: false`.
 */
export async function readDocument(path: string, bytes: Uint8Array, vocabulary: Vocabulary, options: ReadOptions & { mentions?: boolean } = {}): Promise<Reading> {
  const source = readSource(bytes);
  const outline = await readOutline(source, options);
  const { value: frontMatter, diagnostics } = await readFrontMatter(source, path);
  return readOutlineAs({ path, bytes: bytes.length, outline, source: (from, to) => source.sliceLines(from, to), frontMatter, mentions: options.mentions ?? true, diagnostics }, vocabulary);
}
