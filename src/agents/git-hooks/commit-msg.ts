import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../../contract/failure.ts';
import { isMeant } from '../../rules/commits/commit-trailer-hidden.ts';
import { checkMessage } from '../../rules/quick/check-message.ts';
import { openStagedCommit } from '../../rules/quick/open-staged.ts';
import { cleanMessage, mendTrailers } from './clean-message.ts';
import { isAmending } from './find-amend.ts';
import { authorOf, type HookAnswer, type HookContext } from './hook-answer.ts';
import { renderFindings } from './render-findings.ts';

/** `commit-msg FILE`: puts hidden trailers where git sees them, then judges what the message declares, and who changed what. */
export async function commitMsg({ dir, environment, cache, role, clock }: HookContext, [file]: readonly string[]): Promise<HookAnswer> {
  if (file === undefined) throw new Failure('usage', 'The hook commit-msg needs the file that holds the message.', { next: 'docket hook commit-msg .git/COMMIT_EDITMSG' });
  const path = resolve(dir, file);
  const written = readMessage(path, file);
  const mended = mendTrailers(written, isMeant);
  if (mended !== null) writeFileSync(path, mended);
  const commit = await openStagedCommit(dir, { cache, amends: isAmending() });
  const findings = await checkMessage(commit, cleanMessage(mended ?? written), { role, author: authorOf(environment), clock });
  const refused = findings.some(({ level }) => level === 'error');
  const note = mended === null ? '' : 'docket: the trailers of this message now stand where git sees them, in its last paragraph.\n';
  const head = refused ? 'docket: this commit is refused; nothing is lost, mend it and commit again.\n\n' : '';
  return { exitCode: refused ? 1 : 0, text: note + (findings.length === 0 ? '' : head + (await renderFindings(findings, commit.staged.files.length))) };
}

function readMessage(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure('unreadable', `The message ${shown} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { next: 'Commit again.' });
  }
}
