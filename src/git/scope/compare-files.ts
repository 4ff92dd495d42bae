import type { ObjectFormat } from '../open-repository.ts';
import type { InScope } from './scope.ts';
import { treeId, type TreeFile, type TreeFiles } from './tree-id.ts';

/** The id of the tree of those files that are in scope. */
export function scopedTree(files: TreeFiles, inScope: InScope, format: ObjectFormat): string {
  return treeId(new Map([...files].filter(([path]) => inScope(path))), format);
}

/** The paths in scope that differ, sorted. */
export function changedPaths(before: TreeFiles, after: TreeFiles, inScope: InScope): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => inScope(path) && !isSame(before.get(path), after.get(path))).toSorted();
}

function isSame(a: TreeFile | undefined, b: TreeFile | undefined): boolean {
  return a?.id === b?.id && a?.mode === b?.mode;
}
