import { appendFileSync, existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../contract/failure.ts';
import { createFile, removeFile, replaceFile, sweepTemporaries, temporaryFiles } from '../durable/replace-file.ts';
import type { Repository } from '../git/open-repository.ts';

/** A new document is for everybody, as far as the umask lets it. */
const documentMode = 0o666;

/**
 * Puts new bytes in a document's place, all or nothing (see `replaceFile`). Mode is kept; a symbolic link is followed. Throws a `Failure` when
 * the system refuses, and then nothing changed.
 */
export function replaceDocument(root: string, path: string, bytes: Uint8Array): void {
  explainFailure(path, () => replaceFile(resolveLink(join(root, path)), bytes, documentMode));
}

/** Creates a document, all or nothing; false, and nothing changed, where something has that name. Throws as `replaceDocument` does. */
export function createDocument(root: string, path: string, bytes: Uint8Array): boolean {
  return explainFailure(path, () => createFile(join(root, path), bytes, documentMode));
}

/** Takes a document away for good. Throws as `replaceDocument` does. */
export function deleteDocument(root: string, path: string): void {
  explainFailure(path, () => removeFile(join(root, path)));
}

/**
 * To be called under the lock, before a document of a folder is written: no living writer has a file there. Removes what killed ones left, and hides from git what
 * this one may leave, so that `git add` does not take it for a file of the record.
 */
export function readyFolder({ root, commonDir }: Repository, folder: string): void {
  sweepTemporaries(join(root, folder));
  hideTemporaries(join(commonDir, 'info', 'exclude'));
}

/** A git folder that cannot be written to hides nothing: nothing depends on it but how a killed writer looks to git. */
function hideTemporaries(path: string): void {
  try {
    const known = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (!known.split(/\r?\n/u).includes(temporaryFiles)) appendFileSync(path, `${known === '' || known.endsWith('\n') ? '' : '\n'}${temporaryFiles}\n`);
  } catch {
    // As said above.
  }
}

function explainFailure<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Failure('unreadable', `${path} could not be written: ${error instanceof Error ? error.message : String(error)}; it is as it was`, { next: 'Free some room or make the folder writable, then run the same command again.' });
  }
}

function resolveLink(path: string): string {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? realpathSync(path) : path;
}
