import type { Source } from './source.ts';
import type { Outline } from './types.ts';

/** The outline of a document. */
export async function readOutline(source: Source): Promise<Outline> {
  const { parseMarkdown } = await import('./parse-markdown.ts');
  const { blocksFromMdast } = await import('./blocks-from-mdast.ts');
  return { blocks: blocksFromMdast(parseMarkdown(source.text, true), source.text), lines: source.lines };
}
