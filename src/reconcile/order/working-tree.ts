import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';
import type { ReadTree } from './types.ts';

/** The files below a folder as they are now. Links are not followed: a path is what the repository says it is. */
export function readWorkingTree(root: string): ReadTree {
  return {
    async list(globs) {
      const matches = matchPaths(globs);
      const found = await Promise.all([...new Set(globs.map(baseOf))].map((base) => walk(root, base)));
      return [...new Set(found.flat())].filter(matches);
    },
    async read(path) {
      try {
        return await readFile(join(root, path), 'utf8');
      } catch (error) {
        if (isNothingThere(error)) return null;
        throw error;
      }
    },
  };
}

/** Whether a path matches any of the globs: `*` within one name, `**` across folders, `?`, `[…]`, `{a,b}`. */
export function matchPaths(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  return picomatch([...globs], { dot: true });
}

/** The folder above the first name with a pattern in it, `.` for the root. */
export function baseOf(glob: string): string {
  return picomatch.scan(glob).base.split('/').slice(0, picomatch.scan(glob).isGlob ? undefined : -1).join('/') || '.';
}

async function walk(root: string, folder: string): Promise<string[]> {
  const entries = await readFolder(join(root, folder));
  const paths = await Promise.all(entries.map(async (entry) => {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === '.git' || entry.name === 'node_modules' ? [] : walk(root, path);
    return [path];
  }));
  return paths.flat();
}

async function readFolder(path: string) {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (isNothingThere(error)) return [];
    throw error;
  }
}

function isNothingThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP'].includes(String(error.code));
}
