import { createHash } from 'node:crypto';
import { runGit, type GitPlace } from './run-git.ts';

/** A digest of where all branches, tags and remote-tracking branches stand: another one when any of them has moved. */
export async function digestReferences(place: GitPlace): Promise<string> {
  return createHash('sha256').update(await runGit(place, ['--bare', 'for-each-ref', '--format=%(refname) %(objectname)'])).digest('hex');
}
