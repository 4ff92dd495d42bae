import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';

/** What git would say of a repository that is laid out in the usual way. */
export interface PlainRepository {
  root: string;
  gitDir: string;
  head: string;
}

/** These say where git looks, or how it is configured beside the files. */
const namesOther = /^GIT_(?:DIR|WORK_TREE|COMMON_DIR|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|CONFIG_(?:COUNT|PARAMETERS|KEY_\d+|VALUE_\d+))$/;
const longestFile = 1024 * 1024;

/**
 * Finds the repository around a folder without git, whose start is a tenth of a command that is run hundreds of times a day. Only where nothing is left to
 * interpretation: a folder `.git` of the caller's own with a working tree around it, a configuration in which each line is understood and that moves nothing,
 * HEAD on a commit. Null for all else (linked working trees, submodules, bare and shallow repositories, other formats, other owners), where git has to be asked.
 *
 * @param start an absolute path free of symbolic links
 */
export function locatePlainly(start: string, caller: NodeJS.ProcessEnv): PlainRepository | null {
  if (process.geteuid === undefined || caller['SUDO_UID'] !== undefined || Object.keys(caller).some((name) => namesOther.test(name))) return null;
  try {
    const root = findRoot(start);
    if (root === null) return null;
    const gitDir = join(root, '.git');
    const head = isPlainGitFolder(gitDir) ? readHeadCommit(gitDir) : null;
    return head === null ? null : { root, gitDir, head };
  } catch {
    return null;
  }
}

/** The nearest folder with a `.git` that is a folder; null where another kind of repository is met first, at the end of a file system, and for what others own. */
function findRoot(start: string): string | null {
  const { dev } = lstatSync(start);
  for (let folder = start; ; folder = dirname(folder)) {
    const found = statOf(folder);
    if (found === null || found.dev !== dev) return null;
    const git = statOf(join(folder, '.git'));
    if (git !== null) return git.isDirectory() && git.dev === dev && isMine(git) && isMine(found) ? folder : null;
    // A bare repository, or the inside of a git folder.
    if (statOf(join(folder, 'HEAD')) !== null || folder === dirname(folder)) return null;
  }
}

function isPlainGitFolder(gitDir: string): boolean {
  if (['commondir', 'shallow', 'config.worktree', 'reftable'].some((name) => statOf(join(gitDir, name)) !== null)) return false;
  if (!['objects', 'refs'].every((name) => statOf(join(gitDir, name))?.isDirectory() === true)) return false;
  return moveNothing(readPlain(join(gitDir, 'config')) ?? 'none');
}

/** Whether every line of a configuration has the plainest of forms, and none says that the repository is another than it looks. */
function moveNothing(config: string): boolean {
  const isUnderstood = (line: string): boolean => /^\s*(?:[#;].*|\[[A-Za-z0-9.-]+(?: "[^"\\]*")?\]|[A-Za-z][A-Za-z0-9-]*(?:\s*=[^"\\]*)?)?\s*$/u.test(line);
  if (/include|extensions|worktree/iu.test(config) || !config.split('\n').every(isUnderstood)) return false;
  const said = (key: string): string[] => [...config.matchAll(new RegExp(`\\b${key}\\b(.*)`, 'giu'))].map(([, rest = '']) => rest.replace(/\s/gu, ''));
  return said('bare').join() === '=false' && said('repositoryformatversion').join() === '=0';
}

function readHeadCommit(gitDir: string): string | null {
  const text = readPlain(join(gitDir, 'HEAD')) ?? '';
  if (isCommitLine(text)) return text.trim();
  const branch = /^ref: (refs\/heads\/[\w-]+(?:[./][\w-]+)*)\n$/.exec(text)?.[1];
  if (branch === undefined) return null;
  const path = join(gitDir, branch);
  const loose = statOf(path) === null ? null : (readPlain(path) ?? '');
  if (loose !== null) return isCommitLine(loose) ? loose.trim() : null;
  const packed = readPlain(join(gitDir, 'packed-refs')) ?? '';
  const end = packed.indexOf(` ${branch}\n`);
  const line = end < 40 ? '' : packed.slice(packed.lastIndexOf('\n', end) + 1, end + 1);
  return isCommitLine(line) ? line.trim() : null;
}

function isCommitLine(text: string): boolean {
  return /^[0-9a-f]{40}[\n ]$/.test(text);
}

/** The text of a plain file; null where it is none, or is large. */
function readPlain(path: string): string | null {
  const found = statOf(path);
  return found?.isFile() === true && found.size <= longestFile ? readFileSync(path, 'utf8') : null;
}

function statOf(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}

function isMine({ uid }: Stats): boolean {
  return uid === process.geteuid?.();
}
