import { dirname, join } from 'node:path';
import { Failure } from '../../contract/failure.ts';
import { createFile as createDurably } from '../../durable/replace-file.ts';
import type { NewFile } from './plan-scaffold.ts';

/** A new document is for everybody, as far as the umask lets it. */
const documentMode = 0o666;

/**
 * Creates a file with all of its text or not at all, and never over another one. Returns false where the name was taken.
 * Throws a `Failure` of kind unreadable when the folder or the file cannot be made.
 */
export function createFile(root: string, { path, text }: NewFile): boolean {
  try {
    return createDurably(join(root, path), text, documentMode);
  } catch (error) {
    throw explainFileError(path, error);
  }
}

/** The failure that an error of the file system means for a file that was to be created; any other error as it is. */
export function explainFileError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  return new Failure('unreadable', `${path} could not be created: ${error.message}`, { next: `Make ${dirname(path)} a folder that can be written to.` });
}
