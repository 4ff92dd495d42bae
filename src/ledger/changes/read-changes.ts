import { nameDocument } from '../../documents/name-document.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';
import type { Commit } from '../../git/commit-format.ts';
import type { History } from '../../git/history/history.ts';
import type { CommitFact } from '../ledger.ts';
import { openRecordHistory } from '../history/record-history.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { isTelling, touchedLines, type FileOfChange } from './choose-files.ts';
import { openVersions, type VersionReader } from './read-versions.ts';
import type { Change, ChangedDocument } from './types.ts';

/** So many commits are held at a time. */
const groupSize = 100;

/**
 * The changes of those commits of an opened revision that `facts` names, oldest first, in groups. Merges are left out: they are judged against each of
 * their parents, see `readMerge`.
 */
export async function* readChanges(opened: OpenedRevision, facts: ReadonlyMap<string, CommitFact>): AsyncGenerator<Change[]> {
  const history = await openRecordHistory(opened);
  const versions = openVersions(opened.readContents, opened.vocabulary);
  const wanted = history.ordinals().filter((ordinal) => {
    const { commit, parents } = history.commit(ordinal);
    return facts.has(commit) && parents.length < 2 && !history.isBoundary(ordinal);
  });
  for (let from = 0; from < wanted.length; from += groupSize) {
    const group = wanted.slice(from, from + groupSize).map((ordinal): PlannedChange => {
      const commit = history.commit(ordinal);
      return { commit: commit.commit, role: facts.get(commit.commit)?.role ?? null, revert: isRevert(commit), files: filesOf(history, ordinal) };
    });
    yield await fillChanges(opened, versions, group);
  }
}

/** A change before its documents are read. */
export interface PlannedChange extends Omit<Change, 'documents' | 'files' | 'touched'> {
  files: FileOfChange[];
}

/** Reads the documents of changes that have to be looked into. */
export async function fillChanges({ vocabulary }: Pick<OpenedRevision, 'vocabulary'>, versions: VersionReader, planned: readonly PlannedChange[]): Promise<Change[]> {
  const telling = planned.map(({ role, files }) => withHavens(files, files.filter((file) => isTelling(file, role, vocabulary)), vocabulary));
  const versionOf = await versions.read(telling.flat().flatMap(namesOf));
  return planned.map(({ files, ...change }, index) => ({
    ...change,
    touched: files.flatMap(touchedLines),
    files: files.map(({ path, from, after }) => ({ path, from, gone: after === null })),
    documents: (telling[index] ?? []).map((file): ChangedDocument => {
      const { kind, owner } = nameDocument(file.from ?? file.path, vocabulary);
      const before = file.before === null ? null : versionOf({ path: file.from ?? file.path, blob: file.before });
      const after = file.after === null ? null : versionOf({ path: file.path, blob: file.after });
      return { path: file.path, kind, owner, before, after, others: [] };
    }),
  }));
}

/** Where something is taken from a document it may have moved into another one, which then has to be read as well: as what came, not as what changed. */
function withHavens(files: readonly FileOfChange[], telling: readonly FileOfChange[], vocabulary: Vocabulary): FileOfChange[] {
  if (!telling.some(({ before }) => before !== null)) return [...telling];
  const havens = files.filter((file) => !telling.includes(file) && file.after !== null && nameDocument(file.path, vocabulary).kind !== 'unknown');
  return [...telling, ...havens.map(({ path, after, hunks }) => ({ path, from: null, before: null, after, hunks }))];
}

function namesOf(file: FileOfChange): { path: string; blob: string }[] {
  return [...(file.before === null ? [] : [{ path: file.from ?? file.path, blob: file.before }]), ...(file.after === null ? [] : [{ path: file.path, blob: file.after }])];
}

function filesOf(history: History, ordinal: number): FileOfChange[] {
  const changes = history.changes(ordinal);
  return history.commit(ordinal).files.map(({ path, from, before, after, regular }, index) => {
    const edit = changes[index]?.edit ?? null;
    return { path, from, before, after: regular ? after : null, hunks: edit?.hunks ?? null };
  });
}

/** git's own sentence, and nothing but. */
function isRevert({ subject, message }: Commit): boolean {
  return subject.startsWith('Revert "') && /^This reverts commit [0-9a-f]{7,64}\b/mu.test(message);
}
