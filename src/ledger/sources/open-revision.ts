import { Failure } from '../../contract/failure.ts';
import type { Role } from '../../contract/schema/entry.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';
import { noCache, openCache, type Cache } from '../../git/cache-store.ts';
import type { Source } from '../../git/file-listing.ts';
import { openRepository, type Repository } from '../../git/open-repository.ts';
import { listFiles } from '../../git/read-tree.ts';
import { defaultVocabulary } from '../../documents/vocabulary/vocabulary.ts';
import { configPath, type Config } from '../config/config.ts';
import { isAdversary } from '../isolation/role-of-reader.ts';
import type { Shield } from '../isolation/shield.ts';
import type { Unjudged } from '../isolation/unjudged.ts';
import { contentReader, type ReadContents } from './read-contents.ts';
import { readConfigAt } from './read-config-at.ts';
import { overlayFiles, overlayReader } from './overlay.ts';
import { documentPathspecs, selectFiles, type SelectedFiles } from './select-files.ts';

export interface OpenOptions {
  /** Anything that git takes for a commit; null: what `source` says. */
  at?: string | null;
  source?: 'worktree' | 'index';
  /** The commit that working tree or index are to stand on instead of HEAD; null for none, as in a commit without parents. */
  onto?: string | null;
  /** False: read everything anew, keep nothing. */
  cache?: boolean;
  /** Documents of the working tree as they would be, by path: read in place of what lies there. */
  overlay?: ReadonlyMap<string, Uint8Array>;
  /** Who reads; null: as the configuration tells from git's author. From the Adversary the journals of phases with an unjudged claim are hidden. */
  role?: Role | null;
  /** The Adversary has judged: nothing is hidden, and that is said. */
  afterVerdict?: boolean;
  /** Claims that wait elsewhere, where they are known already. */
  unjudged?: Unjudged;
}

/** What is to be read: the files of one revision and its configuration. Nothing of their content is read yet. */
export interface OpenedRevision {
  repository: Repository;
  cache: Cache;
  source: Source;
  /** The commit that history is read up to; null on an unborn branch. */
  tip: string | null;
  config: Config;
  vocabulary: Vocabulary;
  files: SelectedFiles;
  readContents: ReadContents;
  /** Whether something is hidden from who reads, or would be. */
  isolation: 'none' | 'on' | 'lifted';
  unjudged: Unjudged | null;
  /** What is hidden of it; put here by who reads the ledger, and asked by who reads texts. */
  shield: Shield | null;
  /** Where mentioned paths were looked for; put here by who links them, and asked by who keeps the answer. */
  sightings: Sightings | null;
}

/** Paths of the revision that mentions were looked for at, which of them are there, and the files whose lines were read. */
export interface Sightings {
  wanted: readonly string[];
  there: ReadonlySet<string>;
  read: readonly string[];
}

/** Opens a repository at a revision. Throws a `Failure` of kind usage outside of git or for an unknown revision, of kind config for a broken configuration. */
export async function openRevision(dir: string, options: OpenOptions = {}): Promise<OpenedRevision> {
  const repository = await openRepository(dir);
  const cache = options.cache === false ? noCache : openCache(repository);
  const at = options.at ?? null;
  const source = sourceOf(repository, at, options.source ?? 'worktree');
  const first = await listFiles(repository, source, documentPathspecs(defaultVocabulary), cache);
  const config = await readConfigAt(first, contentReader(repository, source, first.files), cache);
  const vocabulary: Vocabulary = { defaultPhase: config.defaultPhase, renames: config.documents };
  const elsewhere = Object.keys(config.documents).some((path) => path !== configPath);
  const listing = elsewhere ? await listFiles(repository, source, documentPathspecs(vocabulary), cache) : first;
  const head = options.onto === undefined ? repository.head : options.onto;
  const tip = at === null ? head : at === 'HEAD' ? repository.head : await commitOf(repository, at);
  const overlay = options.overlay ?? new Map<string, Uint8Array>();
  const files = selectFiles(overlayFiles(listing, overlay, repository.objectFormat), vocabulary);
  const isolation = !(await isAdversary(repository, config, options.role ?? null)) ? 'none' : options.afterVerdict === true ? 'lifted' : 'on';
  const readContents = overlayReader(contentReader(repository, source, listing.files), overlay, repository.objectFormat);
  return { repository, cache, source, tip, config, vocabulary, files, readContents, isolation, unjudged: options.unjudged ?? null, shield: null, sightings: null };
}

/** Where there is no working tree its HEAD is read. */
function sourceOf(repository: Repository, at: string | null, source: 'worktree' | 'index'): Source {
  if (at !== null) return { kind: 'commit', rev: at };
  if (!repository.bare) return { kind: source };
  if (repository.head === null) throw new Failure('usage', `${repository.root} has no working tree and no commit`, { next: 'give -C the folder of a working tree' });
  return { kind: 'commit', rev: repository.head };
}

async function commitOf(repository: Repository, rev: string): Promise<string> {
  const { readCommitObject } = await import('./read-commit-object.ts');
  return (await readCommitObject(repository, rev)).commit;
}
