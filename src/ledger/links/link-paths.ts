import type { Entry, Ref } from '../../contract/schema/entry.ts';
import type { DraftRef } from '../../documents/reading.ts';
import { findPaths } from '../../git/find-paths.ts';
import { readBlobs } from '../../git/read-blobs.ts';
import { readWorktreeFile } from '../../git/read-worktree.ts';
import type { Joined } from '../join/join.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { judgeLines, readLines } from './cited-lines.ts';
import { openCitedPast, type CitedPast } from './cited-past.ts';
import type { LinkIndex } from './link-index.ts';
import { findThere, meaningOfGone, openCandidates, type CandidateBook, type PathFacts } from './resolve-paths.ts';

/** Says what a path means for the entry that mentions it, and where cited lines have gone; null for words that only look like a path. */
export type ResolvePath = (entry: Entry, mention: DraftRef) => Pick<Ref, 'target' | 'status' | 'now'> | null;

/**
 * Finds what all mentioned paths mean: files and folders of the revision, what was there when it was cited and is gone or has moved (`stale`), what
 * lies outside. Two processes of git at most, three where old versions are read that no earlier run has read.
 */
export async function linkPaths(opened: OpenedRevision, index: LinkIndex, mentions: Joined['mentions']): Promise<ResolvePath> {
  const book = openCandidates(index);
  for (const [{ place }, drafts] of mentions) for (const { type, value } of drafts) if (type === 'path') book.find(place.path, value);
  const facts = await lookUp(opened, book);
  for (const candidates of book.all) candidates.found = findThere(candidates, facts);
  const now = await readCited(opened, citedFiles(book, mentions));
  const past = openCitedPast(opened);
  await askPast(past, book, mentions, now);
  return (entry, mention) => {
    const candidates = book.find(entry.place.path, mention.value);
    const citedIn = citingCommit(entry);
    const { found } = candidates;
    if (found === null) return meaningOfGone(candidates, mention.weak === true, facts, (path) => citedIn !== null && past.was(`${citedIn}:${path}`));
    const text = linesOf(found, now);
    if (!mention.lines || !text) return found;
    if (isBeyond(mention.lines, text)) return { ...found, status: 'stale' };
    const judged = judgeLines(citedIn === null ? null : past.lines(`${citedIn}:${found.target}`, mention.lines), text, mention.lines);
    return judged.stale ? { ...found, status: 'stale', ...(judged.now ? { now: judged.now } : {}) } : found;
  };
}

type Texts = ReadonlyMap<string, readonly string[]>;

/** The newest commit that changed the entry: by then the path was cited. Null while that is not committed. */
function citingCommit({ changed }: Entry): string | null {
  return changed?.commit ?? null;
}

async function lookUp({ repository, source }: OpenedRevision, book: CandidateBook): Promise<PathFacts> {
  const wanted = new Set<string>();
  for (const { paths, tops } of book.all) for (const path of [...paths, ...(tops ?? [])]) wanted.add(path);
  const there = await findPaths(repository, source, wanted);
  const byName = new Map<string, string[]>();
  for (const path of there) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  return { there, byName };
}

function citedFiles(book: CandidateBook, mentions: Joined['mentions']): Set<string> {
  const files = new Set<string>();
  for (const [{ place }, drafts] of mentions) {
    for (const { type, value, lines } of drafts) {
      const found = type === 'path' && lines ? book.find(place.path, value).found : null;
      if (found?.status === 'resolved' && found.target !== null) files.add(found.target);
    }
  }
  return files;
}

/** The files of which lines are cited, as they are in the revision; what cannot be read is left out. */
async function readCited({ repository, source }: OpenedRevision, paths: ReadonlySet<string>): Promise<Texts> {
  const nameOf = (path: string): string => (source.kind === 'commit' ? `${source.rev}:${path}` : `:0:${path}`);
  const contents = source.kind === 'worktree' || paths.size === 0 ? null : await readBlobs(repository, [...paths].map(nameOf));
  return new Map(
    [...paths].flatMap((path) => {
      const bytes = (contents === null ? readWorktreeFile(repository, path) : contents.get(nameOf(path)))?.bytes;
      return bytes ? [[path, readLines(bytes)] as const] : [];
    }),
  );
}

function linesOf(found: { target: string | null; status: Ref['status'] }, now: Texts): readonly string[] | undefined {
  return found.status === 'resolved' && found.target !== null ? now.get(found.target) : undefined;
}

/** A file that has become too short is no longer what was cited, whatever stood there. */
function isBeyond({ to }: NonNullable<Ref['lines']>, lines: readonly string[]): boolean {
  return to > lines.length;
}

/** Only what is gone, and lines that could still be where they were, are looked up in the past. */
async function askPast(past: CitedPast, book: CandidateBook, mentions: Joined['mentions'], now: Texts): Promise<void> {
  for (const [entry, drafts] of mentions) {
    const citedIn = citingCommit(entry);
    if (citedIn === null) continue;
    for (const { type, value, lines } of drafts) {
      if (type !== 'path') continue;
      const { found, paths } = book.find(entry.place.path, value);
      if (found === null) for (const path of paths) past.askWhetherThere(`${citedIn}:${path}`);
      const text = found && lines ? linesOf(found, now) : undefined;
      if (found && lines && text && !isBeyond(lines, text)) past.askForLines(`${citedIn}:${found.target}`, lines);
    }
  }
  await past.answer();
}
