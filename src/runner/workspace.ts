import { copyFileSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Repository } from '../git/open-repository.ts';
import { runCloneGit } from './run-clone-git.ts';

/** A checkout of one commit in a folder of its own. */
export interface Workspace {
  folder: string;
  commit: string;
  /** Untracked paths that are part of it: what was installed. */
  kept: readonly string[];
  /** What its tracked files were when it was ready, against the commit: empty but for uncommitted changes that were put over them. */
  changes: string;
}

/** A workspace, or why there is none. */
export type Opened = { ok: true; workspace: Workspace } | { ok: false; why: string };

/** How the objects come: `shared` reads those of the repository, `cold` copies them by a clone, as onto another machine. */
export type WorkspaceKind = 'shared' | 'cold';

/**
 * Checks a commit out into a new folder, detached, with no remote, no hook and no configuration of anybody's. The repository is only read: neither
 * a reference nor a registered working tree is made in it, so that nothing stays behind in it whatever happens.
 */
export async function openWorkspace(repository: Repository, commit: string, folder: string, kind: WorkspaceKind): Promise<Opened> {
  mkdirSync(folder, { recursive: true });
  const made = kind === 'cold' ? await clone(repository, commit, folder) : await share(repository, folder);
  if (made !== null) return { ok: false, why: made };
  const checkout = await runCloneGit(folder, ['checkout', '--quiet', '--detach', '--force', commit, '--']);
  if (checkout.code !== 0) return { ok: false, why: `${commit.slice(0, 12)} could not be checked out: ${lastLine(checkout.stderr)}` };
  return { ok: true, workspace: { folder, commit, kept: [], changes: '' } };
}

async function share(repository: Repository, folder: string): Promise<string | null> {
  const init = await runCloneGit(folder, ['init', '--quiet', `--object-format=${repository.objectFormat}`]);
  if (init.code !== 0) return lastLine(init.stderr);
  const objects = repository.environment['GIT_OBJECT_DIRECTORY'] ?? join(repository.commonDir, 'objects');
  mkdirSync(join(folder, '.git/objects/info'), { recursive: true });
  writeFileSync(join(folder, '.git/objects/info/alternates'), `${quotePath(objects)}\n`);
  const shallow = join(repository.commonDir, 'shallow');
  if (lstatSync(shallow, { throwIfNoEntry: false })?.isFile() === true) copyFileSync(shallow, join(folder, '.git/shallow'));
  return null;
}

/** git reads a line that begins with a quotation mark as a string of C. */
function quotePath(path: string): string {
  return /["\\\p{Cc}]/u.test(path) ? JSON.stringify(path) : path;
}

async function clone(repository: Repository, commit: string, folder: string): Promise<string | null> {
  const made = await runCloneGit(folder, ['clone', '--quiet', '--no-local', '--no-checkout', '--template=', '--', repository.commonDir, '.']);
  if (made.code !== 0) return `it could not be cloned: ${lastLine(made.stderr)}`;
  const has = async (): Promise<boolean> => (await runCloneGit(folder, ['cat-file', '-e', `${commit}^{commit}`])).code === 0;
  // A detached HEAD, as in a build, is on no branch and is asked for by its name.
  if (!(await has()) && commit === repository.head) await runCloneGit(folder, ['fetch', '--quiet', '--upload-pack', 'git -c uploadpack.allowAnySHA1InWant=true upload-pack', 'origin', commit]);
  if (!(await has())) return `${commit.slice(0, 12)} is on no branch, so that a fresh clone does not have it`;
  const alone = await runCloneGit(folder, ['remote', 'remove', 'origin']);
  return alone.code === 0 ? null : lastLine(alone.stderr);
}

/** The same workspace, to which everything that is untracked now belongs; tracked files are those of the commit. */
export async function keepUntracked(workspace: Workspace): Promise<Workspace> {
  await runCloneGit(workspace.folder, ['checkout', '--quiet', '--detach', '--force', workspace.commit, '--']);
  const { stdout } = await runCloneGit(workspace.folder, ['ls-files', '-z', '--others', '--exclude-standard', '--directory']);
  return { ...workspace, kept: stdout.split('\0').filter((path) => path !== '') };
}

/** Makes tracked files as they were and removes new ones; what is ignored (built) or was installed stays. */
export async function resetWorkspace({ folder, commit, kept }: Workspace): Promise<void> {
  await runCloneGit(folder, ['checkout', '--quiet', '--detach', '--force', commit, '--']);
  await runCloneGit(folder, ['clean', '--quiet', '-f', '-f', '-d', ...kept.flatMap((path) => ['-e', `/${path.replace(/[\\*?[\]!#]/g, String.raw`\$&`)}`])]);
}

/** Puts files of the working tree over those of the commit, as they lie there; those that are gone there go. */
export function overlayFiles(root: string, paths: readonly string[], { folder }: Workspace): void {
  for (const path of paths) {
    const [from, to] = [join(root, path), join(folder, path)];
    const found = lstatSync(from, { throwIfNoEntry: false });
    rmSync(to, { recursive: true, force: true });
    if (found === undefined || found.isDirectory()) continue;
    mkdirSync(dirname(to), { recursive: true });
    if (found.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else if (found.isFile()) writeFileSync(to, readFileSync(from), { mode: found.mode & 0o777 });
  }
}

/** How tracked files differ from the commit, as a listing that is the same for the same bytes. */
export async function readChanges({ folder }: Pick<Workspace, 'folder'>): Promise<string> {
  const { stdout } = await runCloneGit(folder, ['diff', '--binary', '--full-index', '--no-renames', '--no-ext-diff', '--no-textconv', 'HEAD', '--']);
  return stdout;
}

/** The tracked files that are not as they were when the workspace was ready. */
export async function changedSinceReady(workspace: Workspace): Promise<string[]> {
  if ((await readChanges(workspace)) === workspace.changes) return [];
  return (await runCloneGit(workspace.folder, ['diff', '--name-only', '--no-renames', 'HEAD', '--'])).stdout.split('\n').filter((path) => path !== '');
}

export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
