import type { Source } from './file-listing.ts';
import type { Repository } from './open-repository.ts';
import { decodePath } from './path-names.ts';
import { tryGit } from './run-git.ts';

/** A line of a file that holds what was looked for. */
export interface FoundLine {
  path: string;
  line: number;
  text: string;
}

/** So many lines at most: a file that repeats the words tells nothing more. */
const mostLines = 2000;

/**
 * The lines of a source's tracked text files that match an extended regular expression, below the root and outside of some folders; one process of git,
 * which converts nothing. Lines of the working tree are as they lie there.
 */
export async function findLines(repository: Repository, source: Source, pattern: string, without: readonly string[]): Promise<FoundLine[]> {
  const tree = source.kind === 'commit' ? [source.rev] : [];
  const options = ['-n', '-z', '-I', '-E', '--no-color', '--full-name', '--no-textconv', '--no-recurse-submodules', ...(source.kind === 'index' ? ['--cached'] : [])];
  const limits = [':(top)', ...without.map((folder) => `:(top,exclude,literal)${folder}`)];
  const place = source.kind === 'worktree' ? { directory: repository.root, environment: { ...repository.environment, GIT_WORK_TREE: repository.root } } : repository;
  const bare = source.kind === 'worktree' ? [] : ['--bare'];
  const { code, stdout } = await tryGit(place, [...bare, 'grep', ...options, '-e', pattern, ...tree, '--', ...limits]);
  return code > 1 ? [] : parseLines(stdout, source.kind === 'commit' ? `${source.rev}:` : '');
}

/** `PATH NUL LINE NUL TEXT LF`. */
function parseLines(output: Buffer, prefix: string): FoundLine[] {
  const found: FoundLine[] = [];
  for (let at = 0; at < output.length && found.length < mostLines; ) {
    const pathEnd = output.indexOf(0, at);
    const lineEnd = output.indexOf(0, pathEnd + 1);
    const textEnd = output.indexOf(10, lineEnd + 1);
    if (pathEnd < 0 || lineEnd < 0) break;
    const path = decodePath(output.subarray(at, pathEnd));
    const end = textEnd < 0 ? output.length : textEnd;
    found.push({ path: path.startsWith(prefix) ? path.slice(prefix.length) : path, line: Number(output.toString('latin1', pathEnd + 1, lineEnd)), text: output.toString('utf8', lineEnd + 1, Math.min(end, lineEnd + 1001)) });
    at = end + 1;
  }
  return found;
}
