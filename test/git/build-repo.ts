import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface CommitOptions {
  /** ISO time; else one minute after the commit before. */
  date?: string;
  /** `Name <mail>` */
  author?: string;
}

/** A real repository in a temporary folder, with fixed names and dates. It is removed when the process ends. */
export interface TestRepo {
  dir: string;
  write(path: string, content: string | Buffer): void;
  remove(path: string): void;
  /** Commits all there is (also nothing) and gives the commit's id. The message is kept byte by byte. */
  commit(message: string | Buffer, options?: CommitOptions): string;
  /** Runs git here and gives its output without the last line break. */
  git(...args: string[]): string;
  /** The same, with standard input and more variables. */
  run(args: readonly string[], options?: { input?: string | Buffer; env?: Record<string, string> }): Buffer;
}

export interface BuildOptions {
  objectFormat?: 'sha1' | 'sha256';
  bare?: boolean;
  /** Where; else a new temporary folder. */
  dir?: string;
}

const made: string[] = [];
process.on('exit', () => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

/** An empty folder that is removed when the process ends; its path holds no symbolic link. */
export function temporaryFolder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'docket-git-')));
  made.push(dir);
  return dir;
}

export async function buildRepo(options: BuildOptions = {}): Promise<TestRepo> {
  const dir = options.dir ?? join(temporaryFolder(), 'repo');
  mkdirSync(dir, { recursive: true });
  const repo = openRepo(dir);
  repo.git('init', '-q', '-b', 'main', '--template=', `--object-format=${options.objectFormat ?? 'sha1'}`, ...(options.bare ? ['--bare'] : []));
  return repo;
}

/** The same for a folder that is a repository already, e.g. a clone. */
export function openRepo(dir: string): TestRepo {
  let minutes = 0;
  const run: TestRepo['run'] = (args, { input = '', env = {} } = {}) =>
    execFileSync('git', ['-C', dir, ...args], { input, env: { ...testEnvironment(), ...env }, maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'pipe'] });
  return {
    dir,
    run,
    git: (...args) => run(args).toString('utf8').replace(/\n$/, ''),
    write: (path, content) => {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), content);
    },
    remove: (path) => rmSync(join(dir, path), { recursive: true }),
    commit: (message, { date, author } = {}) => {
      const at = date ?? new Date(Date.UTC(2026, 0, 1, 0, minutes++)).toISOString();
      const env = { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at };
      run(['add', '-A']);
      run(['commit', '-q', '--no-verify', '--allow-empty', '--allow-empty-message', '--cleanup=verbatim', '-F', '-', ...(author ? ['--author', author] : [])], { input: message, env });
      return run(['rev-parse', 'HEAD']).toString('latin1').trim();
    },
  };
}

/** Nothing of the caller's git: no variables, no configuration. */
export function testEnvironment(): NodeJS.ProcessEnv {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  return {
    ...env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Test Author',
    GIT_AUTHOR_EMAIL: 'author@example.org',
    GIT_COMMITTER_NAME: 'Test Author',
    GIT_COMMITTER_EMAIL: 'author@example.org',
    GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
    GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
  };
}
