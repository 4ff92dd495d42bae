import { readFrontMatter } from './front-matter.ts';
import { nameDocument } from './name-document.ts';
import { findConflicts } from './outline/find-conflicts.ts';
import { readSource } from './outline/source.ts';
import type { Reading } from './reading.ts';
import type { Vocabulary } from './vocabulary/vocabulary.ts';

/**
 * What can be told of a document without a parse: its name, its front matter, and where a failed merge left its marks. Entries, spans and gates are left
 * out; what stands here is as `readDocument` gives it.
 */
export async function readSurface(path: string, bytes: Uint8Array, vocabulary: Vocabulary): Promise<Reading> {
  const source = readSource(bytes);
  const { value: frontMatter, diagnostics } = await readFrontMatter(source, path);
  const { kind, phase: named, owner } = nameDocument(path, vocabulary);
  const phase = named === vocabulary.defaultPhase && frontMatter?.phase ? frontMatter.phase : named;
  const unparsed = findConflicts(source.text, source.lineStarts).map(({ line, endLine, why }) => ({ line, endLine, why }));
  return { path, kind, phase, owner, bytes: bytes.length, lines: source.lines, frontMatter, drafts: [], spans: [], unparsed, gates: [], done: null, receipts: [], diagnostics };
}
