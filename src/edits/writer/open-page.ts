import { readFrontMatter } from '../../documents/front-matter.ts';
import { readOutline } from '../../documents/outline/read-outline.ts';
import type { ReadOptions } from '../../documents/outline/read-part.ts';
import { readSource, type Source } from '../../documents/outline/source.ts';
import type { Block } from '../../documents/outline/types.ts';
import { readOutlineAs } from '../../documents/read-document.ts';
import type { Reading } from '../../documents/reading.ts';
import { buildSections, type Section } from '../../documents/sections.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';

/** A document as a writer sees it: its bytes and all that was read of them. */
export interface OpenPage {
  path: string;
  source: Source;
  reading: Reading;
  blocks: readonly Block[];
  /** The tree of its sections. */
  root: Section;
  /** Why the sections may differ from what remark makes of the whole; null where they cannot. */
  unsure: string | null;
}

/** Opens pages; sections that several versions of one document share are parsed once, and not at all those that `kept` has. */
export type PageOpener = (path: string, bytes: Uint8Array) => Promise<OpenPage>;

export function pageOpener(vocabulary: Vocabulary, kept: NonNullable<ReadOptions['known']> = () => undefined): PageOpener {
  const known = new Map<string, Block[]>();
  const options: ReadOptions = { known: (key) => known.get(key) ?? kept(key), learned: (key, blocks) => void known.set(key, blocks) };
  return async (path, bytes) => {
    const source = readSource(bytes);
    const outline = await readOutline(source, options);
    const { value: frontMatter, diagnostics } = await readFrontMatter(source, path);
    const reading = readOutlineAs({ path, bytes: bytes.length, outline, source: (from, to) => source.sliceLines(from, to), frontMatter, diagnostics }, vocabulary);
    return { path, source, reading, blocks: outline.blocks, root: buildSections(outline), unsure: outline.unsure };
  };
}
