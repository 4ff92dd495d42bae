import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { isAlive, ownIdentity, type ProcessIdentity } from '../durable/process-identity.ts';
import { openControlGroup, removeControlGroup, type ControlGroup } from './control-group.ts';
import { killRun } from './kill-processes.ts';
import { defaultLimits } from './limits.ts';

/** Folders of one record or replay, outside of every repository, and the mark of its processes. */
export interface Session {
  folder: string;
  home: string;
  tmp: string;
  mark: string;
  /** Null where none can be made. */
  group: ControlGroup | null;
  /** Ends what still runs and removes the folders. */
  close(): Promise<void>;
}

/** Who a session belongs to, for whoever finds its folder. */
type Owner = ProcessIdentity & { mark: string; group: string | null };

const prefix = 'docket-session-';
const ownerFile = 'owner.json';

/**
 * Opens a session in the system's folder for temporary files. What a session that was killed left behind, processes and folders, is removed first.
 * `root` is the working tree, which the folder may not lie in.
 */
export async function openSession(root: string): Promise<Session> {
  const parent = chooseParent(root);
  await sweep(parent);
  const folder = mkdtempSync(join(parent, prefix));
  const mark = randomUUID();
  const group = openControlGroup(defaultLimits().tasks);
  writeFileSync(join(folder, ownerFile), JSON.stringify({ ...ownIdentity(), mark, group: group?.folder ?? null }));
  const [home, tmp] = [join(folder, 'home'), join(folder, 'tmp')];
  for (const each of [home, tmp]) mkdirSync(each, { mode: 0o700 });
  return {
    folder, home, tmp, mark, group,
    close: async () => {
      await killRun({ mark, folder, group });
      await group?.remove();
      removeFolder(folder);
    },
  };
}

function chooseParent(root: string): string {
  const [first, ...others] = [tmpdir(), '/tmp', '/var/tmp'].filter((path) => existsSync(path)).map((path) => realpathSync(path));
  const outside = [first, ...others].find((path) => path !== undefined && !isInside(root, path));
  return outside ?? first ?? '/tmp';
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith('../'));
}

/** Removes the folders of sessions whose docket is gone, and ends the processes that they left. Only this user's, and only what says whose it is. */
async function sweep(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(parent, name);
    const owner = readOwner(folder);
    if (owner === null || isAlive(owner)) continue;
    if (owner.group !== null) await removeControlGroup(owner.group);
    await killRun({ mark: owner.mark, folder, group: null });
    removeFolder(folder);
  }
}

function readOwner(folder: string): Owner | null {
  try {
    const found = lstatSync(folder);
    if (!found.isDirectory() || (process.geteuid !== undefined && found.uid !== process.geteuid())) return null;
    const value: unknown = JSON.parse(readFileSync(join(folder, ownerFile), 'utf8'));
    return isOwner(value) ? value : null;
  } catch {
    return null;
  }
}

function isOwner(value: unknown): value is Owner {
  return typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number' && 'boot_id' in value && 'started' in value && 'mark' in value && typeof value.mark === 'string' && /^[0-9a-f-]{36}$/.test(value.mark)
    && 'group' in value && (value.group === null || typeof value.group === 'string');
}

/** A command may have made folders that nobody may write to. */
function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    openFolders(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function openFolders(folder: string): void {
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) openFolders(join(folder, entry.name));
  }
}
