import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { collectOutput, type Collected } from './collect-output.ts';
import { killMarked, signalGroup } from './kill-processes.ts';

/** Where and how long a script runs. */
export interface ScriptPlace {
  cwd: string;
  /** All of it: nothing of the caller's environment is added. */
  environment: Readonly<Record<string, string>>;
  limitMs: number;
  /** What the script leaves running in the background stays until the run is over; else it is ended with the script. */
  keepsRunning: boolean;
  /** Value of the variable that marks every process of this run. */
  mark: string;
  /** Words that the script gets as `$1`, `$2`…; none by default. */
  words?: readonly string[];
}

/** How a script ended, and what it printed as it came. */
export interface ScriptEnd {
  code: number | null;
  signal: string | null;
  timedOut: boolean;
  stdout: Collected;
  stderr: Collected;
  ms: number;
  /** Why it could not be started at all. */
  notStarted: string | null;
  /** Lets go of what still runs in the background: until then its output is read, so that a closed pipe does not end it. */
  release: () => void;
}

const killAfterMs = 2000;
/** A process in the background may hold the pipes for good: after the end of the script they are read no longer than this. */
const pipesMs = 1000;

const shell = ['--noprofile', '--norc', '-o', 'pipefail', '-c'];

/**
 * Runs a script with bash, stdin closed, stdout and stderr apart, in a process group of its own. At the time limit TERM and then KILL go to the
 * whole group, also when its leader is gone. Never throws and always ends, whatever the script leaves behind.
 */
export async function runScript(script: string, place: ScriptPlace): Promise<ScriptEnd> {
  const started = performance.now();
  const [out, err] = [collectOutput(), collectOutput()];
  const ended = await new Promise<Pick<ScriptEnd, 'code' | 'signal' | 'timedOut' | 'notStarted' | 'release'>>((resolve) => {
    const child = spawn('bash', [...shell, script, ...(place.words === undefined ? [] : ['bash', ...place.words])], { cwd: place.cwd, env: { ...place.environment }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const group = child.pid ?? null;
    let timedOut = false;
    let leader: { code: number | null; signal: string | null } | null = null;
    const timers: NodeJS.Timeout[] = [];
    const after = (ms: number, work: () => void): void => void timers.push(setTimeout(work, ms));
    const release = (): void => {
      child.stdout.destroy();
      child.stderr.destroy();
      if (group !== null) signalGroup(group, 'SIGKILL');
    };
    const settle = (notStarted: string | null): void => {
      for (const timer of timers) clearTimeout(timer);
      if (timedOut || !place.keepsRunning) release();
      resolve({ code: leader?.code ?? null, signal: leader?.signal ?? null, timedOut, notStarted, release });
    };
    after(place.limitMs, () => {
      timedOut = true;
      if (group !== null) signalGroup(group, 'SIGTERM');
      after(killAfterMs, () => {
        if (group !== null) signalGroup(group, 'SIGKILL');
        after(pipesMs, () => settle(null));
      });
    });
    child.once('error', (error) => settle(error.message));
    child.once('exit', (code, signal) => {
      leader = { code, signal };
      if (!place.keepsRunning && group !== null && !timedOut) signalGroup(group, 'SIGTERM');
      after(pipesMs, () => settle(null));
    });
    child.once('close', () => settle(null));
    follow(child.stdout, out.add);
    follow(child.stderr, err.add);
  });
  if (!place.keepsRunning) await killMarked(place.mark);
  return { ...ended, stdout: out.end(), stderr: err.end(), ms: Math.round(performance.now() - started) };
}

function follow(stream: Readable, add: (chunk: Buffer) => void): void {
  stream.on('data', add);
  // A stream that breaks off has given all it will.
  stream.on('error', () => stream.destroy());
}
