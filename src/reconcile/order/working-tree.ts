import { readdir, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { baseOf, depthOf, matchPaths } from './globs.ts';
import type { ReadTree } from './types.ts';

/** The files below a folder as they are now. A link is followed as far as it stays below that folder. */
export function readWorkingTree(root: string): ReadTree {
  return {
    async list(globs) {
      const matches = matchPaths(globs);
      const found = await Promise.all(globs.map((glob) => walk(root, baseOf(glob), depthOf(glob))));
      return [...new Set(found.flat())].filter(matches);
    },
    async read(path) {
      try {
        return await readFile(await resolveInside(root, path), 'utf8');
      } catch (error) {
        if (isNothingThere(error)) return null;
        throw error;
      }
    },
  };
}

async function walk(root: string, folder: string, depth: number): Promise<string[]> {
  if (depth <= 0) return [];
  const entries = await readFolder(root, folder);
  const paths = await Promise.all(entries.map(async (entry) => {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === '.git' || entry.name === 'node_modules' ? [] : walk(root, path, depth - 1);
    return [path];
  }));
  return paths.flat();
}

async function readFolder(root: string, folder: string) {
  try {
    return await readdir(await resolveInside(root, folder), { withFileTypes: true });
  } catch (error) {
    if (isNothingThere(error)) return [];
    throw error;
  }
}

/** Where a path really leads. Out of the repository nothing is there. */
async function resolveInside(root: string, path: string): Promise<string> {
  const [top, target] = await Promise.all([realpath(root), realpath(join(root, path))]);
  if (target === top || target.startsWith(top + sep)) return target;
  throw Object.assign(new Error(`${path} leads out of ${root}`), { code: 'ENOENT' });
}

function isNothingThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP'].includes(String(error.code));
}
