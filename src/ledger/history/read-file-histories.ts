import type { Role } from '../../contract/schema/entry.ts';
import { nameDocument } from '../../documents/name-document.ts';
import type { History } from '../../git/history/history.ts';
import type { CommitFact } from '../ledger.ts';
import type { FileHistory, SourceDocument } from '../join/source-document.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { firstParents, listVersions, wasRenamed, type Version } from './file-versions.ts';
import { listClaimEpisodes, type Declares } from './history-of-claims.ts';
import { listMessageEpisodes } from './history-of-inbox.ts';
import { listVerdictEpisodes } from './history-of-verdicts.ts';
import { readSketches, type Sketches } from './version-sketch.ts';

/** What the files that are rewritten have said in all their versions, by path: STATUS, BACKLOG, inboxes, and reviews with a reworded verdict. */
export async function readFileHistories(opened: OpenedRevision, history: History, documents: readonly SourceDocument[], commits: readonly CommitFact[]): Promise<Map<string, FileHistory>> {
  const blobs = new Map(opened.files.documents.map(({ path, blob }) => [path, blob]));
  const parents = firstParents(history);
  const files = pathsToWalk(opened, history, documents).map((path) => ({
    path,
    kind: nameDocument(path, opened.vocabulary).kind,
    versions: listVersions(history, parents, path, { tip: opened.tip, blob: blobs.get(path) ?? null }),
  }));
  const sketches = await readSketches(
    files.map(({ path, kind, versions }) => ({ path, kind, blobs: versions.flatMap(({ before, after }) => [before, after]).filter((blob) => blob !== null) })),
    opened.vocabulary,
    opened.cache,
    opened.readContents,
  );
  const declares = declarations(commits);
  return new Map(files.map(({ path, kind, versions }) => [path, historyOf({ path, kind, versions }, sketches.get(path) ?? new Map(), declares)]));
}

/** Files that are there, and files that once were, unless they went on under another name. */
function pathsToWalk(opened: OpenedRevision, history: History, documents: readonly SourceDocument[]): string[] {
  const kinds = new Set(['status', 'backlog', 'inbox']);
  const reworded = documents.filter(hasRewordedVerdict).map(({ path }) => path);
  const present = new Set(documents.map(({ path }) => path));
  const known = [...new Set([...present, ...history.paths()])].filter((path) => kinds.has(nameDocument(path, opened.vocabulary).kind) && (present.has(path) || !wasRenamed(history, path)));
  return [...new Set([...known, ...reworded])].toSorted();
}

function hasRewordedVerdict({ stored, origins }: SourceDocument): boolean {
  return stored.reading.drafts.some(({ kind, line }) => {
    if (kind !== 'verdict') return false;
    const gitLine = stored.gitLines?.[line - 1] ?? line;
    return origins.born(gitLine)?.commit !== origins.changed(gitLine, gitLine)?.commit;
  });
}

function historyOf({ path, kind, versions }: { path: string; kind: string; versions: readonly Version[] }, sketches: Sketches, declares: Declares): FileHistory {
  return {
    path,
    claims: kind === 'status' || kind === 'backlog' ? listClaimEpisodes(versions, sketches, declares) : [],
    messages: kind === 'inbox' ? listMessageEpisodes(versions, sketches) : [],
    verdicts: kind === 'review' ? listVerdictEpisodes(versions, sketches) : [],
    doneCommit: kind === 'status' ? commitOfDone(versions, sketches) : null,
  };
}

/** The last version that marked DONE where the one that it replaced did not. */
function commitOfDone(versions: readonly Version[], sketches: Sketches): string | null {
  const isDone = (blob: string | null): boolean => blob !== null && (sketches.get(blob)?.done ?? false);
  const last = versions.findLast(({ before, after }) => isDone(after) !== isDone(before));
  return last && isDone(last.after) ? last.commit : null;
}

function declarations(commits: readonly CommitFact[]): Declares {
  const claims = new Map(commits.map(({ commit, phase, claims }) => [commit, { phase, claims }]));
  return (commit, phase, gate) => {
    const fact = commit === null ? undefined : claims.get(commit);
    return fact !== undefined && fact.phase === phase && fact.claims.includes(gate);
  };
}

/** The side that owns a file by its name. */
export function ownerByName(opened: OpenedRevision): (path: string) => Role | null {
  return (path) => nameDocument(path, opened.vocabulary).owner;
}
