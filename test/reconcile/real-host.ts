import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a suite that needs a real host may be left out. On Debian 12 as root, where everything it needs can be installed, nothing
 *  may: there this throws and names what is missing. Elsewhere it says aloud what is skipped, and why. */
export function mustSkip(suite: string, programs: readonly string[]): boolean {
  const missing = programs.filter((program) => !isInstalled(program));
  const isRoot = process.getuid?.() === 0;
  if (isRoot && missing.length === 0) return false;
  if (isRoot && isDebian12()) throw new Error(`${suite}: not installed: ${missing.join(', ')}; install what .ci/apt-packages names`);
  console.warn(`skipped: ${suite}: needs root on Linux${missing.length > 0 ? ` and ${missing.join(', ')}` : ''}`);
  return true;
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function isDebian12(): boolean {
  try {
    const release = readFileSync('/etc/os-release', 'utf8');
    return /^ID=debian$/m.test(release) && /^VERSION_ID="12"$/m.test(release);
  } catch {
    return false;
  }
}

/** The process that `unshare --fork` has started: what it is to be stopped or asked by. */
export function childOf(pid: number): number | null {
  try {
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    return child === undefined || child === '' ? null : Number(child);
  } catch {
    return null;
  }
}
