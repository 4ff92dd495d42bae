import type { Ref } from '../../contract/schema/entry.ts';
import { findNames } from '../../git/find-paths.ts';
import { readBlobs } from '../../git/read-blobs.ts';
import { cacheKey } from '../sources/cache-key.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { encode, parse } from '../sources/reading-store.ts';
import { citeLines, readLines, type CitedLines } from './cited-lines.ts';

type Lines = NonNullable<Ref['lines']>;

/**
 * What was there when it was cited, by names `COMMIT:PATH`. What is not known yet counts as asked, and is known once all that was asked has been
 * answered in one go. A commit does not change, so what was answered once is kept, as long as it is asked for.
 */
export interface CitedPast {
  /** Null: asked. */
  was(name: string): boolean | null;
  /** Null: there were no such lines. */
  lines(name: string, lines: Lines): CitedLines | null | 'asked';
  /** One process of git for each of the two kinds of question that no earlier run has answered. */
  answer(): Promise<void>;
}

interface Kept {
  was: Record<string, boolean>;
  lines: Record<string, CitedLines | null>;
}

export function openCitedPast({ repository, cache }: Pick<OpenedRevision, 'repository' | 'cache'>): CitedPast {
  const key = cacheKey('cited');
  const names = new Set<string>();
  const cited = new Map<string, { name: string; lines: Lines }>();
  const now: Kept = { was: {}, lines: {} };
  let kept: Kept | null = null;
  const before = (): Kept => (kept ??= parse<Kept>(cache.read(key)) ?? { was: {}, lines: {} });
  return {
    was: (name) => {
      const known = now.was[name] ?? before().was[name];
      if (known === undefined) names.add(name);
      else now.was[name] = known;
      return known ?? null;
    },
    lines: (name, lines) => {
      const id = `${name}:${lines.from}-${lines.to}`;
      const known = now.lines[id] === undefined ? before().lines[id] : now.lines[id];
      if (known === undefined) cited.set(id, { name, lines });
      else now.lines[id] = known;
      return known === undefined ? 'asked' : known;
    },
    answer: async () => {
      if (names.size + cited.size === 0) return;
      const [found, contents] = await Promise.all([findNames(repository, names), cited.size === 0 ? new Map() : readBlobs(repository, [...cited.values()].map(({ name }) => name))]);
      for (const name of names) now.was[name] = found.has(name);
      const texts = new Map([...contents].map(([name, { bytes }]) => [name, bytes === null ? null : readLines(bytes)]));
      for (const [id, { name, lines }] of cited) {
        const text = texts.get(name) ?? null;
        now.lines[id] = text === null ? null : citeLines(text, lines);
      }
      names.clear();
      cited.clear();
      cache.write(key, encode(now));
    },
  };
}
