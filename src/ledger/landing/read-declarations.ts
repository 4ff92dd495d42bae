import type { Entry } from '../../contract/schema/entry.ts';
import type { Declaration, LandingCommit } from './types.ts';

/** A trailer as `parseTrailers` gives it. */
interface Trailer {
  name: string;
  value: string;
  hidden: boolean;
}

/** Extended regular expressions that find every message that may declare a closing or undo one. */
export const messagePatterns = ['closes[- ]deferred', 'this reverts commit [0-9a-f]{7,40}', '(clos|resolv).*(deferr|entry|item)|(deferr|entry|item).*(clos|resolv)'] as const;

const wordForms = [
  /\b(\d{4}-\d{2}-\d{2})[\s:]+([\p{L}\p{N}↔'’./ -]*?)\s*\b(?:entry|item|deferral)\b[^.\n]{0,24}\b(?:closed|resolved|done)\b/giu,
  /\b(?:clos(?:es|ed|ing)|resolv(?:es|ed|ing))\s+(?:the\s+)?(?:deferred\s+)?(?:entry|item|deferral|deferred)\s*:?\s*(?:of\s+)?`?(\d{4}-\d{2}-\d{2})[\s-]*([\p{L}\p{N}↔'’./ -]*)/giu,
];

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The items that an id or a unique tail of one names; a tail begins behind `:`, `/` or `-`. */
function matchItems(value: string, items: readonly Entry[]): Entry[] {
  const name = value.normalize('NFC').trim().replace(/^`|`$/gu, '').replace(/^deferred:/iu, '');
  const exact = items.filter((item) => item.id === `deferred:${name}`);
  if (exact.length > 0 || name === '') return exact;
  return items.filter((item) => item.id.endsWith(name) && /[:/-]/u.test(item.id[item.id.length - name.length - 1] ?? ':'));
}

/** The items that a date and some words of a title name. */
function matchWords(date: string, said: string, items: readonly Entry[]): Entry[] {
  const wanted = words(said).filter((word) => !/^(?:the|a|an|of|deferred|entry|item)$/u.test(word));
  const dated = items.filter((item) => item.date === date);
  return dated.filter((item) => {
    const title = new Set(words(item.title));
    return wanted.every((word) => title.has(word));
  });
}

/**
 * What a commit declares: by trailers (also those that git does not see), and, weaker, in words: "2026-06-13 circular-dependency entry closed".
 * `unknown` holds trailer values that name no item, or several.
 */
export function readDeclarations(commit: LandingCommit, trailers: readonly Trailer[], items: readonly Entry[]): { declarations: Declaration[]; unknown: { value: string; why: string }[] } {
  const declarations = new Map<string, Declaration>();
  const unknown: { value: string; why: string }[] = [];
  for (const trailer of trailers.filter(({ name }) => name.toLowerCase() === 'closes-deferred')) {
    for (const value of trailer.value.split(/[,;]\s*|\s+and\s+/u).filter((part) => part.trim() !== '')) {
      const found = matchItems(value, items);
      const [item] = found;
      if (!item || found.length > 1) unknown.push({ value, why: item ? `${found.length} items end in it: ${found.map(({ id }) => id).join(', ')}` : 'no deferred item has this id or ends in it' });
      else if (declarations.get(item.id)?.by !== 'trailer') declarations.set(item.id, { entry: item.id, commit, by: trailer.hidden ? 'hidden trailer' : 'trailer' });
    }
  }
  for (const form of wordForms) {
    for (const hit of commit.message.matchAll(form)) {
      const [item, ...others] = matchWords(hit[1] ?? '', hit[2] ?? '', items);
      if (item && others.length === 0 && !declarations.has(item.id)) declarations.set(item.id, { entry: item.id, commit, by: 'words' });
    }
  }
  return { declarations: [...declarations.values()], unknown };
}

/** What git's own sentence in a revert names, in small letters: the commit that it undoes, and of a merge the parent that it goes back to. Null: no revert. */
export function readRevert(message: string): { commit: string; mainline?: string } | null {
  const found = /\bThis reverts commit ([0-9a-f]{7,64})\b(?:,\s+reversing\s+changes\s+made\s+to\s+([0-9a-f]{7,64})\b)?/iu.exec(message);
  const [, commit, mainline] = found ?? [];
  return commit === undefined ? null : { commit: commit.toLowerCase(), ...(mainline === undefined ? {} : { mainline: mainline.toLowerCase() }) };
}
