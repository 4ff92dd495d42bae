import { readFileSync } from 'node:fs';
import { mergeBase } from '../../git/landing/reach.ts';
import { openRepository, type Repository } from '../../git/open-repository.ts';
import { resolveCommits } from '../../git/resolve-commits.ts';
import { landingRef } from '../../git/slow-git.ts';
import { checkDocket } from '../../rules/check/check-docket.ts';
import type { Finding } from '../../rules/engine/finding.ts';
import { passed, type HookAnswer, type HookContext } from './hook-answer.ts';
import { renderFindings } from './render-findings.ts';

/** `pre-push REMOTE URL`: judges every commit that is about to be pushed; git tells them on standard input. */
export async function prePush(context: HookContext): Promise<HookAnswer> {
  const { dir, cache, clock, role } = context;
  const repository = await openRepository(dir);
  const findings = new Map<string, Finding>();
  for (const { local, remote } of readPushes(readFileSync(0, 'utf8'))) {
    const from = remote !== null && (await isHere(repository, remote)) ? remote : await startOf(repository, local);
    const checked = await checkDocket(dir, { cache, clock, role, scope: { kind: 'range', range: { from, to: local } } });
    for (const finding of checked.findings) if (finding.level === 'error') findings.set(`${finding.fingerprint} ${finding.commit ?? ''}`, finding);
  }
  if (findings.size === 0) return passed;
  return { exitCode: 1, text: `docket: this push is refused.\n\n${await renderFindings([...findings.values()], 0)}` };
}

/** `LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID`; zeros where there is none. What is deleted is not judged. */
function readPushes(text: string): { local: string; remote: string | null }[] {
  return text.split('\n').flatMap((line) => {
    const [, local = '', , remote = ''] = line.trim().split(' ');
    if (!/^[0-9a-f]{40,64}$/.test(local) || /^0+$/.test(local)) return [];
    return [{ local, remote: /^0*$/.test(remote) ? null : remote }];
  });
}

/** Somebody may have pushed what was not fetched yet. */
async function isHere(repository: Repository, commit: string): Promise<boolean> {
  return (await resolveCommits(repository, [commit])).get(commit)?.status === 'commit';
}

/** Where a branch that the remote does not have yet, or has otherwise, parted from what has landed; null: all of it is new. */
async function startOf(repository: Repository, local: string): Promise<string | null> {
  const landing = await landingRef(repository, null);
  return landing === null ? null : mergeBase(repository, [landing.commit, local]);
}
