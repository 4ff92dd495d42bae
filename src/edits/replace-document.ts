import { lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../contract/failure.ts';
import { createFile, removeFile, replaceFile, sweepTemporaries as sweepFolder } from '../durable/replace-file.ts';

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

/** Removes what writers that were killed left in a folder. Call it under the lock: then no living writer has a file there. */
export function sweepTemporaries(root: string, folder: string): void {
  sweepFolder(join(root, folder));
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
