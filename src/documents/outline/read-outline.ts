import type { ReadOptions } from './read-part.ts';
import { readSections, type SectionsRead } from './read-sections.ts';
import type { Source } from './source.ts';
import type { Outline } from './types.ts';

export interface OutlineRead extends Outline, Pick<SectionsRead, 'whole' | 'unsure' | 'parsed'> {}

/**
 * The outline of a document: its blocks in order, as remark sees them. Only sections that `known` does not have go to remark, which is not even
 * loaded when there are none.
 */
export async function readOutline(source: Source, options: ReadOptions = {}): Promise<OutlineRead> {
  const { sections, whole, unsure, parsed } = readSections(source, options);
  const blocks: Outline['blocks'] = [];
  for (const section of sections) for (const block of await section.blocks()) blocks.push(block);
  return { blocks, lines: source.lines, whole, unsure, parsed };
}
