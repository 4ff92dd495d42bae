import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { createFile, explainFileError } from './create-file.ts';
import { planScaffold, type NewFile } from './plan-scaffold.ts';

export interface ScaffoldResult {
  written: string[];
  /** What was there already, and was left as it is. */
  kept: string[];
  /** Unified diff of what was written, as `git apply` takes it. */
  diff: string;
}

/** Puts the files of a docket, of these phases, and some others below `root` where they are missing; with `dryRun` it only says which. */
export function scaffold(root: string, phases: readonly string[], others: readonly NewFile[], dryRun: boolean): ScaffoldResult {
  const files = [...planScaffold(phases), ...others];
  const missing = files.filter(({ path }) => !exists(root, path));
  const created = dryRun ? missing : missing.filter((file) => createFile(root, file));
  const written = new Set(created.map(({ path }) => path));
  return { written: [...written], kept: files.map(({ path }) => path).filter((path) => !written.has(path)), diff: created.map(diffOf).join('') };
}

function diffOf({ path, text }: NewFile): string {
  return createTwoFilesPatch('/dev/null', `b/${path}`, '', text).replace(/^=+\n/, '');
}

/** A link that leads nowhere counts: it is somebody's, too. */
function exists(root: string, path: string): boolean {
  try {
    return lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw explainFileError(path, error);
  }
}
