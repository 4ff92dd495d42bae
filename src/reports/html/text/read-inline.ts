import { h, safeHref, type Child } from '../markup.ts';

/** What a name in a text leads to in the page (an entry, a commit), as an `href`; null where it leads nowhere. */
export type LinkOf = (name: string) => string | null;

/** Longer stretches without a line of their own are shown as they are written. */
const longest = 10_000;
const deepest = 4;
/** What may begin something else than plain text: code, strong, emphasis, struck out, a link, an address, the digits of a commit. */
const token = /`+|\*\*|__|~~|\*|\[|https?:\/\/[^\s<>"`|]+|(?<![\w/.-])[0-9a-f]{7,40}(?![\w/-])/gu;

/** A line of prose with its code, emphasis and links. */
export function readInline(text: string, linkOf: LinkOf, depth = 0): Child[] {
  if (text.length > longest || depth > deepest) return [text];
  const out: Child[] = [];
  let done = 0;
  for (let from = 0; ; ) {
    token.lastIndex = from;
    const hit = token.exec(text);
    if (hit === null) break;
    const found = readToken(text, hit.index, hit[0], linkOf, depth);
    if (found === null) {
      from = hit.index + hit[0].length;
      continue;
    }
    if (hit.index > done) out.push(text.slice(done, hit.index));
    out.push(found.child);
    from = found.end;
    done = from;
  }
  if (done < text.length) out.push(text.slice(done));
  return out;
}

interface Found {
  child: Child;
  end: number;
}

function readToken(text: string, at: number, mark: string, linkOf: LinkOf, depth: number): Found | null {
  if (mark.startsWith('`')) return readCode(text, at, mark, linkOf);
  if (mark === '[') return readLink(text, at, linkOf, depth);
  if (mark.startsWith('http')) return readAddress(at, mark);
  if (/^[0-9a-f]/u.test(mark)) {
    const href = linkOf(mark);
    return href === null ? null : { child: h('a', { href, class: 'sha' }, mark), end: at + mark.length };
  }
  const from = at + mark.length;
  const end = text.indexOf(mark, from);
  const inside = text.slice(from, end);
  if (end <= from || inside.trim() !== inside || inside.includes('\n\n')) return null;
  const tag = mark === '~~' ? 'del' : mark === '*' ? 'em' : 'strong';
  return { child: h(tag, {}, readInline(inside, linkOf, depth + 1)), end: end + mark.length };
}

function readCode(text: string, at: number, mark: string, linkOf: LinkOf): Found | null {
  let end = text.indexOf(mark, at + mark.length);
  // The run that ends it is exactly as long.
  while (end >= 0 && text[end + mark.length] === '`') {
    while (text[end] === '`') end += 1;
    end = text.indexOf(mark, end);
  }
  if (end < 0) return null;
  const inside = text.slice(at + mark.length, end).trim();
  const href = linkOf(inside);
  const code = h('code', {}, inside);
  return { child: href === null ? code : h('a', { href }, code), end: end + mark.length };
}

function readLink(text: string, at: number, linkOf: LinkOf, depth: number): Found | null {
  const middle = text.indexOf('](', at);
  const end = middle < 0 ? -1 : text.indexOf(')', middle);
  const words = text.slice(at + 1, middle);
  if (end < 0 || words.includes('\n') || words.includes('[')) return null;
  const address = text.slice(middle + 2, end).trim();
  const isWeb = !address.startsWith('#') && safeHref(address) !== null;
  const shown = readInline(words, linkOf, depth + 1);
  // An address that is no web address is shown, not followed.
  return { child: isWeb ? outside(address, shown) : h('span', {}, shown, ` (${address})`), end: end + 1 };
}

function readAddress(at: number, mark: string): Found {
  const address = mark.replace(/[.,;:!?'*)\]]+$/u, '');
  return { child: outside(address, [address]), end: at + address.length };
}

function outside(address: string, shown: readonly Child[]): Child {
  return h('a', { href: address, rel: 'noreferrer noopener nofollow' }, shown);
}
