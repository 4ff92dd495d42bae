import { lstatSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { Failure } from '../contract/failure.ts';
import type { Repository } from './open-repository.ts';
import { systemPath } from './path-names.ts';

/** What stands at a path of the working tree. */
export type WorktreePath = { type: 'file' } | { type: 'folder' } | { type: 'link'; at: string; target: string | null } | { type: 'other' };

/**
 * The paths from the root that somebody means who stands in `dir` and writes `path`: as seen from there, else from the root. Throws a `Failure` of kind
 * usage for one that leads out of the repository.
 */
export function locatePath(repository: Repository, dir: string, path: string): string[] {
  const { root, bare } = repository;
  const start = bare ? root : realpathSync(dir);
  const fromHere = inside(root, resolve(start, path)) ?? (isAbsolute(path) ? inside(root, throughLinks(path)) : null);
  const fromRoot = isAbsolute(path) ? null : inside(root, join(root, path));
  const found = [...new Set([fromHere, fromRoot])].filter((each): each is string => each !== null);
  if (found.length > 0) return found;
  throw new Failure('usage', `${path} lies outside of the repository at ${root}`, { next: 'give a file of this repository' });
}

/** Null where it leads out; the root itself is the empty path. */
function inside(root: string, path: string): string | null {
  const way = relative(root, path);
  return way === '..' || way.startsWith('../') || isAbsolute(way) ? null : way;
}

/** The folder of an absolute path may be reached through a link: `/tmp` on some systems, a link to the repository. */
function throughLinks(path: string): string {
  try {
    return join(realpathSync(dirname(path)), path.slice(path.lastIndexOf('/') + 1));
  } catch {
    return path;
  }
}

/** What is there in the working tree, looked at folder by folder: nothing behind a symbolic link is. Null where there is nothing. */
export function lookInWorktree({ root }: Repository, path: string): WorktreePath | null {
  const names = path.split('/');
  for (const index of names.keys()) {
    const at = names.slice(0, index + 1).join('/');
    const found = statOf(root, at);
    if (found === null) return null;
    if (found.isSymbolicLink()) return { type: 'link', at, target: index === names.length - 1 ? targetOf(root, at) : null };
    if (index === names.length - 1) return found.isFile() ? { type: 'file' } : found.isDirectory() ? { type: 'folder' } : { type: 'other' };
    if (!found.isDirectory()) return null;
  }
  return null;
}

function statOf(root: string, path: string): Stats | null {
  try {
    return lstatSync(systemPath(root, path));
  } catch {
    return null;
  }
}

/** Where a link leads to inside of the repository; null where it leads out, or nowhere. */
function targetOf(root: string, at: string): string | null {
  try {
    return inside(root, resolve(root, dirname(at), readlinkSync(systemPath(root, at), 'utf8')));
  } catch {
    return null;
  }
}
