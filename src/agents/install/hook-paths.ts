import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeFile, replaceFile } from '../../durable/replace-file.ts';
import { openRepository } from '../../git/open-repository.ts';
import { infraPath } from '../../ledger/infra/infra-path.ts';
import { readOrderFolders } from '../../ledger/infra/order-folders.ts';
import { openRevision } from '../../ledger/sources/open-revision.ts';
import { documentPathspecs } from '../../ledger/sources/select-files.ts';

/** The file that the shell part of the hooks reads: one pattern a line, as `case` takes them. */
function fileOf(commonDir: string): string {
  return join(commonDir, 'docket', 'hook-paths');
}

/** Writes down which paths concern the record of the index: documents, renamed ones too, and what says what waits for what. Gives the file's path. */
export async function writeHookPaths(dir: string): Promise<string> {
  const { repository, vocabulary, files, readContents } = await openRevision(dir, { source: 'index' });
  const { folders, rootNames } = documentPathspecs(vocabulary);
  const infra = files.others.find(({ path }) => path === infraPath)?.blob ?? null;
  const text = infra === null ? null : ((await readContents([infra])).get(infra)?.bytes?.toString('utf8') ?? null);
  const order = text === null ? [] : readOrderFolders(text).flatMap((folder) => (folder === '.' ? ['*'] : [folder, `${folder}/*`]));
  const patterns = [...folders.map((folder) => `${folder}/*`), ...rootNames, ...order].map(quotePattern);
  const file = fileOf(repository.commonDir);
  const content = `${[...new Set(patterns)].join('\n')}\n`;
  if (!existsSync(file) || readFileSync(file, 'utf8') !== content) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    replaceFile(file, content);
  }
  return file;
}

/** Refreshes the file where there is one: hooks are installed, and the record may be elsewhere than it was. */
export async function refreshHookPaths(dir: string, commonDir: string): Promise<void> {
  if (existsSync(fileOf(commonDir))) await writeHookPaths(dir);
}

/** The same after a run that wrote: its own work is done, so that nothing here is an error. */
export async function refreshHookPathsOf(dir: string): Promise<void> {
  try {
    await refreshHookPaths(dir, (await openRepository(dir)).commonDir);
  } catch {
    // The next commit that touches the configuration refreshes it.
  }
}

export function removeHookPaths(commonDir: string): void {
  removeFile(fileOf(commonDir));
}

/** Names of the repository stand for themselves, but for `*` and `?`, which the shell reads as it does. */
function quotePattern(pattern: string): string {
  return pattern.replace(/[\n\r]/gu, '?').replace(/[[\]\\]/gu, '\\$&');
}
