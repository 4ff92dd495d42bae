import { Failure } from '../contract/failure.ts';

/** What is known of a call of git that failed; `cause` is set when it could not be started at all. */
interface FailedCall {
  code: number;
  stderr: string;
  cause?: Error;
}

/** Control and format characters: a path in git's complaint may hold some, and they must not reach a terminal. */
const controlCharacters = /[\p{Cc}\p{Cf}]+/gu;

/** Turns a failed call of git into a `Failure` whose message says what was found and whose `next` says what to do. */
export function explainFailure(directory: string, args: readonly string[], call: FailedCall): Failure {
  if (call.cause) return explainMissingProgram(directory, call.cause);
  const { stderr } = call;
  const folder = /dubious ownership in repository at '(.+)'/.exec(stderr)?.[1];
  if (folder !== undefined) {
    return new Failure('usage', `git does not trust ${folder}, because it belongs to another user`, {
      next: `git config --global --add safe.directory ${quoteForShell(folder)}`,
    });
  }
  if (/not a git repository/.test(stderr)) {
    return new Failure('usage', `${directory} is not inside a git repository`, { next: 'cd into a git repository, or run git init' });
  }
  const said = firstLine(stderr);
  if (/corrupt|inflate|bad tree|bad object|hash mismatch|unable to (?:read|unpack)|missing (?:blob|tree|commit)|cannot read|broken/i.test(stderr)) {
    return new Failure('unreadable', `git could not read an object of the repository at ${directory}: ${said}`, { next: 'git fsck' });
  }
  if (/index file|unsupported index|bad signature/.test(stderr)) {
    return new Failure('unreadable', `git could not read the index of the repository at ${directory}: ${said}`, { next: 'git status' });
  }
  if (/bad config|bad (?:numeric|boolean) config|unknown repository extension|repo(?:sitory)? version/.test(stderr)) {
    return new Failure('config', `git could not read the configuration of the repository at ${directory}: ${said}`, { next: 'git config --list --show-origin' });
  }
  if (/unknown option|unrecognized argument|is not a git command/.test(stderr)) {
    return new Failure('usage', `this git is too old for docket: ${said}`, { next: 'install git 2.34 or newer' });
  }
  const words = args.filter((arg) => !arg.startsWith('-')).slice(0, 1);
  return new Failure('unreadable', `git ${words.join(' ')} failed in ${directory}: ${said || `exit code ${call.code}`}`, { next: 'git fsck' });
}

function explainMissingProgram(directory: string, cause: Error): Failure {
  const code = 'code' in cause ? cause.code : undefined;
  // A working directory that is gone is reported by the system as a missing program too; the callers check the folder first.
  if (code === 'ENOENT') return new Failure('usage', 'git was not found', { next: 'install git 2.34 or newer and put it on the PATH' });
  if (code === 'E2BIG') return new Failure('usage', 'too many names for one call of git', { next: 'ask for fewer files at once' });
  return new Failure('unreadable', `git could not be started in ${directory}: ${cause.message}`, { next: 'git --version' });
}

/** The line of git's complaint that says most: the last `fatal:` or `error:`, without marks that could reach a terminal. */
function firstLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((each) => each.startsWith('fatal:')) ?? lines.find((each) => each.startsWith('error:')) ?? lines[0] ?? '';
  return line.replace(/^(?:fatal|error): /, '').replace(controlCharacters, ' ').slice(0, 300);
}

function quoteForShell(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
