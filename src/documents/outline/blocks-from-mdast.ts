import type { Code as CodeNode, Heading as HeadingNode, List as ListNode, ListItem, Nodes, Paragraph as ParagraphNode, Root, RootContent, Table as TableNode } from 'mdast';
import { proseFromMdast, type Urls } from './prose-from-mdast.ts';
import { takeBox, trimStart } from './take-box.ts';
import type { Block, Box, Code, Heading, Item, List, Paragraph, Prose, Table } from './types.ts';

interface Context {
  source: string;
  urls: Urls;
  /** Where a node without a position stands: the line of what came before it. */
  line: number;
}

interface Place {
  line: number;
  endLine: number;
}

const boxes: Readonly<Record<string, Box>> = { true: 'done', false: 'open' };

/**
 * The blocks of a markdown tree, from our own parser or from a foreign pipeline (with or without gfm; nodes that a plugin made may
 * lack a position and then stand where their neighbour stands). `source` is the text that was parsed: it tells an escaped box, and a fence.
 */
export function blocksFromMdast(root: Root, source: string): Block[] {
  const context: Context = { source: source.startsWith('\uFEFF') ? source.slice(1) : source, urls: collectUrls(root), line: 1 };
  return toBlocks(root.children, context);
}

function toBlocks(nodes: readonly RootContent[], context: Context): Block[] {
  return nodes.map((node) => toBlock(node, context));
}

function toBlock(node: RootContent, context: Context): Block {
  const place = placeOf(node, context);
  switch (node.type) {
    case 'heading': return toHeading(node, place, context);
    case 'paragraph': return toParagraph(node, place, context);
    case 'list': return toList(node, place, context);
    case 'blockquote': return { type: 'quote', ...place, children: toBlocks(node.children, context) };
    case 'code': return toCode(node, place, context);
    case 'html': return { type: 'html', ...place, value: withPlainLineEnds(node.value) };
    case 'table': return toTable(node, place, context);
    case 'thematicBreak': return { type: 'rule', ...place };
    case 'yaml': return { type: 'frontmatter', ...place, value: withPlainLineEnds(node.value) };
    default: return { type: 'other', ...place, children: 'children' in node ? toBlocks(node.children as RootContent[], context) : [] };
  }
}

function toHeading(node: HeadingNode, place: Place, context: Context): Heading {
  const prose = proseFromMdast(node.children, place.line, context.urls);
  return { type: 'heading', ...place, depth: node.depth, ...boxUnlessEscaped(node, prose, context) };
}

function toParagraph(node: ParagraphNode, place: Place, context: Context): Paragraph {
  return { type: 'paragraph', ...place, prose: proseFromMdast(node.children, place.line, context.urls) };
}

function toList(node: ListNode, place: Place, context: Context): List {
  return { type: 'list', ...place, ordered: node.ordered === true, items: node.children.map((item) => toItem(item, context)) };
}

/** remark-gfm takes `[ ]` and `[x]` out of the text itself; it knows no other mark, and no box without text. */
function toItem(node: ListItem, context: Context): Item {
  const place = placeOf(node, context);
  const children = toBlocks(node.children, context);
  const first = children[0];
  const firstNode = node.children[0];
  let box: Box | null = null;
  if (first?.type === 'paragraph' && firstNode?.type === 'paragraph') {
    const taken = boxUnlessEscaped(firstNode, first.prose, context, node.checked);
    box = taken.box;
    first.prose = taken.prose;
  }
  return { type: 'item', ...place, box, children };
}

function boxUnlessEscaped(node: HeadingNode | ParagraphNode, prose: Prose, context: Context, checked?: boolean | null): { box: Box | null; prose: Prose } {
  const known = boxes[String(checked)];
  if (known !== undefined) return { box: known, prose: trimStart(prose) };
  const start = node.children[0]?.position?.start.offset;
  const escaped = start !== undefined && context.source[start] === '\\';
  return escaped ? { box: null, prose } : takeBox(prose);
}

/** The tree does not say whether code was fenced; the source does. What a plugin made has no place there and counts as fenced. */
function toCode(node: CodeNode, place: Place, context: Context): Code {
  const value = withPlainLineEnds(node.value);
  const start = node.position?.start.offset;
  const fenced = start === undefined || context.source[start] === '`' || context.source[start] === '~';
  const code = { type: 'code' as const, lang: node.lang ?? null, meta: node.meta ?? null, value, fenced };
  if (fenced) return { ...code, ...place, bodyLine: place.line + 1 };
  // micromark counts a last line of blanks in or not, depending on what follows.
  return { ...code, line: place.line, endLine: place.line + value.split('\n').length - 1, bodyLine: place.line };
}

function toTable(node: TableNode, place: Place, context: Context): Table {
  const rows = node.children.map((row) => {
    const { line } = placeOf(row, context);
    return { line, cells: row.children.map((cell) => proseFromMdast(cell.children, line, context.urls)) };
  });
  return { type: 'table', ...place, rows };
}

/** A position that ends before the first character of a line has nothing on that line. */
function placeOf(node: Nodes, context: Context): Place {
  const { position } = node;
  if (!position) return { line: context.line, endLine: context.line };
  const { start, end } = position;
  const endLine = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
  context.line = start.line;
  return { line: start.line, endLine };
}

function collectUrls(root: Root): Urls {
  const urls = new Map<string, string>();
  const visit = (node: Nodes): void => {
    if (node.type === 'definition' && !urls.has(node.identifier)) urls.set(node.identifier, node.url);
    else if ('children' in node && node.type !== 'paragraph' && node.type !== 'heading') for (const child of node.children) visit(child);
  };
  visit(root);
  return urls;
}

function withPlainLineEnds(value: string): string {
  return value.includes('\r') ? value.replace(/\r\n?/g, '\n') : value;
}
