import { lstatSync } from 'node:fs';
import type { Source } from './file-listing.ts';
import type { Repository } from './open-repository.ts';
import { encodePath, systemPath } from './path-names.ts';
import { runGit } from './run-git.ts';

/** Which of some paths (files or folders, from the root) are there in a source. One process of git at most, two for the index. */
export async function findPaths(repository: Repository, source: Source, paths: Iterable<string>): Promise<Set<string>> {
  const wanted = [...new Set(paths)].filter((path) => path !== '' && !/[\n\0]/.test(path));
  if (wanted.length === 0) return new Set();
  if (source.kind === 'worktree') return new Set(wanted.filter((path) => isThere(repository.root, path)));
  if (source.kind === 'commit') return askObjects(repository, wanted, (path) => `${source.rev}:${path}`);
  const files = await askObjects(repository, wanted, (path) => `:0:${path}`);
  const rest = wanted.filter((path) => !files.has(path));
  if (rest.length === 0) return files;
  const listed = await runGit(repository, ['--bare', 'ls-files', '-z', '--full-name', '--', ...rest.map((path) => `:(top,literal)${path}`)]);
  const below = listed.toString('utf8').split('\0');
  return new Set([...files, ...rest.filter((path) => below.some((file) => file.startsWith(`${path}/`)))]);
}

function isThere(root: string, path: string): boolean {
  return lstatSync(systemPath(root, path), { throwIfNoEntry: false }) !== undefined;
}

async function askObjects(repository: Repository, paths: readonly string[], nameOf: (path: string) => string): Promise<Set<string>> {
  const input = Buffer.concat(paths.flatMap((path) => [encodePath(nameOf(path)), Buffer.from('\n')]));
  const answers = (await runGit(repository, ['--bare', 'cat-file', '--batch-check'], input)).toString('latin1').split('\n');
  return new Set(paths.filter((_, index) => /^[0-9a-f]{40,64} (?:blob|tree|commit) \d+$/.test(answers[index] ?? '')));
}
