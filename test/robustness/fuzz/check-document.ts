import { expect } from 'vitest';
import { blocksFromMdast } from '../../../src/documents/outline/blocks-from-mdast.ts';
import { endOfFrontMatter } from '../../../src/documents/outline/front-matter-lines.ts';
import { parseMarkdown } from '../../../src/documents/outline/parse-markdown.ts';
import { readOutline } from '../../../src/documents/outline/read-outline.ts';
import { readSource } from '../../../src/documents/outline/source.ts';
import { readFrontMatter } from '../../../src/documents/front-matter.ts';
import { readDocument, readOutlineAs } from '../../../src/documents/read-document.ts';
import { readSurface } from '../../../src/documents/read-surface.ts';
import type { Reading } from '../../../src/documents/reading.ts';
import { defaultVocabulary } from '../../../src/documents/vocabulary/vocabulary.ts';
import { storeReading } from '../../../src/ledger/sources/stored-reading.ts';

/** Lines as CommonMark counts them, counted anew: a final line end opens no further one. */
function countLines(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(bytes);
  if (text === '') return 0;
  const ends = text.match(/\r\n|\n|\r/g)?.length ?? 0;
  return /[\r\n]$/.test(text) ? ends : ends + 1;
}

/** Every place that a reading names. */
function placesOf(reading: Reading): { line: number; endLine: number }[] {
  const of = ({ line, endLine }: { line: number; endLine?: number }) => ({ line, endLine: endLine ?? line });
  return [
    ...reading.drafts.flatMap((draft) => [draft, ...draft.fields, ...draft.refs, ...(draft.steps ?? [])].map(of)),
    ...reading.drafts.flatMap(({ boxLine, clearedAtLine, recording }) => [boxLine, clearedAtLine, recording?.line ?? undefined].flatMap((line) => (line === undefined ? [] : [{ line, endLine: line }]))),
    ...reading.unparsed.map(of), ...reading.gates.map(of), ...(reading.done ? [of(reading.done)] : []),
    ...reading.diagnostics.flatMap(({ place }) => (place?.line === undefined ? [] : [{ line: place.line, endLine: place.endLine ?? place.line }])),
  ];
}

/** A document under each of some names: read whole, in place, the same each time, every line in one span. Parsed once for all, and once more for the first. */
export async function checkDocument(names: readonly string[], bytes: Uint8Array): Promise<void> {
  const source = readSource(bytes);
  const outline = await readOutline(source);
  const { value: frontMatter, diagnostics } = await readFrontMatter(source, 'x');
  const lines = countLines(bytes);
  const read = (path: string): Reading => readOutlineAs({ path, bytes: bytes.length, outline, source: (from, to) => source.sliceLines(from, to), frontMatter, diagnostics }, defaultVocabulary);
  for (const name of names) {
    const path = `machine-docs/${name}`;
    const reading = read(path);
    checkReading(reading, lines);
    // What is kept between runs is JSON: nothing may be lost on the way.
    expect(JSON.parse(JSON.stringify(storeReading(reading, bytes)))).toEqual(JSON.parse(JSON.stringify(storeReading(name === names[0] ? await readAnew(path, bytes) : read(path), bytes))));
    const surface = await readSurface(path, bytes, defaultVocabulary);
    expect([surface.kind, surface.phase, surface.owner, surface.lines, surface.frontMatter]).toEqual([reading.kind, reading.phase, reading.owner, reading.lines, reading.frontMatter]);
  }
}

async function readAnew(path: string, bytes: Uint8Array): Promise<Reading> {
  const reading = await readDocument(path, bytes, defaultVocabulary);
  for (const { place } of reading.diagnostics) if (place !== null) place.path = 'x';
  return reading;
}

function checkReading(reading: Reading, lines: number): void {
  if (reading.lines !== lines) throw new Error(`${reading.lines} lines, counted ${lines}`);
  let next = 1;
  for (const span of reading.spans) {
    if (span.line !== next || span.endLine < span.line) throw new Error(`a span begins in line ${span.line}, expected ${next}`);
    if ((span.type === 'entry') !== (span.draft !== null) || (span.draft !== null && reading.drafts[span.draft] === undefined)) throw new Error(`a span of line ${span.line} without its entry`);
    next = span.endLine + 1;
  }
  if (next !== lines + 1) throw new Error(`spans end in line ${next - 1} of ${lines}`);
  for (const { line, endLine } of placesOf(reading)) {
    if (!(line >= 1 && endLine >= line && endLine <= Math.max(1, lines))) throw new Error(`place ${line}-${endLine} in a file of ${lines} lines`);
  }
  for (const { refs, title } of reading.drafts) {
    if (/[\r\n]/.test(title)) throw new Error(`title of several lines: ${JSON.stringify(title)}`);
    for (const { column } of refs) if (!(column >= 1)) throw new Error(`column ${column}`);
  }
}

/** The outline by the splitter and the reader of plain lines, against remark on the whole. */
export async function checkOutline(bytes: Uint8Array): Promise<void> {
  const source = readSource(bytes);
  const { blocks } = await readOutline(source);
  if (blocks.some(({ type }) => type === 'unread')) return;
  expect(blocks).toEqual(blocksFromMdast(parseMarkdown(source.text, endOfFrontMatter(source.text, source.lineStarts) > 0), source.text));
}
