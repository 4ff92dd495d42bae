import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openRepository } from '../git/open-repository.ts';
import { changedPaths } from '../git/scope/compare-files.ts';
import { filesOfWorktree } from '../git/scope/read-files.ts';
import type { TreeFiles } from '../git/scope/tree-id.ts';
import { runCloneGit } from './run-clone-git.ts';
import { lastLine, type Workspace } from './workspace.ts';

/** A change that a negative control makes to the code. */
export type Mutation =
  | { kind: 'patch'; patch: string }
  /** The code as it was at a commit, for the paths in scope. */
  | { kind: 'revert'; to: string; inScope: (path: string) => boolean }
  /** It could not be found. */
  | { kind: 'missing'; why: string };

/** A mutation that was made, with the way back; or why it could not be made. `changed` says whether any byte of the tree is another. */
export type Mutated = { broken: null; changed: boolean; undo: () => Promise<string | null> } | { broken: string };

/** Makes the change in a workspace. */
export async function mutate(workspace: Workspace, mutation: Mutation): Promise<Mutated> {
  if (mutation.kind === 'missing') return { broken: mutation.why };
  const before = await read(workspace);
  const patch = mutation.kind === 'patch' ? mutation.patch : await reverseOf(workspace, mutation);
  if (patch.trim() === '') return { broken: null, changed: false, undo: async () => null };
  const applied = await runCloneGit(workspace.folder, ['apply', '--whitespace=nowarn', '-'], patch);
  if (applied.code !== 0) return { broken: `the patch does not apply: ${lastLine(applied.stderr)}` };
  const changed = changedPaths(before, await read(workspace), everywhere);
  return { broken: null, changed: changed.length > 0, undo: () => takeBack(workspace, patch, before) };
}

function everywhere(): boolean {
  return true;
}

async function read({ folder }: Workspace): Promise<TreeFiles> {
  return (await filesOfWorktree(await openRepository(folder, {}))).files;
}

/** From the files as they lie there, uncommitted changes included, to those of the commit. */
async function reverseOf({ folder }: Workspace, { to, inScope }: Extract<Mutation, { kind: 'revert' }>): Promise<string> {
  const names = await runCloneGit(folder, ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', to, '--']);
  const paths = names.stdout.split('\0').filter((path) => path !== '' && inScope(path));
  if (paths.length === 0) return '';
  return (await runCloneGit(folder, ['--literal-pathspecs', 'diff', '-R', '--binary', '--full-index', '--no-renames', '--no-ext-diff', '--no-textconv', to, '--', ...paths])).stdout;
}

/** Takes a patch back; where the check has changed the same files meanwhile, they get the bytes that they had. Null when all is as before. */
async function takeBack(workspace: Workspace, patch: string, before: TreeFiles): Promise<string | null> {
  await runCloneGit(workspace.folder, ['apply', '--reverse', '--whitespace=nowarn', '-'], patch);
  const touched = new Set((await runCloneGit(workspace.folder, ['apply', '--numstat', '-z', '-'], patch)).stdout.split('\0').map((line) => line.slice(line.lastIndexOf('\t') + 1)));
  for (const path of changedPaths(before, await read(workspace), (each) => touched.has(each))) await restore(workspace, path, before);
  const left = changedPaths(before, await read(workspace), (each) => touched.has(each));
  return left.length === 0 ? null : `the mutation could not be taken back: ${left.join(', ')}`;
}

async function restore({ folder }: Workspace, path: string, before: TreeFiles): Promise<void> {
  rmSync(join(folder, path), { recursive: true, force: true });
  if (!before.has(path)) return;
  await runCloneGit(folder, ['--literal-pathspecs', 'checkout', '--quiet', '--force', 'HEAD', '--', path]);
}
