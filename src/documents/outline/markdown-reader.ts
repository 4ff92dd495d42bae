import type { Block } from './types.ts';

/** Text → blocks, in lines of that text. `frontMatter`: the text starts with front matter. */
export type MarkdownReader = (text: string, frontMatter: boolean) => Block[];

/** Loads remark, which costs about as much as an empty Node process; a run that finds all it needs in a cache never calls this. */
export async function loadMarkdown(): Promise<MarkdownReader> {
  return (await import('./read-markdown.ts')).readMarkdown;
}
