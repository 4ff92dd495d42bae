import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, open, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openEngine } from '../../../src/reconcile/drivers/engine-api.ts';
import { childOf } from '../real-host.ts';

/** A real engine with a Swarm of one node, all below one folder and in name spaces of its own: nothing of it outlives it. */
export interface Engine {
  socket: string;
  docker: (...args: string[]) => string;
  stop: () => Promise<void>;
  start: () => Promise<void>;
  remove: () => Promise<void>;
}

export async function startEngine(): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-swarm-'));
  const socket = join(folder, 'engine.sock');
  const log = await open(join(folder, 'log'), 'a');
  let child: ChildProcess | null = null;

  const start = async (): Promise<void> => {
    const dockerd = ['dockerd', '--bridge=none', '--iptables=false', '--ip6tables=false', '--storage-driver=vfs', `--data-root=${join(folder, 'data')}`, `--exec-root=${join(folder, 'exec')}`, `--pidfile=${join(folder, 'pid')}`, `--host=unix://${socket}`];
    child = spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', ...dockerd], { stdio: ['ignore', log.fd, log.fd] });
    const exited = once(child, 'exit').then(() => 'exited' as const);
    const engine = openEngine(socket);
    for (;;) {
      const answer = await engine.call('GET', '/info');
      if (answer.kind === 'answer' && answer.status === 200) return;
      if ((await Promise.race([exited, pause(100)])) === 'exited') throw new Error(`dockerd ended:\n${await readFile(join(folder, 'log'), 'utf8')}`);
    }
  };
  const stop = async (): Promise<void> => {
    const running = child;
    if (running?.pid === undefined || running.exitCode !== null) return;
    const dockerd = childOf(running.pid);
    const exited = once(running, 'exit');
    if (dockerd !== null) process.kill(dockerd, 'SIGTERM');
    await exited;
    await rm(join(folder, 'pid'), { force: true });
  };
  const docker = (...args: string[]): string => execFileSync('docker', ['--host', `unix://${socket}`, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  await start();
  docker('swarm', 'init', '--advertise-addr', '127.0.0.1', '--listen-addr', `127.0.0.1:${await freePort()}`);
  return {
    socket,
    docker,
    start,
    stop,
    async remove() {
      await stop();
      await log.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Makes the image `app:TAG`: it serves one page on a port of the host, with `body` in it. */
export async function makeImage(engine: Engine, tag: string, body: string, port: number, changes: string[] = []): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'docket-image-'));
  try {
    for (const name of ['bin', 'www']) await mkdir(join(root, name));
    await cp('/bin/busybox', join(root, 'bin', 'busybox'));
    await chmod(join(root, 'bin', 'busybox'), 0o755);
    for (const name of ['sh', 'httpd', 'false']) await symlink('busybox', join(root, 'bin', name));
    await writeFile(join(root, 'www', 'index.html'), body);
    const tar = join(root, '..', `${tag}.${process.pid}.tar`);
    execFileSync('tar', ['-C', root, '-cf', tar, 'bin', 'www']);
    const command = `CMD ["/bin/httpd", "-f", "-p", "127.0.0.1:${port}", "-h", "/www"]`;
    engine.docker('import', ...[command, ...changes].flatMap((change) => ['--change', change]), tar, `app:${tag}`);
    await rm(tar);
  } finally {
    await rm(root, { recursive: true });
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => void server.close(done));
  return port;
}
