import type { Block } from '../../documents/outline/types.ts';
import { lineEndOf } from '../line-ends.ts';
import type { OpenPage, PageOpener } from './open-page.ts';

/** What a document leaves open at its end: whatever is appended there would be part of it. */
export interface OpenEnd {
  what: string;
  line: number;
}

const sentinel = 'docket sentinel';

/**
 * Tells whether a heading that is appended to a document would be one, by appending one to a copy. Null when it would; else what swallows it: a
 * fence or a comment that is never closed.
 */
export async function findOpenEnd(page: OpenPage, open: PageOpener): Promise<OpenEnd | null> {
  const lineEnd = lineEndOf(page.source);
  const copy = await open(page.path, Buffer.concat([page.source.bytes, Buffer.from(`${lineEnd}${lineEnd}# ${sentinel}${lineEnd}`)]));
  const last = copy.blocks.at(-1);
  if (last?.type === 'heading' && last.depth === 1 && last.prose.text === sentinel) return null;
  return { what: nameOf(last), line: last?.line ?? 1 };
}

function nameOf(block: Block | undefined): string {
  if (block?.type === 'code' && block.fenced) return 'a fence';
  if (block?.type === 'html') return block.value.startsWith('<!--') ? 'an HTML comment' : 'an HTML block';
  if (block?.type === 'frontmatter') return 'front matter';
  return 'a block';
}
