import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Failure } from '../../contract/failure.ts';
import { removeFile, replaceFile } from '../../durable/replace-file.ts';
import { diffOfFile } from '../../edits/unified-diff.ts';
import { openRepository, type Repository } from '../../git/open-repository.ts';
import { withFramework, withLefthook, withoutLines } from './edit-manager-file.ts';
import { hasBlock, isMadeByDocket, isShellScript, withBlock, withoutBlock } from './edit-script.ts';
import { findManager, type Manager } from './find-manager.ts';
import { removeHookPaths, writeHookPaths } from './hook-paths.ts';
import { hookBlock, type Program } from './hook-script.ts';
import { hookNames, type HookName, type ManagerName } from './names.ts';

export interface HookInstallation {
  manager: ManagerName;
  /** Files that were written or taken away, relative to the root. */
  written: string[];
  /** Hooks that were there before and still run. */
  chained: string[];
  diff: string;
}

export interface InstallHooksOptions {
  /** The words that start this docket. */
  program: readonly string[];
  hooks: readonly HookName[];
  manager: ManagerName | null;
  uninstall: boolean;
  dryRun: boolean;
  /** Files of others may be changed without a question. */
  yes: boolean;
}

/** What is to become of one file. `aside` is where what stands there goes, or comes back from. */
interface FileChange {
  path: string;
  before: Buffer | null;
  after: string | null;
  /** Is it made new, to be run by git? One that is there keeps its mode. */
  executable: boolean;
  aside: { from: string; to: string } | null;
}

/**
 * Puts docket's lines into the hooks of a repository, in front of what is there, or takes them out again, after which every file is as it was before. To be
 * called under the lock. Throws a `Failure` of kind usage where the files of others would change and nobody said yes, and nothing has changed then.
 */
export async function installHooks(dir: string, options: InstallHooksOptions): Promise<HookInstallation> {
  const repository = await openRepository(dir);
  if (repository.bare) throw new Failure('usage', `${repository.root} has no working tree, so nothing is committed there`, { next: 'git worktree list' });
  const manager = await findManager(repository, options.manager);
  const changes = manager.name === 'plain' || manager.name === 'husky' ? planScripts(manager, options) : planManagerFile(manager, options);
  const changed = changes.filter(({ before, after, aside }) => aside !== null || (before?.toString('utf8') ?? null) !== after);
  const touched = changed.filter(({ before }) => before !== null && !isOwn(before));
  const show = (path: string): string => relative(repository.root, path).replaceAll('\\', '/');
  const diff = changed.map(({ path, before, after }) => diffOfFile(show(path), before, Buffer.from(after ?? ''))).join('');
  if (touched.length > 0 && !options.yes && !options.uninstall && !options.dryRun) {
    throw new Failure('usage', `${touched.map(({ path }) => show(path)).join(', ')} ${touched.length === 1 ? 'is' : 'are'} there already; docket would put its lines in front`, { next: 'docket install hooks --yes' });
  }
  const result = { manager: manager.name, written: changed.map(({ path }) => show(path)), chained: changes.flatMap(({ path, before, aside }) => (before !== null && (aside !== null || !isOwn(before)) ? [show(path)] : [])), diff };
  if (options.dryRun) return result;
  for (const change of changed) apply(change);
  await keepPaths(repository, options.uninstall);
  return result;
}

async function keepPaths({ root, commonDir }: Repository, uninstall: boolean): Promise<void> {
  if (uninstall) removeHookPaths(commonDir);
  else await writeHookPaths(root);
}

/** Did docket make this file, and nobody else put anything into it? */
function isOwn(bytes: Buffer): boolean {
  return withoutBlock(bytes.toString('utf8')) === null;
}

/** Scripts of git itself and of husky: a block in those that a shell reads; others, and links, go aside and are called. */
function planScripts(manager: Manager, { program, hooks, uninstall }: InstallHooksOptions): FileChange[] {
  const how: Program = manager.committed || manager.name === 'husky' ? { kind: 'portable' } : { kind: 'here', words: program };
  const names = uninstall ? hookNames : hooks;
  return names.flatMap((name): FileChange[] => {
    const path = join(manager.path, name);
    const change = uninstall ? planRemoval(path) : planScript(path, name, how);
    return change === null ? [] : [change];
  });
}

const asideName = (path: string): string => `${path}.before-docket`;

function planScript(path: string, name: HookName, how: Program): FileChange {
  const found = lstatSync(path, { throwIfNoEntry: false });
  const husky = how.kind === 'portable' && path.includes('.husky');
  if (!found) return { path, before: null, after: `${husky ? '' : '#!/bin/sh\n'}${hookBlock(name, how, true)}`, executable: !husky, aside: null };
  const before = found.isFile() ? readFileSync(path) : Buffer.alloc(0);
  const text = before.toString('utf8');
  const runs = (found.mode & 0o111) !== 0 || husky;
  if (found.isFile() && hasBlock(text)) return { path, before, after: withBlock(text, hookBlock(name, how, isMadeByDocket(text))), executable: false, aside: null };
  if (found.isFile() && runs && isShellScript(text) && Buffer.from(text).equals(before)) return { path, before, after: withBlock(text, hookBlock(name, how, false)), executable: false, aside: null };
  // What git does not run today it must not run tomorrow, either.
  const call = `[ ! -x "$0.before-docket" ] || exec "$0.before-docket" "$@"\n`;
  return { path, before, after: `#!/bin/sh\n${hookBlock(name, how, true)}${call}`, executable: true, aside: { from: path, to: asideName(path) } };
}

function planRemoval(path: string): FileChange | null {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) return null;
  const before = readFileSync(path);
  const text = before.toString('utf8');
  if (!hasBlock(text)) return null;
  const aside = lstatSync(asideName(path), { throwIfNoEntry: false }) ? { from: asideName(path), to: path } : null;
  return { path, before, after: aside === null ? withoutBlock(text) : null, executable: false, aside };
}

function planManagerFile(manager: Manager, { hooks, uninstall }: InstallHooksOptions): FileChange[] {
  const before = readFileSync(manager.path);
  const text = before.toString('utf8');
  const after = uninstall ? withoutLines(text) : manager.name === 'lefthook' ? withLefthook(text, hooks) : withFramework(text, hooks);
  return [{ path: manager.path, before, after, executable: false, aside: null }];
}

function apply({ path, after, executable, aside }: FileChange): void {
  mkdirSync(dirname(path), { recursive: true });
  if (aside !== null && aside.from === path) {
    if (existsSync(aside.to)) throw new Failure('usage', `${aside.to} is there already`, { next: `mv ${aside.to} ${aside.to}.old` });
    renameSync(aside.from, aside.to);
  }
  if (after === null) removeFile(path);
  else replaceFile(path, after, executable ? 0o777 : 0o666);
  if (after !== null && executable) chmodSync(path, lstatSync(path).mode | 0o111);
  if (aside !== null && aside.to === path) renameSync(aside.from, aside.to);
}
