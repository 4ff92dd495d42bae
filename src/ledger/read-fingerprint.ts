import { digestReferences } from '../git/read-references.ts';
import { keyOfRevision } from './sources/revision-key.ts';
import { openRevision, type OpenOptions } from './sources/open-revision.ts';

/**
 * Names the state of a record: another one when a document, the configuration, HEAD or any reference has changed. It reads no document, so that it can be
 * asked for every second. Throws as `openDocket` does.
 */
export async function readFingerprint(dir: string, options: OpenOptions = {}): Promise<string> {
  const opened = await openRevision(dir, options);
  // What waits for a verdict in the working tree hides what an earlier revision says.
  const now = options.at === null || options.at === undefined ? '' : keyOfRevision('now', await openRevision(dir, { ...options, at: null }));
  return `${keyOfRevision('report', opened)}${now}-${(await digestReferences(opened.repository)).slice(0, 40)}`;
}
