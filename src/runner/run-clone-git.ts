import { execFile } from 'node:child_process';

/** What git said and how it ended. */
export interface CloneGitEnd {
  code: number;
  stdout: string;
  stderr: string;
}

/** Nothing of the caller's configuration and no transport but files; hooks and filters of no kind. */
const settings = ['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'advice.detachedHead=false', 'init.defaultBranch=main', 'gc.auto=0', 'maintenance.auto=false', 'safe.directory=*'];

/** Runs git for a workspace: with an empty configuration, in `cwd`. Never throws. */
export function runCloneGit(cwd: string, args: readonly string[], input = ''): Promise<CloneGitEnd> {
  const env = {
    PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', LC_ALL: 'C', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'file', GIT_NO_LAZY_FETCH: '1', GIT_ATTR_NOSYSTEM: '1', GIT_TEMPLATE_DIR: '',
  };
  return new Promise((resolve) => {
    const child = execFile('git', [...settings.flatMap((setting) => ['-c', setting]), ...args], { cwd, env, maxBuffer: 1 << 28, encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 128, stdout, stderr: stderr || (error?.message ?? '') });
    });
    child.stdin?.on('error', () => child.stdin?.destroy());
    child.stdin?.end(input);
  });
}
