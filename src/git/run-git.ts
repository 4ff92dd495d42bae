import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
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

const stderrLimit = 64 * 1024;

/** Starts git without a shell and without a terminal, with nothing of the repository's configuration that runs programs. */
export function startGit(place: GitPlace, args: readonly string[]): ChildProcessByStdio<Writable, Readable, Readable> {
  return spawn('git', [...safeGlobalOptions, ...args], {
    cwd: place.directory,
    env: safeEnvironment(process.env, place.environment),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** Runs git to its end and gives what it printed, whatever its exit code. Throws a `Failure` when git cannot be started. */
export async function tryGit(place: GitPlace, args: readonly string[], input: string | Buffer = ''): Promise<GitOutcome> {
  const chunks: Buffer[] = [];
  const run = follow(place, args, input);
  for await (const chunk of run.chunks) chunks.push(chunk);
  const { code, stderr } = await run.end;
  return { code, stdout: Buffer.concat(chunks), stderr };
}

/** Runs git and gives its standard output. Throws a `Failure` that says what to do when git fails. */
export async function runGit(place: GitPlace, args: readonly string[], input: string | Buffer = ''): Promise<Buffer> {
  const outcome = await tryGit(place, args, input);
  if (outcome.code !== 0) throw explainFailure(place.directory, args, outcome);
  return outcome.stdout;
}

/** Runs git and gives its standard output chunk by chunk; leaving the loop early ends the process. Throws as `runGit` does. */
export async function* streamGit(place: GitPlace, args: readonly string[], input: string | Buffer = ''): AsyncGenerator<Buffer> {
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

function follow(place: GitPlace, args: readonly string[], input: string | Buffer): Run {
  const child = startGit(place, args);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < stderrLimit) stderr += text;
  });
  // git may end before it has read its input; its exit code says more than the broken pipe.
  child.stdin.on('error', () => child.stdin.destroy());
  child.stdin.end(input);
  const end = new Promise<{ code: number; stderr: string }>((resolve, reject) => {
    child.on('error', (error) => reject(explainFailure(place.directory, args, { code: -1, stderr: '', cause: error })));
    child.on('close', (code, signal) => resolve({ code: code ?? 128, stderr: signal ? `${stderr}killed by ${signal}\n` : stderr }));
  });
  // A reader that left early never looks at the end.
  end.catch(() => child.stdin.destroy());
  return { chunks: readOutput(child.stdout, end), end, stop: () => child.kill() };
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
