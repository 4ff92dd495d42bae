import type { Block, Code, FrontMatterBlock, Html, Item, Placed, Unread } from './types.ts';

/** What of something stands before the cut and what after it; empty where nothing does. */
type Halves<T> = [before: T[], after: T[]];

/**
 * Puts an unread stretch among blocks that were parsed with its lines blank. A block that goes on over it (a list, a fence) is divided, so
 * that no line belongs to two blocks. Returns new blocks; an unread stretch of the same reason right before takes the new one in.
 */
export function cutBlocks(blocks: readonly Block[], unread: Unread): Block[] {
  const [before, after] = divideAll(blocks, unread, divideBlock);
  const last = before.at(-1);
  if (last?.type === 'unread' && last.why === unread.why) before[before.length - 1] = { ...last, endLine: unread.endLine };
  else before.push(unread);
  return [...before, ...after];
}

function divideAll<T extends Placed>(all: readonly T[], cut: Placed, divide: (one: T, cut: Placed) => Halves<T>): Halves<T> {
  const before: T[] = [];
  const after: T[] = [];
  for (const one of all) {
    if (one.endLine < cut.line) before.push(one);
    else if (one.line > cut.endLine) after.push(one);
    else {
      const [head, tail] = divide(one, cut);
      before.push(...head);
      after.push(...tail);
    }
  }
  return [before, after];
}

function divideBlock(block: Block, cut: Placed): Halves<Block> {
  switch (block.type) {
    case 'list': {
      const [head, tail] = divideAll(block.items, cut, divideItem);
      return [within({ ...block, items: head }, head), within({ ...block, items: tail }, tail)];
    }
    case 'quote':
    case 'other': {
      const [head, tail] = divideAll(block.children, cut, divideBlock);
      return [within({ ...block, children: head }, head), within({ ...block, children: tail }, tail)];
    }
    case 'code': {
      const [head, tail] = divideValue(block, block.bodyLine, cut);
      for (const rest of tail) rest.bodyLine = rest.line;
      return [head, tail];
    }
    case 'html': return divideValue(block, block.line, cut);
    case 'frontmatter': return divideValue(block, block.line + 1, cut);
    default: return [[block], []];
  }
}

/** What follows the cut has no box of its own: that of the item stands before it. */
function divideItem(item: Item, cut: Placed): Halves<Item> {
  const [head, tail] = divideAll(item.children, cut, divideBlock);
  const before = within({ ...item, children: head }, head);
  for (const start of before) start.line = item.line;
  return [before, within({ ...item, children: tail, box: before.length > 0 ? null : item.box }, tail)];
}

/** The block with the lines of what is left in it, or nothing. */
function within<T extends Placed>(block: T, children: readonly Placed[]): T[] {
  const first = children[0];
  const last = children.at(-1);
  return first && last ? [{ ...block, line: first.line, endLine: last.endLine }] : [];
}

/** Blocks whose value has a line for each line of the source from `bodyLine` on. */
function divideValue<T extends Code | Html | FrontMatterBlock>(block: T, bodyLine: number, cut: Placed): Halves<T> {
  const lines = block.value.split('\n');
  const next = cut.endLine + 1;
  const head = { ...block, endLine: cut.line - 1, value: lines.slice(0, Math.max(0, cut.line - bodyLine)).join('\n') };
  const tail = { ...block, line: next, value: lines.slice(next - bodyLine).join('\n') };
  return [block.line < cut.line ? [head] : [], block.endLine >= next ? [tail] : []];
}
