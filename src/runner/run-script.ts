import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { collectOutput, type Collected } from './collect-output.ts';
import { killRun, signalGroup, type RunTrace } from './kill-processes.ts';
import { limitsOfKernel, type Limits } from './limits.ts';
import { watchLimits } from './watch-limits.ts';

/** Where and how long a script runs. */
export interface ScriptPlace {
  cwd: string;
  /** All of it: nothing of the caller's environment is added. */
  environment: Readonly<Record<string, string>>;
  limitMs: number;
  /** What the script leaves running in the background stays until the run is over; else it is ended with the script. */
  keepsRunning: boolean;
  /** Value of the variable that marks every process of this script. */
  mark: string;
  /** What the limits hold for: the whole run, with what earlier scripts of it have left running. */
  run: RunTrace;
  limits: Limits;
  /** Words before bash, by which it is started elsewhere, as in a network of its own. */
  within: readonly string[];
  /** Words that the script gets as `$1`, `$2`…; none by default. */
  words?: readonly string[];
}

/** How a script ended, and what it printed as it came. */
export interface ScriptEnd {
  code: number | null;
  signal: string | null;
  timedOut: boolean;
  /** Which limit it, or the run, has passed, as a sentence: then everything of the run was ended. */
  passed: string | null;
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

const shell = ['bash', '--noprofile', '--norc'];

/** The words that start a script under the limits that the kernel keeps: a bash that sets them and then becomes the one that runs it. */
function wordsOf(script: string, { within, limits, words, run }: ScriptPlace): [string, ...string[]] {
  const started = [...shell, '-c', `${run.group === null ? '' : `${run.group.enter}; `}${limitsOfKernel(limits)}; exec ${shell.join(' ')} -o pipefail -c "$@"`, 'bash', script, ...(words === undefined ? [] : ['bash', ...words])];
  const [first = 'bash', ...others] = [...within, ...started];
  return [first, ...others];
}

/**
 * Runs a script with bash, stdin closed, stdout and stderr apart, in a process group of its own. At the time limit TERM and then KILL go to the
 * whole group, also when its leader is gone; where a limit of another kind is passed, KILL goes to the whole run. Never throws and always ends,
 * whatever the script leaves behind.
 */
export async function runScript(script: string, place: ScriptPlace): Promise<ScriptEnd> {
  const started = performance.now();
  const [out, err] = [collectOutput(), collectOutput()];
  const ended = await new Promise<Pick<ScriptEnd, 'code' | 'signal' | 'timedOut' | 'passed' | 'notStarted' | 'release'>>((resolve) => {
    const [program, ...args] = wordsOf(script, place);
    const child = spawn(program, args, { cwd: place.cwd, env: { ...place.environment }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const group = child.pid ?? null;
    const watch = watchLimits(place.run, place.cwd, place.limits, () => {
      if (group !== null) signalGroup(group, 'SIGKILL');
      void killRun(place.run);
    });
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
      const passed = watch.stop();
      if (timedOut || passed !== null || !place.keepsRunning) release();
      resolve({ code: leader?.code ?? null, signal: leader?.signal ?? null, timedOut, passed, notStarted, release });
    };
    after(place.limitMs, () => {
      timedOut = true;
      if (group !== null) signalGroup(group, 'SIGTERM');
      after(killAfterMs, () => {
        if (group !== null) signalGroup(group, 'SIGKILL');
        after(pipesMs, () => settle(null));
      });
    });
    child.once('error', (error) => settle(existsSync(place.cwd) ? error.message : 'the folder that it runs in is gone'));
    child.once('exit', (code, signal) => {
      leader = { code, signal };
      if (!place.keepsRunning && group !== null && !timedOut) signalGroup(group, 'SIGTERM');
      after(pipesMs, () => settle(null));
    });
    child.once('close', () => settle(null));
    follow(child.stdout, out.add);
    follow(child.stderr, err.add);
  });
  if (ended.passed !== null) await killRun(place.run);
  else if (!place.keepsRunning) await killRun({ mark: place.mark, folder: null, group: null });
  return { ...ended, stdout: out.end(), stderr: err.end(), ms: Math.round(performance.now() - started) };
}

function follow(stream: Readable, add: (chunk: Buffer) => void): void {
  stream.on('data', add);
  // A stream that breaks off has given all it will.
  stream.on('error', () => stream.destroy());
}
