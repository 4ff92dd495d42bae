import type { Nodes, PhrasingContent, Text } from 'mdast';
import type { Prose, Ranges } from './types.ts';

/** Identifier of a link definition → its URL. */
export type Urls = ReadonlyMap<string, string>;

interface Draft extends Prose {
  /** Line of the end of `text`. */
  line: number;
  urls: Urls;
}

/**
 * Inline nodes → prose. mdast drops the line breaks that stand in link destinations, titles and labels, so each node is
 * brought to its own line before and after its content; nodes without a position (made by a plugin) count by their text.
 * `line` is the line of the block's first character.
 */
export function proseFromMdast(nodes: readonly PhrasingContent[], line: number, urls: Urls): Prose {
  const draft: Draft = { text: '', code: [], strong: [], struck: [], links: [], line, urls };
  for (const node of nodes) write(node, draft);
  const { text, code, strong, struck, links } = draft;
  return { text, code, strong, struck, links };
}

function write(node: PhrasingContent, draft: Draft): void {
  const { position } = node;
  if (position) goToLine(position.start.line, draft);
  writeContent(node, draft);
  if (position) goToLine(position.end.line, draft);
}

function writeContent(node: PhrasingContent, draft: Draft): void {
  switch (node.type) {
    case 'text': return writeText(node, draft);
    case 'inlineCode': return mark(draft.code, draft, () => append(quoted(node.value), draft));
    case 'strong': return mark(draft.strong, draft, () => writeAll(node.children, draft));
    case 'delete': return writeStruck(node, draft);
    case 'link': return writeLink(node, node.url, draft);
    case 'linkReference': return writeLink(node, draft.urls.get(node.identifier), draft);
    case 'footnoteReference': return append(`[^${node.label ?? node.identifier}]`, draft);
    case 'image':
    case 'imageReference': return append(node.alt ?? '', draft);
    case 'html': return append(node.value.startsWith('<!--') ? lineEndsOf(node.value) : node.value, draft);
    case 'break': return node.position ? undefined : append('\n', draft);
    default: return writeUnknown(node, draft);
  }
}

function writeAll(nodes: readonly PhrasingContent[], draft: Draft): void {
  for (const node of nodes) write(node, draft);
}

function writeText(node: Text, draft: Draft): void {
  const { position } = node;
  let { value } = node;
  if (position) {
    // Where a box stands alone on its line, remark-gfm takes the line end away together with the box.
    const lost = position.end.line - position.start.line - countLineEnds(value);
    if (lost > 0) value = '\n'.repeat(lost) + value;
  }
  append(value, draft);
}

/** One tilde on each side is GitHub's extension, which the field does not mean (see parse-markdown): it stays text. */
function writeStruck(node: Extract<PhrasingContent, { type: 'delete' }>, draft: Draft): void {
  const inner = node.children[0]?.position?.start.offset;
  const outer = node.position?.start.offset;
  if (inner === undefined || outer === undefined || inner - outer !== 1) {
    return mark(draft.struck, draft, () => writeAll(node.children, draft));
  }
  append('~', draft);
  writeAll(node.children, draft);
  append('~', draft);
}

function writeLink(node: { children: PhrasingContent[] }, url: string | undefined, draft: Draft): void {
  const start = draft.text.length;
  writeAll(node.children, draft);
  if (url !== undefined) draft.links.push({ start, end: draft.text.length, url });
}

/** Emphasis, and whatever a foreign plugin made (math, directives): its content is prose all the same. */
function writeUnknown(node: Nodes, draft: Draft): void {
  if ('children' in node) writeAll(node.children as PhrasingContent[], draft);
  else if ('value' in node) append(node.value, draft);
}

function mark(ranges: Ranges, draft: Draft, writeInside: () => void): void {
  const at = ranges.length;
  ranges.push(draft.text.length, 0);
  writeInside();
  ranges[at + 1] = draft.text.length;
}

function append(value: string, draft: Draft): void {
  const text = value.includes('\r') ? value.replace(/\r\n?/g, '\n') : value;
  draft.text += text;
  draft.line += countLineEnds(text);
}

function goToLine(line: number, draft: Draft): void {
  if (line > draft.line) draft.text += '\n'.repeat(line - draft.line);
  // A line end too many was written as a character reference (`&#10;`): it breaks no line of the source.
  for (; draft.line > line; draft.line--) draft.text = draft.text.replace(/\n(?=[^\n]*$)/, ' ');
  draft.line = line;
}

/** A code span in back-ticks; a longer run where the code itself holds some. */
function quoted(code: string): string {
  const longest = Math.max(0, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return longest === 0 ? ticks + code + ticks : `${ticks} ${code} ${ticks}`;
}

function lineEndsOf(text: string): string {
  return '\n'.repeat(countLineEnds(text));
}

function countLineEnds(text: string): number {
  return text.match(/\r\n?|\n/g)?.length ?? 0;
}
