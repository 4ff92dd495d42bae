import type { Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/**
 * A single tilde is not struck text here: GitHub's reading would strike from one `HEAD~1` to the next, and these files
 * write `~02:00` for "about two o'clock". `~~` strikes.
 */
const gfm = { singleTilde: false };
const plain = unified().use(remarkParse).use(remarkGfm, gfm).freeze();
const withFrontMatter = unified().use(remarkParse).use(remarkGfm, gfm).use(remarkFrontmatter).freeze();

/**
 * Loading this module loads remark: reach it by `import()` only, so that a run that parses nothing does not pay for it.
 * `frontMatter` says whether the text starts with it: where a first `---` is never closed, micromark-extension-frontmatter
 * (2.0.0) keeps it "concrete" to the end of the file, and no line of the file would open a list or a quote.
 */
export function parseMarkdown(text: string, frontMatter: boolean): Root {
  const parser = frontMatter ? withFrontMatter : plain;
  // remark drops one byte order mark; the file's own is gone already, and a second one is content.
  return parser.parse(text.startsWith('\uFEFF') ? `\uFEFF${text}` : text);
}
