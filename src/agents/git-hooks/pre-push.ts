import { readFileSync } from 'node:fs';
import { tipsOfRemote } from '../../git/landing/reach.ts';
import { listRemotes } from '../../git/list-remotes.ts';
import { openRepository, type Repository } from '../../git/open-repository.ts';
import { resolveCommits } from '../../git/resolve-commits.ts';
import { checkDocket } from '../../rules/check/check-docket.ts';
import type { Finding } from '../../rules/engine/finding.ts';
import { passed, type HookAnswer, type HookContext } from './hook-answer.ts';
import { renderFindings } from './render-findings.ts';

/** `pre-push REMOTE URL`: judges every commit that is about to be pushed and that the remote was not seen to have; git tells them on standard input. */
export async function prePush(context: HookContext, [remote = '']: readonly string[]): Promise<HookAnswer> {
  const { dir, cache, clock, role } = context;
  const repository = await openRepository(dir);
  const pushes = await readPushes(repository, readFileSync(0, 'utf8'));
  const tips = pushes.length === 0 ? [] : await tipsThere(repository, remote);
  const findings = new Map<string, Finding>();
  for (const { local, known } of pushes) {
    const checked = await checkDocket(dir, { cache, clock, role, scope: { kind: 'range', range: { from: known, to: local, without: tips } } });
    for (const finding of checked.findings) if (finding.level === 'error') findings.set(`${finding.fingerprint} ${finding.commit ?? ''}`, finding);
  }
  if (findings.size === 0) return passed;
  return { exitCode: 1, text: `docket: this push is refused.\n\n${await renderFindings([...findings.values()], 0)}` };
}

/** Where the branches of the remote stood when they were last seen. One that is pushed to by its address alone may be any. */
async function tipsThere(repository: Repository, remote: string): Promise<string[]> {
  const isNamed = (await listRemotes(repository)).some(({ name }) => name === remote);
  return tipsOfRemote(repository, isNamed ? remote : null);
}

interface Push {
  local: string;
  /** Where the branch stands there; null where it is new there, and where somebody pushed what was not fetched yet. */
  known: string | null;
}

/** `LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID`; zeros where there is none. What is deleted is not judged, nor what is no commit. */
async function readPushes(repository: Repository, text: string): Promise<Push[]> {
  const isId = (word: string): boolean => /^[0-9a-f]{40,64}$/u.test(word) && !/^0+$/u.test(word);
  const lines = text.split('\n').map((line) => line.trim().split(' ')).filter(([, local = '']) => isId(local));
  const here = await resolveCommits(repository, lines.flatMap(([, local = '', , remote = '']) => (isId(remote) ? [local, remote] : [local])));
  const commitOf = (id: string): string | null => {
    const found = here.get(id);
    return found?.status === 'commit' ? found.commit : null;
  };
  return lines.flatMap(([, local = '', , remote = '']) => {
    const commit = commitOf(local);
    return commit === null ? [] : [{ local: commit, known: commitOf(remote) }];
  });
}
