import { blocksFromMdast } from './blocks-from-mdast.ts';
import { parseMarkdown } from './parse-markdown.ts';
import type { Block } from './types.ts';

/** Text → blocks, through remark. To be reached by `import()` only, see `loadMarkdown`. */
export function readMarkdown(text: string, frontMatter: boolean): Block[] {
  return blocksFromMdast(parseMarkdown(text, frontMatter), text);
}
