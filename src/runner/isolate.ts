import { spawn, spawnSync } from 'node:child_process';
import { Failure } from '../contract/failure.ts';

/** A network that holds nothing but a loopback of its own, shared by the steps of a run. */
export interface Isolation {
  /** Words before a command, by which it is started in there. */
  within: readonly string[];
  close(): void;
}

/** Ways to a network of one's own, the least invasive first: as root, as oneself in a user namespace, as its root. */
const ways: readonly (readonly string[])[] = [['--net'], ['--net', '--map-current-user', '--keep-caps'], ['--net', '--map-root-user']];

const shell = ['bash', '--noprofile', '--norc', '-c'];

/** Switches the loopback on with whatever is there, and says so; then waits until docket is gone. */
const holder = `ip link set lo up || ifconfig lo up || busybox ip link set lo up || perl -e 'socket($s, 2, 2, 0) or exit 1; $r = pack("a16 s x14", "lo", 0x49); ioctl($s, 0x8914, $r) or exit 1'
echo ready
exec cat >/dev/null`;

/** What is looked at from inside: no other interface, no address beyond, and a loopback that answers. */
const probe = `while read -r name _; do case $name in Inter-*|face*|lo:*) ;; *) echo "there is $name"; exit 1;; esac; done </proc/net/dev
(exec 3<>/dev/tcp/192.0.2.1/9) 2>&1 | grep -q unreachable || { echo "an address beyond can be reached"; exit 1; }
(exec 3<>/dev/tcp/127.0.0.1/9) 2>&1 | grep -q refused || { echo "its loopback is down"; exit 1; }`;

/**
 * Opens a network without a way out, and looks from inside whether it is one. Throws a `Failure` of kind inconclusive with the reason where this
 * system gives none: what is asked to be isolated never runs otherwise.
 */
export async function openIsolation(): Promise<Isolation> {
  const reasons: string[] = [];
  for (const way of ways) {
    const opened = await tryWay(way);
    if (typeof opened !== 'string') return opened;
    reasons.push(`unshare ${way.join(' ')}: ${opened}`);
  }
  throw new Failure('inconclusive', `No network can be taken away here (${reasons.join('; ')}), so that nothing was executed.`, { next: 'Run it without --isolate, or on Linux with util-linux and user namespaces.' });
}

async function tryWay(way: readonly string[]): Promise<Isolation | string> {
  const held = await hold(way);
  if (typeof held === 'string') return held;
  const within = ['nsenter', `--net=/proc/${held.pid}/ns/net`, ...(way.length > 1 ? [`--user=/proc/${held.pid}/ns/user`, '--preserve-credentials'] : []), '--'];
  const seen = spawnSync(within[0] ?? '', [...within.slice(1), ...shell, probe], { cwd: '/', env: environment(), encoding: 'utf8' });
  if (seen.status === 0) return { within, close: held.close };
  held.close();
  return firstLine(seen.stdout) || firstLine(seen.stderr) || (seen.error?.message ?? 'it could not be looked into');
}

interface Holder {
  pid: number;
  close(): void;
}

/** Starts what keeps the network open. It reads from docket, so that it goes when docket does, however that ends. */
function hold(way: readonly string[]): Promise<Holder | string> {
  return new Promise((resolve) => {
    const child = spawn('unshare', [...way, '--', ...shell, holder], { cwd: '/', env: environment(), stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    let said = '';
    child.stdin.on('error', () => child.stdin.destroy());
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.stdout.once('data', () => {
      const pid = child.pid;
      if (pid !== undefined) resolve({ pid, close: () => void child.kill('SIGKILL') });
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => resolve(firstLine(said) || 'it ended'));
  });
}

function environment(): Record<string, string> {
  return { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
