import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../contract/failure.ts';
import { explainFailure } from './explain-failure.ts';
import { safeEnvironment, safeGlobalOptions } from './shut-out-configuration.ts';

/** Where git is run: `directory` is its working directory, `environment` the variables that name the repository. */
export interface GitPlace {
  directory: string;
  environment: Readonly<Record<string, string>>;
}

export interface GitOutcome {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** What git reads on its standard input: all at once, or piece by piece as it comes (from another git, say). */
export type GitInput = string | Buffer | AsyncIterable<Buffer>;

const stderrLimit = 64 * 1024;

/** Starts git without a shell and without a terminal, with nothing of the repository's configuration that runs programs. */
export function startGit(place: GitPlace, args: readonly string[]): ChildProcessByStdio<Writable, Readable, Readable> {
  // Loaded when called: it costs a run that needs no git a tenth of its time, and `import()` would cost the others the module loader.
  const { spawn } = process.getBuiltinModule('node:child_process');
  return spawn('git', [...safeGlobalOptions, ...args], {
    cwd: place.directory,
    env: safeEnvironment(process.env, place.environment),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** Runs git to its end and gives what it printed, whatever its exit code. Throws a `Failure` when git cannot be started. */
export async function tryGit(place: GitPlace, args: readonly string[], input: GitInput = ''): Promise<GitOutcome> {
  const chunks: Buffer[] = [];
  const run = follow(place, args, input);
  for await (const chunk of run.chunks) chunks.push(chunk);
  const { code, stderr } = await run.end;
  return { code, stdout: Buffer.concat(chunks), stderr };
}

/** Runs git and gives its standard output. Throws a `Failure` that says what to do when git fails. */
export async function runGit(place: GitPlace, args: readonly string[], input: GitInput = ''): Promise<Buffer> {
  const outcome = await tryGit(place, args, input);
  if (outcome.code !== 0) throw explainFailure(place.directory, args, outcome);
  return outcome.stdout;
}

/** Runs git and gives its standard output chunk by chunk; leaving the loop early ends the process. Throws as `runGit` does. */
export async function* streamGit(place: GitPlace, args: readonly string[], input: GitInput = ''): AsyncGenerator<Buffer> {
  const run = follow(place, args, input);
  let finished = false;
  try {
    yield* run.chunks;
    finished = true;
  } finally {
    if (!finished) run.stop();
  }
  const outcome = await run.end;
  if (outcome.code !== 0) throw explainFailure(place.directory, args, outcome);
}

interface Run {
  chunks: AsyncIterable<Buffer>;
  end: Promise<{ code: number; stderr: string }>;
  stop: () => void;
}

function follow(place: GitPlace, args: readonly string[], input: GitInput): Run {
  const child = startGit(place, args);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < stderrLimit) stderr += text;
  });
  // git may end before it has read its input; its exit code says more than the broken pipe.
  child.stdin.on('error', () => child.stdin.destroy());
  const end = new Promise<{ code: number; stderr: string }>((resolve, reject) => {
    if (typeof input === 'string' || Buffer.isBuffer(input)) child.stdin.end(input);
    else feed(child.stdin, input).catch(reject);
    child.on('error', (error) => reject(explainFailure(place.directory, args, { code: -1, stderr: '', cause: error })));
    child.on('close', (code, signal) => resolve({ code: code ?? 128, stderr: signal ? `${stderr}killed by ${signal}\n` : stderr }));
  });
  // A reader that left early never looks at the end.
  end.catch(() => child.stdin.destroy());
  return { chunks: readOutput(child.stdout, end), end, stop: () => child.kill() };
}

/** Hands on what comes, no faster than it is taken. What goes wrong where it comes from is the error; a reader that has gone away is none. */
async function feed(stdin: Writable, input: AsyncIterable<Buffer>): Promise<void> {
  try {
    await pipeline(input, stdin);
  } catch (error) {
    if (error instanceof Failure) throw error;
  }
}

/** The output of a program that could not be started breaks off; the reason stands at the end of the run. */
async function* readOutput(stdout: Readable, end: Promise<unknown>): AsyncGenerator<Buffer> {
  try {
    yield* stdout;
  } catch (error) {
    await end;
    throw error;
  }
}
