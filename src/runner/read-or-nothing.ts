import { readFileSync } from 'node:fs';

/** The text of a file of the kernel; the empty one where there is none, or none for this user. */
export function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
