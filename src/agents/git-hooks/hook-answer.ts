import type { Role } from '../../contract/schema/entry.ts';
import type { SaidByGit, StagedCommit } from '../../rules/quick/open-staged.ts';

/** What a hook says to git: its exit code, and what a person reads. */
export interface HookAnswer {
  exitCode: number;
  text: string;
}

export const passed: HookAnswer = { exitCode: 0, text: '' };

/** What a hook knows of its surroundings. */
export interface HookContext {
  dir: string;
  environment: NodeJS.ProcessEnv;
  cache: boolean;
  role: Role | null;
  /** Seconds since 1970. */
  clock: number;
  /** What is about to be committed, where that is known already. */
  commit?: StagedCommit;
}

/** The surroundings as git gives them. */
export function surroundings(environment: NodeJS.ProcessEnv): HookContext {
  const role = environment['DOCKET_ROLE'];
  return { dir: '.', environment, cache: true, role: role === 'builder' || role === 'adversary' || role === 'operator' ? role : null, clock: Date.now() / 1000 };
}

/** What the shell part of a hook asked git before it started this program, by its variables, which nothing that runs below may see. Null: it asked nothing. */
export function takeSaid(environment: NodeJS.ProcessEnv): SaidByGit | null {
  const { DOCKET_PLACE: place = '', DOCKET_STAGED: staged = '' } = environment;
  delete environment['DOCKET_PLACE'];
  delete environment['DOCKET_STAGED'];
  return place === '' ? null : { place, staged };
}

/** Who makes the commit, as git tells its hooks. */
export function authorOf({ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email }: NodeJS.ProcessEnv): { name: string; email: string } | null {
  return name === undefined && email === undefined ? null : { name: name ?? '', email: email ?? '' };
}
