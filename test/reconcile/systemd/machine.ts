import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Argv } from '../../../src/reconcile/spec/types.ts';
import { childOf } from '../real-host.ts';

/** A machine whose first process is a real systemd, in name spaces of its own on this one. */
export interface Machine {
  /** `systemctl` of that machine, to be run from here. */
  systemctl: Argv;
  /** Runs a command in it. */
  run: (...argv: string[]) => string;
  /** A file of it. */
  read: (path: string) => Promise<string>;
  stop: () => Promise<void>;
}

/** Boots a machine with these files, by absolute path; `default.target` must be among them. */
export async function bootMachine(files: Record<string, string>): Promise<Machine> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-machine-'));
  const [root, given] = [join(folder, 'root'), join(folder, 'files')];
  for (const made of [root, given]) await mkdir(made);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(given, path)), { recursive: true });
    await writeFile(join(given, path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
  }
  const cgroup = `docket-machine-${process.pid}-${Date.now()}`;
  const script = fileURLToPath(new URL('./boot.sh', import.meta.url));
  const log: Buffer[] = [];
  const child = spawn('unshare', ['--pid', '--fork', '--kill-child', '--mount', '--uts', '--ipc', '--net', 'sh', script, root, cgroup, given, process.execPath], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => log.push(chunk));
  const exited = once(child, 'exit');

  const enter = (pid: number): [string, ...string[]] => ['nsenter', `--target=${pid}`, '--mount', '--uts', '--ipc', '--net', '--pid', '--root', '--wd'];
  const stop = async (): Promise<void> => {
    const systemd = child.pid === undefined ? null : childOf(child.pid);
    if (systemd !== null) process.kill(systemd, 'SIGKILL');
    await exited;
    await removeCgroups(cgroup);
    await rm(folder, { recursive: true, force: true });
  };
  for (;;) {
    if (child.exitCode !== null) {
      await stop();
      throw new Error(`systemd did not come up:\n${Buffer.concat(log).toString('utf8')}`);
    }
    const systemd = child.pid === undefined ? null : childOf(child.pid);
    if (systemd !== null && answers(enter(systemd))) {
      const run = (...argv: string[]): string => execFileSync(enter(systemd)[0], [...enter(systemd).slice(1), ...argv], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
      return { systemctl: [...enter(systemd), 'systemctl'], run, read: (path) => readFile(join('/proc', String(systemd), 'root', path), 'utf8'), stop };
    }
    await pause(50);
  }
}

function answers([program, ...args]: [string, ...string[]]): boolean {
  try {
    execFileSync(program, [...args, 'systemctl', 'show', '--property=Version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What systemd has made below the machine's cgroups stands there when all its processes are gone. */
async function removeCgroups(name: string): Promise<void> {
  const base = '/sys/fs/cgroup';
  const hierarchies = [base, ...(await readdir(base, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => join(base, entry.name))];
  const remove = async (path: string): Promise<void> => {
    const inside = await readdir(path, { withFileTypes: true }).catch(() => []);
    for (const entry of inside) if (entry.isDirectory()) await remove(join(path, entry.name));
    // A process that is only just gone may still be counted.
    await rmdir(path).catch(() => 'left to the host');
  };
  for (const hierarchy of hierarchies) await remove(join(hierarchy, name));
}
