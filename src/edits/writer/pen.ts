import type { DocumentKind } from '../../contract/schema/document.ts';
import type { Role } from '../../contract/schema/entry.ts';
import { Failure } from '../../contract/failure.ts';
import { readFrontMatter } from '../../documents/front-matter.ts';
import { nameDocument } from '../../documents/name-document.ts';
import { readSource } from '../../documents/outline/source.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';
import type { Cache } from '../../git/cache-store.ts';
import type { Repository } from '../../git/open-repository.ts';
import type { Config } from '../../ledger/config/config.ts';
import { roleByConfig } from '../../ledger/isolation/role-of-reader.ts';
import { openDocket, type Docket } from '../../ledger/open-docket.ts';
import { openRevision, type OpenedRevision, type OpenOptions } from '../../ledger/sources/open-revision.ts';
import { readSteadily } from '../../ledger/sources/read-contents.ts';

/** How a writer was called. */
export interface PenOptions {
  dir: string;
  cache: boolean;
  /** Who writes, where the caller says so; else the configuration tells it from git's author. */
  role: Role | null;
  /** The Adversary may see what is hidden before the verdict. */
  afterVerdict?: boolean;
  dryRun: boolean;
}

/** A document that the record has. */
export interface KnownDocument {
  path: string;
  kind: DocumentKind;
  phase: string;
}

/** What every writer works with: where it writes, what documents there are, and who writes. No entry has been read. */
export interface DocumentPen {
  repository: Repository;
  cache: Cache;
  config: Config;
  vocabulary: Vocabulary;
  /** By path. */
  documents: readonly KnownDocument[];
  role: Role | null;
  options: PenOptions;
}

/** The same for a writer that has to know the entries: the docket as it stood when the command began. */
export interface Pen extends DocumentPen {
  docket: Docket;
}

/** Opens the documents of a repository to write to them. Throws a `Failure` outside a repository, where there is no working tree, and for a broken configuration. */
export async function openDocumentPen(options: PenOptions): Promise<DocumentPen> {
  return readSteadily(async () => {
    const opened = await openRevision(options.dir, readingOptions(options));
    return penOf(opened, await nameDocuments(opened), options);
  });
}

/** Opens a docket to write to it. Throws as `openDocumentPen` does. */
export async function openPen(options: PenOptions): Promise<Pen> {
  const docket = await openDocket(options.dir, readingOptions(options));
  const { config, documents } = docket.ledger;
  const vocabulary = { defaultPhase: config.defaultPhase, renames: config.documents };
  return { ...(await penOf({ ...docket, config, vocabulary }, documents, options)), docket };
}

/** How a writer reads: with the eyes of who writes. */
export function readingOptions({ cache, role, afterVerdict = false }: PenOptions): OpenOptions {
  return { cache, role, afterVerdict };
}

async function penOf({ repository, cache, config, vocabulary }: Pick<DocumentPen, 'repository' | 'cache' | 'config' | 'vocabulary'>, documents: readonly KnownDocument[], options: PenOptions): Promise<DocumentPen> {
  if (repository.bare) throw new Failure('usage', `${repository.root} has no working tree to write to.`, { next: 'git worktree list' });
  return { repository, cache, config, vocabulary, documents, role: options.role ?? (await roleByConfig(repository, config)), options };
}

/** Kind and phase of the documents by their names, and by their front matter where the name says no phase. */
async function nameDocuments({ files, vocabulary, readContents }: OpenedRevision): Promise<KnownDocument[]> {
  const named = files.documents.map(({ path, blob }) => ({ path, blob, name: nameDocument(path, vocabulary) }));
  const unnamed = named.flatMap(({ blob, name }) => (blob !== null && name.kind !== 'unknown' && name.phase === vocabulary.defaultPhase ? [blob] : []));
  const contents = unnamed.length === 0 ? new Map() : await readContents(unnamed);
  const phaseOf = async (path: string, blob: string | null, phase: string): Promise<string> => {
    const bytes: Buffer | null | undefined = contents.get(blob ?? '')?.bytes;
    return (bytes ? (await readFrontMatter(readSource(bytes), path)).value?.phase : null) ?? phase;
  };
  return Promise.all(named.map(async ({ path, blob, name }) => ({ path, kind: name.kind, phase: await phaseOf(path, blob, name.phase) })));
}

/** The phases that documents belong to, and those that the configuration lists. */
export function knownPhases({ documents, config }: DocumentPen): string[] {
  return [...new Set([...config.phases, ...documents.map(({ phase }) => phase).filter((phase) => phase !== '-')])];
}
