import type { Block, Item } from './types.ts';

/** The same blocks, `by` lines further down. Returns new blocks, for the given ones may be in a cache. */
export function moveBlocks(blocks: readonly Block[], by: number): Block[] {
  return blocks.map((block) => moveBlock(block, by));
}

function moveBlock(block: Block, by: number): Block {
  const moved = { ...block, line: block.line + by, endLine: block.endLine + by };
  switch (moved.type) {
    case 'list': moved.items = moved.items.map((item) => moveItem(item, by)); break;
    case 'quote':
    case 'other': moved.children = moveBlocks(moved.children, by); break;
    case 'code': moved.bodyLine += by; break;
    case 'table': moved.rows = moved.rows.map(({ line, cells }) => ({ line: line + by, cells })); break;
    default: break;
  }
  return moved;
}

function moveItem(item: Item, by: number): Item {
  return { ...item, line: item.line + by, endLine: item.endLine + by, children: moveBlocks(item.children, by) };
}
