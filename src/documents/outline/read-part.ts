import { hash } from 'node:crypto';
import { cutBlocks } from './cut-blocks.ts';
import { loadMarkdown } from './markdown-reader.ts';
import { moveBlocks } from './place-blocks.ts';
import { readStretch, textOfStretch } from './read-stretch.ts';
import type { Stretch } from './scan-state.ts';
import type { Block, Unread } from './types.ts';
import type { StretchWeight } from './weigh-stretch.ts';

export interface ReadOptions {
  /** Blocks that `learned` gave for this key, in this run or an earlier one. They are not changed. */
  known?: (key: string) => readonly Block[] | undefined;
  /** Called with every section that went through remark; its lines count from the section's first. The blocks may be kept. */
  learned?: (key: string, blocks: Block[]) => void;
}

/** A stretch with all that its blocks depend on. */
export interface Part {
  /** The document's text, merge conflicts masked. */
  text: string;
  lineStarts: readonly number[];
  stretch: Stretch;
  weight: StretchWeight;
  conflicts: readonly Unread[];
  /** Lines alone tell what is a section and what is in it: no definition changes what words mean. */
  sure: boolean;
  parsed: { sections: number; bytes: number };
}

/** The blocks of a stretch, in lines of the document. */
export async function readBlocks(part: Part, options: ReadOptions): Promise<Block[]> {
  const { stretch, weight, conflicts } = part;
  const { line, endLine } = stretch;
  if (weight.why !== null) return [{ type: 'unread', line, endLine, why: weight.why }];
  const text = textOfStretch(part.text, part.lineStarts, stretch);
  const key = keyOf(text, part);
  let blocks = options.known?.(key);
  if (blocks === undefined) {
    const read = await loadMarkdown();
    const learned = readStretch({ markdown: read, plain: part.sure }, part.text, part.lineStarts, stretch, weight.unread);
    part.parsed.sections++;
    part.parsed.bytes += Buffer.byteLength(text);
    options.learned?.(key, learned);
    blocks = learned;
  }
  const within = conflicts.filter((conflict) => conflict.line >= line && conflict.endLine <= endLine);
  return within.reduce<Block[]>(cutBlocks, moveBlocks(blocks, line - 1));
}

/**
 * Sections with one key have the same blocks. Only the start of a file can be front matter, and what is open at a section's end ends
 * differently at the end of the file.
 */
function keyOf(text: string, { stretch, lineStarts }: Part): string {
  const start = stretch.frontMatter ? 'matter' : 'plain';
  const end = !stretch.endsOpen ? 'closed' : stretch.endLine === lineStarts.length - 1 ? 'last' : 'open';
  return `${start}-${end}-${hash('sha256', text, 'base64url')}`;
}
