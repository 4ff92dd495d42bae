import { noCache, openCache, type Cache } from '../../git/cache-store.ts';
import { readMergeHeads } from '../../git/merge-heads.ts';
import { openObjectReader, type ObjectReader } from '../../git/object-reader.ts';
import { openRepository, type Repository } from '../../git/open-repository.ts';
import type { Content } from '../../git/read-blobs.ts';
import { readParents } from '../../git/read-parents.ts';
import { parseStaged, readStaged, type Staged, type StagedFile } from '../../git/read-staged.ts';
import { configPath, type Config } from '../../ledger/config/config.ts';
import { readConfigAt } from '../../ledger/sources/read-config-at.ts';
import type { ReadContents } from '../../ledger/sources/read-contents.ts';
import { isDocument } from '../../ledger/sources/select-files.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';

/** What is about to be committed: where, on top of what, and which files change. Nothing of their content is read yet. */
export interface StagedCommit {
  /** The folder that was asked for. */
  dir: string;
  repository: Repository;
  cache: Cache;
  /** The commits that the new one stands on, the first one first; none for a first commit. */
  parents: string[];
  staged: Staged;
}

/** What git said already of where it is, and of what is staged against HEAD: asked as `openRepository` and `readStaged` ask. */
export interface SaidByGit {
  place: string;
  staged: string;
}

export interface OpenStagedOptions {
  cache: boolean;
  /** The commit takes the place of HEAD: it stands on HEAD's parents. */
  amends: boolean;
  said?: SaidByGit | null;
}

/** Two processes of git, none where git said all of it already; one more for a commit that is amended. */
export async function openStagedCommit(dir: string, { cache, amends, said = null }: OpenStagedOptions): Promise<StagedCommit> {
  const repository = await openRepository(dir, process.env, said?.place ?? null);
  const amended = amends && repository.head !== null;
  const parents = repository.head === null ? [] : amended ? await readParents(repository, repository.head) : [repository.head, ...readMergeHeads(repository)];
  const staged = said === null || amended || repository.head === null ? await readStaged(repository, parents[0] ?? null) : parseStaged(said.staged);
  return { dir, repository, cache: cache ? openCache(repository) : noCache, parents, staged };
}

/** The index as far as a commit concerns it. */
export interface StagedRecord extends StagedCommit {
  config: Config;
  vocabulary: Vocabulary;
  /** The documents among the staged files. */
  documents: StagedFile[];
  readContents: ReadContents;
  /** A file as the index has it, by its path. */
  readIndexed(path: string): Promise<{ blob: string; bytes: Buffer } | null>;
}

/** Does work with the contents of the index at hand, through one process of git, which ends with it. Throws a `Failure` of kind config for a broken configuration. */
export async function withStagedRecord<T>(commit: StagedCommit, work: (record: StagedRecord) => Promise<T>): Promise<T> {
  const reader = openObjectReader(commit.repository);
  try {
    return await work(await readRecord(commit, reader));
  } finally {
    reader.close();
  }
}

async function readRecord(commit: StagedCommit, reader: ObjectReader): Promise<StagedRecord> {
  const readIndexed: StagedRecord['readIndexed'] = async (path) => {
    const object = await reader.read(`:0:${path}`);
    return object?.type === 'blob' && object.bytes !== null ? { blob: object.id, bytes: object.bytes } : null;
  };
  const written = await readIndexed(configPath);
  const files = written === null ? [] : [{ path: configPath, blob: written.blob, mode: '100644', bytes: null, conflict: false, unreadable: null }];
  const readContents = contentsThrough(reader);
  const config = await readConfigAt({ files, skipped: [] }, readContents, commit.cache);
  const vocabulary: Vocabulary = { defaultPhase: config.defaultPhase, renames: config.documents };
  return { ...commit, config, vocabulary, readContents, readIndexed, documents: commit.staged.files.filter(({ path }) => isDocument(path, vocabulary)) };
}

function contentsThrough(reader: ObjectReader): ReadContents {
  return async (ids) => {
    const wanted = [...new Set(ids)];
    const objects = await Promise.all(wanted.map((id) => reader.read(id)));
    return new Map(objects.map((object, index): [string, Content] => [wanted[index] ?? '', object?.type === 'blob' && object.bytes !== null ? { bytes: object.bytes, unreadable: null } : { bytes: null, unreadable: 'it cannot be read' }]));
  };
}
