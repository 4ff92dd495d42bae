import { hrefOf } from '../markup.ts';
import type { LinkOf } from '../text/read-inline.ts';
import type { PageData } from './report.ts';

const shortest = 7;

/** What names in texts lead to: ids of entries, whole or without their kind where that is unique, and the digits of commits of the record. */
export function linkNames({ entries, commits }: Pick<PageData, 'entries' | 'commits'>): LinkOf {
  const ids = new Map<string, string | null>();
  for (const { id, kind } of entries) {
    if (kind === 'reproduction') continue;
    const tail = id.slice(id.indexOf(':') + 1);
    ids.set(id, id);
    ids.set(tail, ids.has(tail) ? null : id);
  }
  const byStart = new Map<string, string[]>();
  for (const { commit } of commits) {
    const start = commit.slice(0, shortest);
    byStart.set(start, [...(byStart.get(start) ?? []), commit]);
  }
  return (name) => {
    const id = ids.get(name);
    if (typeof id === 'string') return hrefOf(id);
    if (!/^[0-9a-f]{7,64}$/u.test(name)) return null;
    const [commit, ...others] = (byStart.get(name.slice(0, shortest)) ?? []).filter((each) => each.startsWith(name));
    return commit === undefined || others.length > 0 ? null : hrefOf(`commit:${commit}`);
  };
}
