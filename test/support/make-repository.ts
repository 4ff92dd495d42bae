import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const who = { name: 'Project Loop', email: 'loop@example.org' };

/** A repository in a temporary folder, with fixed names and dates and nothing of the caller's git configuration. */
export interface Repository {
  dir: string;
  git(...args: string[]): string;
  write(path: string, content: string | Buffer): void;
  /** Commits all there is, also when nothing changed; gives the full sha. */
  commit(message: string, at: string): string;
  remove(): void;
}

export function makeRepository(): Repository {
  const dir = mkdtempSync(join(tmpdir(), 'docket-test-'));
  const git = (args: string[], date?: string): string =>
    execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8', env: { ...shutOut(), ...(date ? { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } : {}) } });
  git(['init', '-q', '--initial-branch=main']);
  return {
    dir,
    git: (...args) => git(args).trimEnd(),
    write(path, content) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), content);
    },
    commit(message, at) {
      git(['add', '-A']);
      git(['commit', '-q', '--no-verify', '--allow-empty', '-m', message], at);
      return git(['rev-parse', 'HEAD']).trim();
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** The environment without the caller's git: no variables, no configuration, one fixed author. */
function shutOut(): NodeJS.ProcessEnv {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  return {
    ...env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: who.name,
    GIT_AUTHOR_EMAIL: who.email,
    GIT_COMMITTER_NAME: who.name,
    GIT_COMMITTER_EMAIL: who.email,
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
  };
}
