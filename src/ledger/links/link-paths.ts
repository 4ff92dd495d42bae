import type { Entry, Ref } from '../../contract/schema/entry.ts';
import type { DraftRef } from '../../documents/reading.ts';
import { findPaths } from '../../git/find-paths.ts';
import { readBlobs } from '../../git/read-blobs.ts';
import { readWorktreeFile } from '../../git/read-worktree.ts';
import type { OpenedRevision, Sightings } from '../sources/open-revision.ts';
import { judgeLines, readLines } from './cited-lines.ts';
import { openCitedPast, type CitedPast } from './cited-past.ts';
import type { LinkIndex } from './link-index.ts';
import { findThere, meaningOfGone, openCandidates, type CandidateBook, type CitedMeaning, type PathCandidates, type PathFacts } from './resolve-paths.ts';

/** What a path means and where cited lines have gone; null for words that only look like a path; `asked`: the past has to answer first. */
export type PathAnswer = CitedMeaning | null | 'asked';

/**
 * Finds what mentioned paths mean: files and folders of the revision, what was there when it was cited and is gone or has moved (`stale`), what
 * lies outside. Every mention is noted first, then all are looked up, then each is resolved; what was asked of the past is resolved again. Two
 * processes of git at most, three where old versions are read that no earlier run has read.
 */
export interface PathLinks {
  note(entry: Entry, mention: DraftRef): void;
  lookUp(): Promise<void>;
  resolve(entry: Entry, mention: DraftRef): PathAnswer;
  /** Answers what was asked of the past since the last time. */
  answer(): Promise<void>;
}

export function openPathLinks(opened: OpenedRevision, index: LinkIndex): PathLinks {
  const book = openCandidates(index);
  const past = openCitedPast(opened);
  let facts: PathFacts & Pick<Sightings, 'wanted'> = { wanted: [], there: new Set(), byName: new Map() };
  const resolve = (entry: Entry, mention: DraftRef): PathAnswer => {
    const candidates = book.find(entry.place.path, mention.value);
    const { found, text } = candidates;
    if (found === null) return resolveGone(candidates, mention, { citedIn: citingCommit(entry), facts, past });
    const { lines } = mention;
    if (!lines || text === null) return found;
    // A file that has become too short is no longer what was cited, whatever stood there.
    if (lines.to > text.length) return (candidates.beyond ??= { target: found.target, status: 'stale' });
    const citedIn = citingCommit(entry);
    let ofCommit = candidates.cited.get(citedIn);
    if (!ofCommit) candidates.cited.set(citedIn, (ofCommit = new Map()));
    const place = lines.from * lineSpan + lines.to;
    const known = ofCommit.get(place);
    if (known) return known;
    const answer = resolveLines(found, { lines, text }, { citedIn, past });
    if (answer !== 'asked') ofCommit.set(place, answer);
    return answer;
  };
  return {
    note: ({ place }, { value, lines }) => {
      const candidates = book.find(place.path, value);
      if (lines) candidates.isCited = true;
    },
    lookUp: async () => {
      facts = await lookUp(opened, book);
      for (const candidates of book.all) candidates.found = findThere(candidates, facts);
      const read = await readCited(opened, book);
      opened.sightings = { wanted: facts.wanted, there: facts.there, read };
    },
    resolve,
    answer: () => past.answer(),
  };
}

/** No file that is read has so many lines. */
const lineSpan = 2 ** 26;

interface Past {
  /** The newest commit that changed the entry: by then the path was cited. Null while that is not committed. */
  citedIn: string | null;
  past: CitedPast;
}

function resolveGone(candidates: PathCandidates, mention: DraftRef, { citedIn, facts, past }: Past & { facts: PathFacts }): PathAnswer {
  if (citedIn === null) return meaningOfGone(candidates, mention.weak === true, facts, () => false);
  const was = candidates.paths.map((path) => past.was(`${citedIn}:${path}`));
  if (was.includes(null)) return 'asked';
  return meaningOfGone(candidates, mention.weak === true, facts, (path) => was[candidates.paths.indexOf(path)] === true);
}

function resolveLines(found: Pick<Ref, 'target' | 'status'>, { lines, text }: { lines: NonNullable<Ref['lines']>; text: readonly string[] }, { citedIn, past }: Past): CitedMeaning | 'asked' {
  const cited = citedIn === null ? null : past.lines(`${citedIn}:${found.target}`, lines);
  if (cited === 'asked') return cited;
  const judged = judgeLines(cited, text, lines);
  return judged.stale ? { target: found.target, status: 'stale', ...(judged.now ? { now: judged.now } : {}) } : found;
}

function citingCommit({ changed }: Entry): string | null {
  return changed?.commit ?? null;
}

async function lookUp({ repository, source }: OpenedRevision, book: CandidateBook): Promise<PathFacts & Pick<Sightings, 'wanted'>> {
  const wanted = new Set<string>();
  for (const { paths, tops } of book.all) for (const path of [...paths, ...(tops ?? [])]) wanted.add(path);
  const there = await findPaths(repository, source, wanted);
  const byName = new Map<string, string[]>();
  for (const path of there) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  return { wanted: [...wanted], there, byName };
}

/** Reads the files of which lines are cited, as they are in the revision, and names them; what cannot be read is left out. */
async function readCited({ repository, source }: OpenedRevision, book: CandidateBook): Promise<string[]> {
  const files = new Map<string, PathCandidates[]>();
  for (const candidates of book.all) {
    const target = candidates.isCited && candidates.found?.status === 'resolved' ? candidates.found.target : null;
    if (target !== null) files.set(target, [...(files.get(target) ?? []), candidates]);
  }
  const nameOf = (path: string): string => (source.kind === 'commit' ? `${source.rev}:${path}` : `:0:${path}`);
  const contents = source.kind === 'worktree' || files.size === 0 ? null : await readBlobs(repository, [...files.keys()].map(nameOf));
  for (const [path, cited] of files) {
    const bytes = (contents === null ? readWorktreeFile(repository, path) : contents.get(nameOf(path)))?.bytes;
    const text = bytes ? readLines(bytes) : null;
    for (const candidates of cited) candidates.text = text;
  }
  return [...files.keys()];
}
