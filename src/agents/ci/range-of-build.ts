import { Failure } from '../../contract/failure.ts';
import type { Repository } from '../../git/open-repository.ts';
import { tryGit } from '../../git/run-git.ts';
import { ciVariables } from './detect-ci.ts';
import { readEvent, type CiEvent } from './read-event.ts';

/** The commits that a build has to judge: those that `to` has and `from` has not; all for null. */
export interface BuildRange {
  from: string | null;
  to: string;
}

/**
 * The commits that a build is about, so that no commit comes in unjudged: of a pull request or a queue of merges what the target has not; of another branch what the default
 * branch has not, whatever was pushed before, so that a new branch and a forced push are no exceptions; of the default branch what this push brought. What cannot be told
 * (a forced push whose old end is gone) is everything. Throws a usage failure outside of a build, and where the clone is cut off before the range begins.
 */
export async function rangeOfBuild(repository: Repository, environment: NodeJS.ProcessEnv): Promise<BuildRange> {
  const event = readEvent(environment);
  if (event === null) throw new Failure('usage', `Unexpected --range ci outside of a build: none of ${ciVariables} is set.`, { next: 'docket check --range origin/main..HEAD' });
  const from = await startOf(repository, event);
  if (from === null && repository.shallow) throw new Failure('usage', 'This clone is cut off before the commits that the build has to judge.', { next: 'Have the build clone all of the history: `fetch-depth: 0`, `depth: 0` or `GIT_DEPTH: 0`.' });
  return { from, to: 'HEAD' };
}

async function startOf(repository: Repository, { base, target, before, branch, defaultBranch }: CiEvent): Promise<string | null> {
  if (target !== null || base !== null) return (await commitOf(repository, base)) ?? (await tipOf(repository, target));
  const known = defaultBranch ?? (await defaultOf(repository));
  if (known !== null && branch !== known) {
    const tip = await tipOf(repository, known);
    if (tip !== null) return tip;
  }
  const old = await commitOf(repository, before);
  // A pipeline that is run again says that it was there before itself.
  return old === repository.head ? null : old;
}

/** A commit that is here; null for one that is not, and for the zeros that mean none. */
async function commitOf(repository: Repository, name: string | null): Promise<string | null> {
  return name === null || !/^[0-9a-f]{40,64}$/u.test(name) || /^0+$/u.test(name) ? null : resolve(repository, name);
}

/** Where a branch stands on the remote, as far as the clone knows. */
async function tipOf(repository: Repository, branch: string | null): Promise<string | null> {
  return branch === null ? null : resolve(repository, `refs/remotes/origin/${branch}`);
}

async function defaultOf(repository: Repository): Promise<string | null> {
  const { code, stdout } = await tryGit(repository, ['--bare', 'symbolic-ref', '-q', 'refs/remotes/origin/HEAD']);
  return code === 0 ? stdout.toString('utf8').trim().replace(/^refs\/remotes\/origin\//u, '') : null;
}

async function resolve(repository: Repository, name: string): Promise<string | null> {
  const { code, stdout } = await tryGit(repository, ['--bare', 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  return code === 0 ? stdout.toString('latin1').trim() : null;
}
