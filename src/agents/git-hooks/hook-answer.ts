import type { Role } from '../../contract/schema/entry.ts';

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
}

/** Who makes the commit, as git tells its hooks. */
export function authorOf({ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email }: NodeJS.ProcessEnv): { name: string; email: string } | null {
  return name === undefined && email === undefined ? null : { name: name ?? '', email: email ?? '' };
}
