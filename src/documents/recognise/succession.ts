import type { SourceLines } from '../fields.ts';
import type { Prose } from '../outline/types.ts';
import type { DraftField } from '../reading.ts';

/** The words by which a decision names others: those that it retires and that retire it, those that it only amends and that amend it. */
export interface Succession {
  supersedes: string[];
  supersededBy: string[];
  amends: string[];
  amendedBy: string[];
}

const partly = '(?:in part|partially|partly)';
const end = String.raw`(?=\)|\(|;|\.(?:\s|$)|$|,\s+(?:which|because|since|as|and)\b`;
const active = new RegExp(String.raw`\b(super[sc]ed(?:es|ing)|overrid(?:es|ing)|retir(?:es|ing)|amend(?:s|ing))\b:?\s+(?:[–—-]\s*)?([^()\n;]*?)${end}|\n\n)`, 'giu');
const passive = new RegExp(String.raw`(?<!\b(?:to|will|would|may|might|can|could|shall|should|must|not|never|until|gets?|is to|soon)\s(?:be\s)?(?:${partly}\s)?)\b(super[sc]eded|replaced|overridden|retired|amended)\s+(${partly},?\s+)?by\b:?\s+([^()\n;]*?)${end}|\n)`, 'giu');
const replaces = /\(\s*replac(?:es|ing)\s+([^()]*)\)|^(?:[^.\n]*?[—–:-]\s*)?replac(?:es|ing)\s+(?:the\s+)?(decision[^.;()\n]*)/giu;
const replacesInBrackets = /\(\s*replac(?:es|ing)\s+([^()]*)\)/giu;
const partBefore = new RegExp(String.raw`\b${partly}[\s,:]*$`, 'iu');
const partOfIt = new RegExp(String.raw`^\(?${partly}\)?\s*:?\s+|^(?:(?:a|the|some)\s+)?(?:parts?|aspects?|sections?|points?)\s+(?:[\w.,-]+\s+){0,3}?of\s+|,?\s*\(?\b${partly}\)?$`, 'iu');
const partBehind = new RegExp(String.raw`^\s*\(\s*${partly}\b`, 'iu');
const partAtEnd = new RegExp(String.raw`\(\s*${partly}\b[^)]*\)\s*$`, 'iu');
const empty = /^(?:[—–-]|none|n\/a|nothing|no\b.*|)$/iu;
/** A name that can mean nothing but a decision: a link, an id, a number. */
const explicit = /\[[^\]\s]+\]|\bdecision:|^(?:the\s+)?(?:(?:ADR|MADR|decision)[\s#-]*|#)?\d{1,5}\b|^[A-Z]{1,4}-\d+\b/iu;

type Add = (to: keyof Succession, words: string) => void;

/** `text` is searched for what it says of other decisions; what only amends them must be named so that nothing else can be meant, unless `trusted`. */
function readText(text: string, add: Add, trusted: boolean): void {
  for (const hit of text.matchAll(active)) {
    const [whole, verb = '', words = ''] = hit;
    if (isPart(text, hit.index, hit.index + whole.length, words) || /^amend/iu.test(verb)) addPart(add, 'amends', words, trusted);
    else add('supersedes', words);
  }
  for (const hit of text.matchAll(passive)) {
    const [whole, verb = '', part, words = ''] = hit;
    if (part !== undefined || isPart(text, hit.index, hit.index + whole.length, words) || /^amend/iu.test(verb)) addPart(add, 'amendedBy', words, trusted);
    else add('supersededBy', words);
  }
}

function isPart(text: string, start: number, behind: number, words: string): boolean {
  return partBefore.test(text.slice(Math.max(0, start - 20), start)) || partOfIt.test(words) || partBehind.test(text.slice(behind, behind + 24));
}

function addPart(add: Add, to: 'amends' | 'amendedBy', words: string, trusted: boolean): void {
  const named = words.replace(partOfIt, '').replace(partOfIt, '');
  if (trusted || explicit.test(named)) add(to, named);
}

const names: readonly { to: keyof Succession; name: RegExp }[] = [
  { to: 'supersedes', name: /^(?:super[sc]edes|replaces|retires)$/iu },
  { to: 'supersededBy', name: /^(?:super[sc]eded|replaced|retired)[\s_-]?by$/iu },
  { to: 'amends', name: new RegExp(`^(?:amends|${partly} super[sc]edes|super[sc]edes ${partly})$`, 'iu') },
  { to: 'amendedBy', name: new RegExp(`^(?:amended[\\s_-]?by|${partly} super[sc]eded by|super[sc]eded (?:by )?${partly}(?: by)?)$`, 'iu') },
];
const half = { supersedes: 'amends', supersededBy: 'amendedBy', amends: 'amends', amendedBy: 'amendedBy' } as const;

function readField({ name, value }: DraftField, add: Add): void {
  if (empty.test(value.trim())) return;
  const listed = value.replace(/^\s*[-*+]\s+/u, '').replace(/\n+\s*[-*+]\s+/gu, ' and ');
  const own = names.find((each) => each.name.test(name));
  if (own) {
    const isHalf = partOfIt.test(listed) || partAtEnd.test(listed);
    add(isHalf ? half[own.to] : own.to, isHalf ? listed.replace(partOfIt, '').replace(/\s*\([^)]*\)\s*$/u, '') : listed);
  } else if (/^Status$/iu.test(name) && !isChoice(value)) {
    readText(value, add, true);
  } else if (/^(?:Links?|Related(?: decisions)?|More information|References?)$/iu.test(name)) {
    for (const line of value.split('\n')) if (/\[[^\]\s]+\]/u.test(line)) readText(line, add, false);
  }
}

/**
 * What a decision says of others: title first, then its own fields, then its first paragraphs. Links stand in all of them as `words [target]`
 * (see `withTargets` and `spokenFields`).
 */
export function findSuccession(title: string, body: string, fields: readonly DraftField[]): Succession {
  const found: Succession = { supersedes: [], supersededBy: [], amends: [], amendedBy: [] };
  const add: Add = (to, words) => {
    const plain = words.replace(/\s+/gu, ' ').trim().replace(/[\s.,:]+$/u, '');
    if (!empty.test(plain) && !found[to].includes(plain)) found[to].push(plain);
  };
  readText(title, add, false);
  for (const [, inside, decision] of title.matchAll(replaces)) add('supersedes', inside ?? decision ?? '');
  for (const field of fields) readField(field, add);
  readText(body, add, false);
  for (const [, inside = ''] of body.matchAll(replacesInBrackets)) add('supersedes', inside);
  return found;
}

/** `{proposed | accepted | superseded by …}`: the choice that a template offers, which nobody has made. */
export function isChoice(status: string): boolean {
  return /^[[{<(][^\n]*\|[^\n]*[\]})>]\s*$/u.test(status.trim());
}

/** A link into the record: a markdown file or a heading, no address. */
function isInside(url: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:/iu.test(url) && /\.md(?:#|$)|^#/iu.test(url) && !/[\s\]]/u.test(url);
}

/** The text of some prose from an offset on (as it is, or masked), with `[target]` behind each link into the record. */
export function withTargets(text: string, prose: Prose, from = 0): string {
  const links = prose.links.filter(({ start, url }) => start >= from && isInside(url)).toSorted((a, b) => b.end - a.end);
  return links.reduce((said, { end: behind, url }) => `${said.slice(0, behind)} [${url}]${said.slice(behind)}`, text).slice(from);
}

const spoken = /^(?:status|links?|related.*|more information|references?|amend.*|.*super[sc]ede.*|replace.*|retire.*)$/iu;

/** The fields that say something of other decisions, with the targets of their links, which the values of fields do not have. */
export function spokenFields(fields: readonly DraftField[], source: SourceLines): DraftField[] {
  return fields.filter(({ name }) => spoken.test(name)).map(({ name, value, line, endLine }) => {
    const raw = source(line, endLine);
    const isLost = !value.includes('](') && raw.includes('](');
    return { name, value: plainSource(isLost ? raw.replace(/^[^:.]*[:.]/u, '') : value), line, endLine };
  });
}

/** Source as `withTargets` would show it: comments and code are gone, links are their text and `[target]`, bullets stand behind each other. */
function plainSource(source: string): string {
  return source
    .replace(/<!--[\s\S]*?(?:-->|$)/gu, ' ')
    .replace(/(`+)[^`]+?\1|~~[^~\n]+~~/gu, ' ')
    .replace(/\[((?:[^[\]\n]|\[[^[\]\n]*\])*)\]\(<?([^)\s>]*)>?(?:\s+"[^"\n]*")?\)/gu, (_, text: string, url: string) => (isInside(url) ? `${text} [${url}]` : text))
    .replace(/\[([^[\]\n]+)\]\[[^[\]\n]*\]/gu, '$1')
    .replace(/(?<!\*)\*\*(?!\*)/gu, '')
    .trim();
}
