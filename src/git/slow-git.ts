import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimpleGit } from 'simple-git';
import { Failure } from '../contract/failure.ts';
import { explainFailure } from './explain-failure.ts';
import type { Repository } from './open-repository.ts';
import { listReferences, parseReferences, resolveRevision, type Reference } from './resolve-revision.ts';
import { overruledSettings, safeEnvironment } from './shut-out-configuration.ts';

/** A local or remote-tracking branch and the commit at its tip. */
export interface Branch {
  /** As people write it: `main`, `origin/main`. */
  name: string;
  kind: 'local' | 'remote';
  tip: string;
}

export interface Remote {
  name: string;
  url: string;
}

/** The ref on which work has landed, and its commit. */
export interface LandingRef {
  name: string;
  commit: string;
}

/**
 * git through the library simple-git, for what nobody waits for. It is loaded when it is first asked for, and waits for the end
 * of git's output only: by default it idles 50 ms after each call.
 */
async function open(repository: Repository): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  const environment = safeEnvironment(process.env, repository.environment);
  return simpleGit({
    baseDir: repository.directory,
    completion: { onClose: true, onExit: false },
    config: [...overruledSettings],
    allowEnvironment: Object.keys(environment),
    // Its guard refuses settings that can name a program. Here they name none: they overrule the repository's.
    unsafe: {
      allowUnsafeAskPass: true,
      allowUnsafeConfigEnvCount: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeCredentialHelper: true,
      allowUnsafeDiffExternal: true,
      allowUnsafeEditor: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeGitProxy: true,
      allowUnsafeGpgProgram: true,
      allowUnsafeHooksPath: true,
      allowUnsafePager: true,
      allowUnsafeProtocolOverride: true,
      allowUnsafeSshCommand: true,
    },
  }).env(environment);
}

async function ask<T>(repository: Repository, question: (git: SimpleGit) => Promise<T>): Promise<T> {
  try {
    return await question(await open(repository));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw explainFailure(repository.root, ['for-each-ref'], { code: 128, stderr: error instanceof Error ? error.message : String(error) });
  }
}

async function references(repository: Repository, prefixes: readonly string[]): Promise<Reference[]> {
  const format = '--format=%(refname)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00%(*objectname)%00%(symref)';
  return parseReferences(Buffer.from(await ask(repository, (git) => git.raw(['for-each-ref', format, ...prefixes])), 'utf8'));
}

/** All local and remote-tracking branches. `origin/HEAD` is none: it only points at one. */
async function listBranches(repository: Repository): Promise<Branch[]> {
  const found = await references(repository, ['refs/heads', 'refs/remotes']);
  return found.flatMap(({ name, commit, target }): Branch[] => {
    if (commit === null || (target !== null && name.endsWith('/HEAD'))) return [];
    const kind = name.startsWith('refs/heads/') ? 'local' : 'remote';
    return [{ name: name.replace(/^refs\/(?:heads|remotes)\//, ''), kind, tip: commit }];
  });
}

/**
 * The landing ref: the name that was given (a branch that only a remote has is found there, as in a clone made for a build), else
 * `origin/HEAD`, or that of the only remote, else the current branch, else HEAD. Null when there is no commit yet.
 * Throws a `Failure` of kind usage when the given name is unknown.
 */
export async function landingRef(repository: Repository, given: string | null): Promise<LandingRef | null> {
  if (given !== null) return resolveLanding(repository, given);
  // Asked for in every run that links: the library would cost more than git.
  const listed = mayHaveRemoteHeads(repository) ? await listReferences(repository, ['refs/remotes/*/HEAD']) : [];
  const heads = listed.filter(({ name, commit }) => commit !== null && /^refs\/remotes\/[^/]+\/HEAD$/.test(name));
  const head = heads.find(({ name }) => name === 'refs/remotes/origin/HEAD') ?? (heads.length === 1 ? heads[0] : undefined);
  if (head?.commit) return { name: (head.target ?? head.name).replace('refs/remotes/', ''), commit: head.commit };
  return repository.head === null ? null : { name: repository.branch ?? 'HEAD', commit: repository.head };
}

/** git writes such a head as a file of its own: where no remote has one, as in a repository without remotes, it need not be asked. */
function mayHaveRemoteHeads({ commonDir }: Repository): boolean {
  if (existsSync(join(commonDir, 'reftable'))) return true;
  const remotes = join(commonDir, 'refs/remotes');
  const names = existsSync(remotes) ? readdirSync(remotes) : [];
  return names.some((name) => existsSync(join(remotes, name, 'HEAD'))) || packsRemoteHeads(join(commonDir, 'packed-refs'));
}

function packsRemoteHeads(file: string): boolean {
  return existsSync(file) && /^[0-9a-f]+ refs\/remotes\/[^/\n]+\/HEAD$/m.test(readFileSync(file, 'latin1'));
}

async function resolveLanding(repository: Repository, given: string): Promise<LandingRef> {
  try {
    return { name: given, commit: await resolveRevision(repository, given) };
  } catch (error) {
    const remote = (await listBranches(repository)).filter(({ name, kind }) => kind === 'remote' && name.endsWith(`/${given}`));
    const own = remote.find(({ name }) => name === `origin/${given}`) ?? (remote.length === 1 ? remote[0] : undefined);
    if (!own) throw error;
    return { name: own.name, commit: own.tip };
  }
}
