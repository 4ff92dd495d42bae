import { decodePath, encodePath } from '../path-names.ts';
import { runGit, type GitPlace } from '../run-git.ts';

/** A file is followed through so many renames, one after the other. */
const mostRenames = 8;

/**
 * The names that files, or the files of folders, had after some others, by following their renames on every branch; by the name that was asked for. Two
 * processes of git for each rename of the one that was renamed most, however many are asked for.
 */
export async function readLaterNames(repository: GitPlace, paths: Iterable<string>): Promise<Map<string, Set<string>>> {
  const later = new Map([...new Set(paths)].map((path) => [path, new Set<string>()]));
  let open = new Set(later.keys());
  for (let step = 0; step < mostRenames && open.size > 0; step += 1) {
    const renames = await readRenames(repository, open);
    const next = new Set<string>();
    for (const [asked, names] of later) {
      for (const [from, to] of renames) {
        if (![asked, ...names].some((name) => isAt(from, name)) || to === asked || names.has(to)) continue;
        names.add(to);
        next.add(to);
      }
    }
    open = next;
  }
  return later;
}

function isAt(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}/`);
}

/** Where files went that any commit took away from these names. */
async function readRenames(repository: GitPlace, paths: ReadonlySet<string>): Promise<[from: string, to: string][]> {
  const limit = [...paths].filter((path) => !/[\n\0]/.test(path)).map((path) => Buffer.concat([Buffer.from(':(top,literal)'), encodePath(path), Buffer.from('\n')]));
  if (limit.length === 0) return [];
  const gone = await runGit(repository, ['--bare', 'log', '--format=%H', '--full-history', '--branches', '--remotes', 'HEAD', '--no-renames', '--diff-filter=D', '--no-ext-diff', '--no-textconv', '--stdin'], Buffer.concat([Buffer.from('--\n'), ...limit]));
  const options = ['-r', '--no-commit-id', '--name-status', '-z', '--find-renames=50%', '-l1000', '--diff-filter=R', '--no-ext-diff', '--no-textconv', '--diff-merges=first-parent'];
  const fields = (await runGit(repository, ['--bare', 'diff-tree', '--stdin', ...options], gone)).toString('latin1').split('\0');
  const renames: [string, string][] = [];
  for (let index = 0; index + 2 < fields.length; index += 3) renames.push([decodeName(fields[index + 1]), decodeName(fields[index + 2])]);
  return renames.filter(([from]) => [...paths].some((path) => isAt(from, path)));
}

function decodeName(field: string | undefined): string {
  return decodePath(Buffer.from(field ?? '', 'latin1'));
}
