import type { Ref } from '../../contract/schema/entry.ts';
import { findNames } from '../../git/find-paths.ts';
import { readBlobs } from '../../git/read-blobs.ts';
import { cacheKey } from '../sources/cache-key.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { encode, parse } from '../sources/reading-store.ts';
import { citeLines, readLines, type CitedLines } from './cited-lines.ts';

type Lines = NonNullable<Ref['lines']>;

/**
 * What was there when it was cited, by names `COMMIT:PATH`. First everything is asked for, then answered in one go. A commit does not change, so what
 * was answered once is kept.
 */
export interface CitedPast {
  askWhetherThere(name: string): void;
  askForLines(name: string, lines: Lines): void;
  /** One process of git for each of the two kinds of question that an earlier run has not answered. */
  answer(): Promise<void>;
  was(name: string): boolean;
  lines(name: string, lines: Lines): CitedLines | null;
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
  const answer = async (): Promise<void> => {
    if (names.size + cited.size === 0) return;
    const before = parse<Kept>(cache.read(key)) ?? { was: {}, lines: {} };
    const freshNames = [...names].filter((name) => before.was[name] === undefined);
    const freshLines = [...cited].filter(([id]) => before.lines[id] === undefined);
    const [found, contents] = await Promise.all([findNames(repository, freshNames), freshLines.length === 0 ? new Map() : readBlobs(repository, freshLines.map(([, { name }]) => name))]);
    for (const name of names) now.was[name] = before.was[name] ?? found.has(name);
    const texts = new Map([...contents].map(([name, { bytes }]) => [name, bytes === null ? null : readLines(bytes)]));
    for (const [id, { name, lines }] of cited) {
      const text = texts.get(name) ?? null;
      now.lines[id] = before.lines[id] ?? (text === null ? null : citeLines(text, lines));
    }
    if (freshNames.length + freshLines.length > 0) cache.write(key, encode(now));
  };
  return {
    askWhetherThere: (name) => void names.add(name),
    askForLines: (name, lines) => void cited.set(idOf(name, lines), { name, lines }),
    answer,
    was: (name) => now.was[name] ?? false,
    lines: (name, lines) => now.lines[idOf(name, lines)] ?? null,
  };
}

function idOf(name: string, { from, to }: Lines): string {
  return `${name}:${from}-${to}`;
}
