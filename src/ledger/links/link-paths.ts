import type { Ref } from '../../contract/schema/entry.ts';
import type { DraftRef } from '../../documents/reading.ts';
import { findNames, findPaths } from '../../git/find-paths.ts';
import { readBlobs } from '../../git/read-blobs.ts';
import { readWorktreeFile } from '../../git/read-worktree.ts';
import type { Joined } from '../join/join.ts';
import { cacheKey } from '../sources/cache-key.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { encode, parse } from '../sources/reading-store.ts';
import { citeLines, judgeLines, readLines, type CitedLines } from './cited-lines.ts';
import type { LinkIndex } from './link-index.ts';
import { findThere, meaningOfGone, openCandidates, type PathCandidates, type PathFacts, type PathMeaning } from './resolve-paths.ts';

type Lines = NonNullable<Ref['lines']>;

/** A mention of a path, with what is found out of it step by step. */
interface PathMention {
  mention: DraftRef;
  candidates: PathCandidates;
  /** The newest commit that changed the entry: by then the path was cited. Null while that is not committed. */
  citedIn: string | null;
  meaning: PathMeaning | null;
}

/** What a path means: its target and status, and where cited lines have gone; null for words that only look like a path. */
export type PathMeanings = ReadonlyMap<DraftRef, Pick<Ref, 'target' | 'status' | 'now'> | null>;

/**
 * Finds what all mentioned paths mean: files and folders of the revision, what was there when it was cited and is gone or has moved (`stale`), what
 * lies outside. Two processes of git at most, three where old versions are read that no earlier run has read.
 */
export async function linkPaths(opened: OpenedRevision, index: LinkIndex, mentions: Joined['mentions']): Promise<PathMeanings> {
  const all = collect(index, mentions);
  const facts = await lookUp(opened, all);
  for (const each of all) each.meaning = findThere(each.mention, each.candidates, facts);
  const past = openPast(opened);
  await past.askFor(all);
  const now = await readCited(opened, all);
  past.save();
  return new Map(all.map((each) => [each.mention, meaningOf(each, facts, past, now)]));
}

function collect(index: LinkIndex, mentions: Joined['mentions']): PathMention[] {
  const candidatesOf = openCandidates(index);
  const all: PathMention[] = [];
  for (const [{ place, changed }, drafts] of mentions) {
    for (const mention of drafts) {
      if (mention.type === 'path') all.push({ mention, candidates: candidatesOf(place.path, mention.value), citedIn: changed?.commit ?? null, meaning: null });
    }
  }
  return all;
}

async function lookUp({ repository, source }: OpenedRevision, all: readonly PathMention[]): Promise<PathFacts> {
  const wanted = new Set<string>();
  for (const { paths, tops } of new Set(all.map(({ candidates }) => candidates))) for (const path of [...paths, ...(tops ?? [])]) wanted.add(path);
  const there = await findPaths(repository, source, wanted);
  const byName = new Map<string, string[]>();
  for (const path of there) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  return { there, byName };
}

function meaningOf(each: PathMention, facts: PathFacts, past: Past, now: ReadonlyMap<string, string[]>): Pick<Ref, 'target' | 'status' | 'now'> | null {
  const { mention, candidates, citedIn, meaning } = each;
  if (meaning === null) return meaningOfGone(mention, candidates, facts, (path) => citedIn !== null && past.was(citedIn, path));
  const lines = meaning.status === 'resolved' && meaning.target !== null ? now.get(meaning.target) : undefined;
  if (!mention.lines || !lines) return meaning;
  const judged = judgeLines(past.lines(each), lines, mention.lines);
  return judged.stale ? { ...meaning, status: 'stale', ...(judged.now ? { now: judged.now } : {}) } : meaning;
}

/** The files of which lines are cited, as they are in the revision; what cannot be read is left out. */
async function readCited({ repository, source }: OpenedRevision, all: readonly PathMention[]): Promise<Map<string, string[]>> {
  const paths = [...new Set(all.flatMap(({ mention, meaning }) => (mention.lines && meaning?.status === 'resolved' ? (meaning.target ?? []) : [])))];
  const nameOf = (path: string): string => (source.kind === 'commit' ? `${source.rev}:${path}` : `:0:${path}`);
  const contents = source.kind === 'worktree' || paths.length === 0 ? null : await readBlobs(repository, paths.map(nameOf));
  return new Map(
    paths.flatMap((path) => {
      const bytes = (contents === null ? readWorktreeFile(repository, path) : contents.get(nameOf(path)))?.bytes;
      return bytes ? [[path, readLines(bytes)] as const] : [];
    }),
  );
}

/** What was there when it was cited. A commit does not change, so what was asked once is kept. */
interface Past {
  askFor(all: readonly PathMention[]): Promise<void>;
  was(commit: string, path: string): boolean;
  lines(mention: PathMention): CitedLines | null;
  save(): void;
}

interface Kept {
  was: Record<string, boolean>;
  lines: Record<string, CitedLines | null>;
}

function openPast({ repository, cache }: OpenedRevision): Past {
  const key = cacheKey('cited');
  const before = parse<Kept>(cache.read(key)) ?? { was: {}, lines: {} };
  const now: Kept = { was: {}, lines: {} };
  let learnt = false;
  const askWhetherThere = async (names: readonly string[]): Promise<void> => {
    const fresh = names.filter((name) => before.was[name] === undefined);
    const found = await findNames(repository, fresh);
    for (const name of names) now.was[name] = before.was[name] ?? found.has(name);
    learnt ||= fresh.length > 0;
  };
  const askForLines = async (cited: readonly { name: string; lines: Lines }[]): Promise<void> => {
    const fresh = cited.filter(({ name, lines }) => before.lines[lineKey(name, lines)] === undefined);
    const contents = fresh.length === 0 ? null : await readBlobs(repository, fresh.map(({ name }) => name));
    const split = new Map([...(contents ?? [])].map(([name, { bytes }]) => [name, bytes === null ? null : readLines(bytes)]));
    for (const { name, lines } of cited) {
      const text = split.get(name) ?? null;
      now.lines[lineKey(name, lines)] = before.lines[lineKey(name, lines)] ?? (text === null ? null : citeLines(text, lines));
    }
    learnt ||= fresh.length > 0;
  };
  return {
    askFor: async (all) => {
      await askWhetherThere(all.flatMap(({ candidates, citedIn, meaning }) => (meaning === null && citedIn !== null ? candidates.paths.map((path) => `${citedIn}:${path}`) : [])));
      await askForLines(all.flatMap(({ mention, citedIn, meaning }) => (mention.lines && citedIn !== null && meaning?.status === 'resolved' ? [{ name: `${citedIn}:${meaning.target ?? ''}`, lines: mention.lines }] : [])));
    },
    was: (commit, path) => now.was[`${commit}:${path}`] ?? false,
    lines: ({ mention, citedIn, meaning }) => (mention.lines ? (now.lines[lineKey(`${citedIn}:${meaning?.target ?? ''}`, mention.lines)] ?? null) : null),
    save: () => {
      if (learnt) cache.write(key, encode(now));
    },
  };
}

function lineKey(name: string, { from, to }: Lines): string {
  return `${name}:${from}-${to}`;
}
