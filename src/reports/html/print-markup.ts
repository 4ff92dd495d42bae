import { attributesOf, type Child } from './markup.ts';

const empty: ReadonlySet<string> = new Set(['hr', 'input']);

/** The one place where text becomes HTML: everything that is not an element of `markup.ts` comes out as text. */
export function printMarkup(child: Child): string {
  const parts: string[] = [];
  print(child, parts);
  return parts.join('');
}

function print(child: Child, parts: string[]): void {
  if (typeof child === 'string') {
    parts.push(escapeHtml(child));
    return;
  }
  const { tag, children } = child;
  parts.push('<', tag);
  for (const [name, value] of attributesOf(child)) parts.push(' ', name, '="', escapeHtml(value), '"');
  parts.push('>');
  if (empty.has(tag)) return;
  // A line end right behind <pre> is swallowed by the parser.
  if (tag === 'pre') parts.push('\n');
  for (const each of children) print(each, parts);
  parts.push('</', tag, '>');
}

const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for anywhere in HTML: between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => names[character] ?? '');
}
