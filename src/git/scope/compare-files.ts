import type { ObjectFormat } from '../open-repository.ts';
import { treeId, type TreeFile, type TreeFiles } from './tree-id.ts';

/** The id of the tree of those files that are in scope. */
export function scopedTree(files: TreeFiles, inScope: (path: string) => boolean, format: ObjectFormat): string {
  return treeId(new Map([...files].filter(([path]) => inScope(path))), format);
}

/** The paths in scope that differ, sorted. */
export function changedPaths(before: TreeFiles, after: TreeFiles, inScope: (path: string) => boolean): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => inScope(path) && !isSame(before.get(path), after.get(path))).toSorted();
}

function isSame(a: TreeFile | undefined, b: TreeFile | undefined): boolean {
  return a?.id === b?.id && a?.mode === b?.mode;
}
