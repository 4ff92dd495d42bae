import type { Ref } from '../../contract/schema/entry.ts';
import { nameObjects } from '../../git/find-paths.ts';
import { readBlobs } from '../../git/read-blobs.ts';
import { cacheKey } from '../sources/cache-key.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { encode, parse } from '../sources/reading-store.ts';
import { citeLines, readLines, type CitedLines } from './cited-lines.ts';

type Lines = NonNullable<Ref['lines']>;

/**
 * What was there when it was cited, by names `COMMIT:PATH`. What is not known yet counts as asked, and is known once all that was asked has been
 * answered in one go. A commit does not change, so what was answered once is kept, as long as it is asked for. Most commits left most files alone:
 * the cited lines are kept by the file's blob, and read once for all commits that have it.
 */
export interface CitedPast {
  /** Null: asked. */
  was(name: string): boolean | null;
  /** Null: there were no such lines. */
  lines(name: string, lines: Lines): CitedLines | null | 'asked';
  /** One process of git for all names that no earlier run has asked for, and one where files behind them were never read. */
  answer(): Promise<void>;
}

/** What stands in a place of no file: a folder, a submodule. */
const noFile = '';

interface Kept {
  /** The blob that a name means; null where nothing is. */
  names: Record<string, string | null>;
  lines: Record<string, CitedLines | null>;
}

export function openCitedPast({ repository, cache }: Pick<OpenedRevision, 'repository' | 'cache'>): CitedPast {
  const key = cacheKey('cited', 'by blob');
  const asked = new Set<string>();
  const unread = new Map<string, { name: string; lines: Lines }>();
  const now: Kept = { names: {}, lines: {} };
  let kept: Kept | null = null;
  const before = (): Kept => (kept ??= parse<Kept>(cache.read(key)) ?? { names: {}, lines: {} });
  const blobOf = (name: string): string | null | undefined => {
    const known = now.names[name] === undefined ? before().names[name] : now.names[name];
    if (known === undefined) asked.add(name);
    else now.names[name] = known;
    return known;
  };
  const linesOf = (blob: string | null, { from, to }: Lines): CitedLines | null | undefined => {
    if (blob === null || blob === noFile) return null;
    const id = `${blob}:${from}-${to}`;
    const known = now.lines[id] === undefined ? before().lines[id] : now.lines[id];
    if (known !== undefined) now.lines[id] = known;
    return known;
  };
  return {
    was: (name) => {
      const blob = blobOf(name);
      return blob === undefined ? null : blob !== null;
    },
    lines: (name, lines) => {
      const blob = blobOf(name);
      const known = blob === undefined ? undefined : linesOf(blob, lines);
      if (known === undefined) unread.set(`${name}:${lines.from}-${lines.to}`, { name, lines });
      return known === undefined ? 'asked' : known;
    },
    answer: async () => {
      if (asked.size + unread.size === 0) return;
      for (const [name, object] of await nameObjects(repository, asked)) now.names[name] = object === null ? null : object.type === 'blob' ? object.id : noFile;
      const wanted = [...unread.values()].flatMap(({ name, lines }) => {
        const blob = now.names[name] ?? null;
        return blob === null || linesOf(blob, lines) !== undefined ? [] : [{ blob, lines }];
      });
      const contents = wanted.length === 0 ? new Map() : await readBlobs(repository, wanted.map(({ blob }) => blob));
      const texts = new Map([...contents].map(([blob, { bytes }]) => [blob, bytes === null ? null : readLines(bytes)]));
      for (const { blob, lines } of wanted) {
        const text = texts.get(blob) ?? null;
        now.lines[`${blob}:${lines.from}-${lines.to}`] = text === null ? null : citeLines(text, lines);
      }
      asked.clear();
      unread.clear();
      cache.write(key, encode(now));
    },
  };
}
