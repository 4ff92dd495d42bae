import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../../contract/failure.ts';

/** The text of a file of the working tree; null where there is none. Throws a `Failure` for a link on the way, for what is no plain file, and for bytes that are not UTF-8. */
export function readPlainFile(root: string, path: string): string | null {
  const parts = path.split('/');
  for (let length = 1; length <= parts.length; length += 1) {
    const part = parts.slice(0, length).join('/');
    const found = lstatSync(join(root, part), { throwIfNoEntry: false });
    if (found === undefined) return null;
    const isRight = length === parts.length ? found.isFile() : found.isDirectory();
    if (!isRight) throw new Failure('usage', `${part} is ${found.isSymbolicLink() ? 'a symbolic link, and docket writes through none' : `no plain ${length === parts.length ? 'file' : 'folder'}`}; nothing was written.`, { place: { path: part, line: 1 }, next: `Put a plain ${length === parts.length ? 'file' : 'folder'} in the place of ${part}.` });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(join(root, path)));
  } catch (error) {
    throw new Failure('unreadable', `${path} cannot be read: ${error instanceof TypeError ? 'it is not UTF-8' : String(error)}; nothing was written.`, { place: { path, line: 1 }, next: `Save ${path} as UTF-8.` });
  }
}
