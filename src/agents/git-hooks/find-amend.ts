import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

interface Ancestor {
  parent: number;
  argv: string[];
}

/** So many processes stand between git and this one at most: the hook's shell, that of a hook manager, its program. */
const mostAncestors = 8;

/** Does `git commit --amend` run this hook? git tells its hooks nothing of it; the command line of the process that started them does. */
export function isAmending(): boolean {
  let pid = process.ppid;
  for (let step = 0; step < mostAncestors && pid > 1; step += 1) {
    const found = readAncestor(pid);
    if (found === null) return false;
    const commit = findCommit(found.argv);
    if (commit !== null) return commit.some((word) => /^--am(?:e(?:n(?:d)?)?)?$/.test(word));
    pid = found.parent;
  }
  return false;
}

/** The words behind `commit` of a call of git, up to `--`; null where it is none. */
function findCommit(argv: readonly string[]): string[] | null {
  if (!/^git(?:\.exe)?$/.test(basename(argv[0] ?? '')) && !/^git-commit$/.test(basename(argv[0] ?? ''))) return null;
  const at = basename(argv[0] ?? '') === 'git-commit' ? 0 : argv.indexOf('commit');
  if (at < 0) return null;
  const words = argv.slice(at + 1);
  const end = words.indexOf('--');
  return end < 0 ? words : words.slice(0, end);
}

function readAncestor(pid: number): Ancestor | null {
  try {
    const argv = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    // The name of the program stands in brackets and may hold anything; the fields behind it do not.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return { argv, parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0) };
  } catch {
    return process.platform === 'linux' ? null : askPs(pid);
  }
}

function askPs(pid: number): Ancestor | null {
  try {
    const [parent = '', ...argv] = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split(/\s+/);
    return { parent: Number(parent), argv };
  } catch {
    return null;
  }
}
