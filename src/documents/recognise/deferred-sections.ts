import type { Section } from '../sections.ts';

const nouns = String.raw`(?:\s+(?:deferred|deferrals?|items?|entries|work|issues?|tasks?|tickets?|gaps?|debts?|ones|list|register|now|yet|so far|this \p{L}+))*`;
const behind = String.raw`(?:\s*[(\[:].*|\s+[—–-].*|\W*)$`;
const openWord = String.raw`(?:active|open(?:ed)?|parked|pending|deferred|standing|current|outstanding|unresolved|not (?:yet )?done|to ?do)`;
const closedWord = String.raw`(?:closed|resolved|done|completed?|dropped|fixed|landed|archived?|withdrawn|retired|finished)`;
const adverbs = String.raw`^(?:(?:still|currently|now|recently|already|all)\s+)?`;
const open = new RegExp(`${adverbs}${openWord}(?:\\s*(?:and|or|[/&,+])\\s*${openWord})*${nouns}${behind}`, 'iu');
const closed = new RegExp(`${adverbs}${closedWord}(?:\\s*(?:and|or|[/&,+])\\s*${closedWord})*${nouns}${behind}`, 'iu');

/** What a section says of the items in it: `## Active`, `## ✅ Resolved (12)`, `## Closed deferrals`, and the headings below them that only group. Null: nothing; the title of an item, such as `Open socket leak`, is no such word. */
export function stateOfSection(section: Section | null): 'open' | 'closed' | null {
  for (let at = section; at?.heading; at = at.parent) {
    const own = ownState(at);
    if (own !== null) return own;
  }
  return null;
}

/** Is the title of a section such a word itself? */
export function namesState(section: Section): boolean {
  return ownState(section) !== null;
}

/** The title of a file names no state (`# Deferred work`), unless it is that word alone and one of several. */
function ownState({ masked, depth, parent }: Section): 'open' | 'closed' | null {
  const title = masked.replace(/^[^\p{L}]+/u, '').trim();
  if (depth === 1 && ((parent?.children.length ?? 0) < 2 || !/^(?:active|open|closed|resolved|done)\W*$/iu.test(title))) return null;
  return open.test(title) ? 'open' : closed.test(title) ? 'closed' : null;
}
