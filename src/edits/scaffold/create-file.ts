import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Failure } from '../../contract/failure.ts';
import type { NewFile } from './plan-scaffold.ts';

/**
 * Creates a file with all of its text or not at all, and never over another one: the text is written beside it, synced and then linked
 * to its name, which fails where the name is taken (a rename would replace what another process has just written).
 * Returns false where the name was taken. Throws a `Failure` of kind unreadable when the folder or the file cannot be made.
 */
export function createFile(root: string, { path, text }: NewFile): boolean {
  const target = join(root, path);
  const draft = join(dirname(target), `.${randomUUID()}.tmp`);
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeSynced(draft, text);
    try {
      linkSync(draft, target);
    } finally {
      unlinkSync(draft);
    }
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw explainFileError(path, error);
  }
}

/** The failure that an error of the file system means for a file that was to be created; any other error as it is. */
export function explainFileError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  return new Failure('unreadable', `${path} could not be created: ${error.message}`, { next: `Make ${dirname(path)} a folder that can be written to.` });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST' && 'syscall' in error && error.syscall === 'link';
}

function writeSynced(path: string, text: string): void {
  const file = openSync(path, 'wx');
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
