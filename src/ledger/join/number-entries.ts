import { nameEntry } from '../ids/entry-name.ts';
import { openIdBook } from '../ids/assign-ids.ts';
import type { Prepared } from './source-document.ts';

/** Gives every draft its id. Claims, verdicts and messages are counted over history, all others in file order. `orderOf` is a commit's place in history. */
export function numberEntries(all: readonly Prepared[], orderOf: (commit: string) => number): Map<Prepared, string> {
  const book = openIdBook();
  const ids = new Map<Prepared, string>();
  const inTime = (a: Prepared, b: Prepared): number => compareBegin(a, b, orderOf) || place(a) - place(b) || comparePaths(a, b) || a.draft.line - b.draft.line;
  const counted = all.filter(isCounted).toSorted(inTime);
  const others = all.filter((each) => !isCounted(each)).toSorted((a, b) => comparePaths(a, b) || (a.index ?? 0) - (b.index ?? 0));
  for (const each of [...others, ...counted]) ids.set(each, book.take(nameEntry(each.draft, each)));
  return ids;
}

function isCounted({ draft }: Prepared): boolean {
  return draft.kind === 'claim' || draft.kind === 'verdict' || draft.kind === 'inbox';
}

/** By commit time, then in the order of history; what is not committed comes last. */
export function compareBegin(a: Prepared, b: Prepared, orderOf: (commit: string) => number): number {
  if (!a.introduced || !b.introduced) return Number(!a.introduced) - Number(!b.introduced);
  if (a.introduced.at !== b.introduced.at) return a.introduced.at < b.introduced.at ? -1 : 1;
  return orderOf(a.introduced.commit) - orderOf(b.introduced.commit);
}

/** Of what one commit brought, STATUS comes first: a claim stands there, and is repeated elsewhere. */
function place({ path }: Prepared): number {
  return /(?:^|\/)STATUS[^/]*$/iu.test(path) ? 0 : 1;
}

function comparePaths(a: Prepared, b: Prepared): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
