import type { Root } from 'mdast';
import type { Plugin } from 'unified';
import type { Entry } from '../contract/schema/entry.ts';
import type { Span, Unparsed } from '../contract/schema/document.ts';
import { blocksFromMdast } from '../documents/outline/blocks-from-mdast.ts';
import { readSource } from '../documents/outline/source.ts';
import { readOutlineAs } from '../documents/read-document.ts';
import type { Reading } from '../documents/reading.ts';
import { defaultVocabulary, type Vocabulary } from '../documents/vocabulary/vocabulary.ts';
import { uncommitted } from './history/line-origins.ts';
import { assignIds } from './ids/assign-ids.ts';
import { entryOfDraft } from './join/entry-of-draft.ts';

export interface RemarkDocketOptions {
  /** The path that names kind and phase, relative to the repository; the file's own path where it is left out. */
  path?: string;
  vocabulary?: Vocabulary;
}

/** What the plugin leaves in `file.data.docket`. */
export interface RemarkDocketData {
  kind: Reading['kind'];
  phase: string;
  entries: Entry[];
  spans: Span[];
  unparsed: Unparsed[];
  done: Reading['done'];
}

declare module 'vfile' {
  interface DataMap {
    docket: RemarkDocketData;
  }
}

/** The entries of one document read alone: no commits, and mentions whose targets nobody has looked for. */
function entriesOf(reading: Reading): Entry[] {
  const ids = assignIds(reading);
  return reading.drafts.map((draft, index) => {
    const prepared = { draft, path: reading.path, owner: reading.owner, index, rev: null, introduced: null, changed: null, worded: null, origins: uncommitted, gitLine: (line: number) => line, claim: null, message: null };
    const entry = entryOfDraft(prepared, ids[index] ?? '', () => null);
    return draft.kind === 'inbox' ? Object.assign(entry, { state: draft.state }) : entry;
  });
}

/**
 * A unified plugin: gives remark pipelines the entries that docket reads from the same file, in `file.data.docket`. The tree is left as it is.
 * The file needs a path (or `options.path`), since the file name decides kind and phase.
 */
export const remarkDocket: Plugin<[RemarkDocketOptions?], Root> = (options = {}) => (tree, file) => {
  const source = readSource(Buffer.from(String(file)));
  const path = (options.path ?? file.path ?? 'unknown.md').replaceAll('\\', '/');
  const outline = { blocks: blocksFromMdast(tree, source.text), lines: source.lines };
  const reading = readOutlineAs({ path, bytes: source.bytes.length, outline, source: (from, to) => source.sliceLines(from, to), frontMatter: null, diagnostics: [] }, options.vocabulary ?? defaultVocabulary);
  const ids = assignIds(reading);
  file.data.docket = {
    kind: reading.kind,
    phase: reading.phase,
    entries: entriesOf(reading),
    spans: reading.spans.map(({ draft, ...span }) => Object.assign(span, { entry: draft === null ? null : (ids[draft] ?? null) })),
    unparsed: reading.unparsed,
    done: reading.done,
  };
};
