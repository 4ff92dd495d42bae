import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Role } from '../../contract/schema/entry.ts';
import { Failure } from '../../contract/failure.ts';
import { nameDocument } from '../../documents/name-document.ts';
import { defaultVocabulary, type Vocabulary } from '../../documents/vocabulary/vocabulary.ts';
import type { MergeStyle, Versions } from '../../git/merge-texts.ts';
import { noCache, openCache, type Cache } from '../../git/cache-store.ts';
import { openRepository } from '../../git/open-repository.ts';
import { configPath } from '../../ledger/config/config.ts';
import { keptSections } from '../../ledger/sources/reading-store.ts';
import { replaceDocument } from '../replace-document.ts';
import { diffOfFile } from '../unified-diff.ts';
import { pageOpener } from '../writer/open-page.ts';
import { mergeByLines, mergeDocument, type MergeResult } from './merge-document.ts';

export interface MergeRequest {
  /** The folder that the files and the configuration are looked for from: the top of the working tree, where git runs drivers. */
  folder: string;
  /** The three versions as git's merge drivers get them: base, ours, theirs. The result takes the place of ours. */
  files: { base: string; ours: string; theirs: string };
  /** The path of the document in the repository, which tells its kind; null: as the name of `ours`, else its title, tells. */
  path: string | null;
  style: MergeStyle;
  dryRun: boolean;
  /** Who asks: the Adversary is shown no line of a journal. */
  role?: Role | null;
}

export interface MergeReport {
  path: string;
  conflicts: number;
  by: MergeResult['how']['by'];
  /** Why it was merged line by line. */
  why: string | null;
  diff: string;
}

/**
 * Merges three files as a git merge driver does, and puts the result in the place of ours, whole or not at all. Throws a `Failure` of kind
 * unreadable when a file cannot be read or written; ours is then as it was.
 */
export async function mergeFile(request: MergeRequest): Promise<MergeReport> {
  const { folder, files, path, dryRun } = request;
  const versions: Versions = { base: read(folder, files.base), ours: read(folder, files.ours), theirs: read(folder, files.theirs) };
  const vocabulary = await readVocabulary(folder);
  const name = path ?? guessPath(files.ours, versions, vocabulary);
  const { bytes, conflicts, how } = await merge(request, name, versions, vocabulary);
  const isHidden = request.role === 'adversary' && nameDocument(name, vocabulary).kind === 'journal';
  const diff = bytes === null || isHidden ? '' : diffOfFile(name, versions.ours, bytes);
  if (!dryRun && bytes !== null && !bytes.equals(versions.ours)) replaceDocument(resolve(folder, dirname(files.ours)), basename(files.ours), bytes);
  return { path: name, conflicts, by: how.by, why: how.by === 'lines' ? how.why : null, diff };
}

async function merge({ folder, style }: MergeRequest, path: string, versions: Versions, vocabulary: Vocabulary): Promise<MergeResult> {
  const { kind } = nameDocument(path, vocabulary);
  if (kind !== 'unknown' && kind !== 'plan') return mergeDocument(path, versions, pageOpener(vocabulary, keptSections(await openCacheOf(folder), path)), style);
  return mergeByLines(versions, style, kind === 'plan' ? 'a plan has no entries' : 'it is no document of a known kind');
}

/** What docket remembers of the repository; files that lie in none can be merged as well. */
async function openCacheOf(folder: string): Promise<Cache> {
  try {
    return openCache(await openRepository(folder));
  } catch (error) {
    if (error instanceof Failure) return noCache;
    throw error;
  }
}

function read(folder: string, file: string): Buffer {
  try {
    return readFileSync(resolve(folder, file));
  } catch (error) {
    throw new Failure('unreadable', `${file} could not be read: ${error instanceof Error ? error.message : String(error)}`, { next: 'docket merge-file --help' });
  }
}

/** The files that the configuration gives other names; a broken configuration names none. */
async function readVocabulary(folder: string): Promise<Vocabulary> {
  const file = resolve(folder, configPath);
  if (!existsSync(file)) return defaultVocabulary;
  const text = readFileSync(file, 'utf8');
  if (!/^(?:documents|defaultPhase)\b/mu.test(text)) return defaultVocabulary;
  const { readConfig } = await import('../../ledger/config/read-config.ts');
  try {
    const { defaultPhase, documents } = readConfig(text, configPath);
    return { defaultPhase, renames: documents };
  } catch (error) {
    if (error instanceof Failure) return defaultVocabulary;
    throw error;
  }
}

/** A driver that was set up without `%P` is not told the path: then the title is all there is. */
function guessPath(file: string, { ours, theirs }: Versions, vocabulary: Vocabulary): string {
  if (nameDocument(file, vocabulary).kind !== 'unknown') return file;
  const title = [ours, theirs].map((bytes) => /^#\s+\W*(JOURNAL|STATUS|BACKLOG|REVIEW|DECISIONS|DEFERRED|(?:BUILDER|ADVERSARY)[ -]INBOX)\b/imu.exec(Buffer.from(bytes).toString('utf8'))?.[1]).find((found) => found !== undefined);
  return title === undefined ? file : `${title.toUpperCase().replace(' ', '-')}.md`;
}
