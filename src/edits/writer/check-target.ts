import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../contract/failure.ts';
import { recordFolder } from '../../ledger/sources/select-files.ts';

/**
 * Makes sure that a document may be written: it lies in the repository, behind no symbolic link (which could lead out of it, and which docket does
 * not read), and it is a plain file or not there yet. Returns its bytes, null where it is not there. Throws a `Failure` otherwise.
 */
export function readTarget(root: string, path: string): Buffer | null {
  if (!checkTarget(root, path)) return null;
  try {
    return readFileSync(join(root, path));
  } catch (error) {
    throw new Failure('unreadable', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { place: { path, line: 1 }, next: `Make ${path} a plain file that can be read.` });
  }
}

function checkTarget(root: string, path: string): boolean {
  const parts = path.split('/');
  if (path.startsWith('/') || parts.some((part) => part === '' || part === '.' || part === '..')) throw new Failure('usage', `Unexpected path ${path}, expected one inside the repository.`);
  for (let length = 1; length < parts.length; length += 1) checkFolder(root, parts.slice(0, length).join('/'));
  const found = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (found.isSymbolicLink()) throw new Failure('usage', `${path} is a symbolic link; docket neither reads nor writes through one.`, { place: { path, line: 1 }, next: `Put a plain file in the place of ${path}.` });
  if (!found.isFile()) throw new Failure('usage', `${path} is no plain file.`, { place: { path, line: 1 }, next: `Put a plain file in the place of ${path}.` });
  return true;
}

function checkFolder(root: string, path: string): void {
  const found = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found === undefined) throw new Failure('usage', path === recordFolder ? `There is no ${recordFolder}/ here: this repository keeps no docket yet.` : `There is no folder ${path}.`, { next: path === recordFolder ? 'docket init' : `mkdir -p ${path}` });
  throw new Failure('usage', found.isSymbolicLink() ? `${path} is a symbolic link; docket neither reads nor writes through one.` : `${path} is no folder.`, { next: `Put a plain folder in the place of ${path}.` });
}
