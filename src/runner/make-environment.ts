import { markVariable } from './kill-processes.ts';

/** Folders of a run, each of its own and empty when it begins. */
export interface RunFolders {
  home: string;
  tmp: string;
}

/** What a command may need of the caller to find its programs and to speak; nothing else is passed on. */
const passedOn = ['PATH', 'USER', 'LOGNAME', 'NIX_PATH', 'NIX_SSL_CERT_FILE', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'SystemRoot'];

const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';

/** Variables that would have bash or the loader run other code than what is written: not even `env=` passes them. */
const neverPassed = /^(?:BASH_ENV|ENV|SHELLOPTS|BASHOPTS|PROMPT_COMMAND|PS4|IFS|LD_.*|DYLD_.*|HOME|TMPDIR|TMP|TEMP|DOCKET_.*|GIT_.*|BASH_FUNC_.*)$/;

/** Whether a variable may be passed to a reproduction by its name. */
export function mayPass(name: string): boolean {
  return !neverPassed.test(name);
}

/** The whole environment of a command: an allow-list of the caller's, an empty HOME, folders of its own, and `names`, which the reproduction asks for. */
export function makeEnvironment(caller: NodeJS.ProcessEnv, folders: RunFolders, names: readonly string[], mark: string): Record<string, string> {
  // One language and one time zone everywhere, so that what is printed here is printed on the next machine.
  const environment: Record<string, string> = { LANG: locale, LC_ALL: locale, TZ: 'UTC' };
  for (const name of [...passedOn, ...names.filter(mayPass)]) {
    const value = caller[name];
    if (value !== undefined) environment[name] = value;
  }
  return {
    ...environment,
    HOME: folders.home,
    TMPDIR: folders.tmp,
    TERM: 'dumb',
    NO_COLOR: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    // A workspace lies in a folder of the system: git and others are not to find a repository above it.
    GIT_CEILING_DIRECTORIES: folders.tmp.slice(0, folders.tmp.lastIndexOf('/')),
    [markVariable]: mark,
  };
}
