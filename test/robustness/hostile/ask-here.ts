import { run } from '../../../src/cli/run.ts';
import type { Answer } from '../../support/run-docket.ts';

/** Runs the command line in this process, as `docket` would with these arguments, and gives what it printed. One at a time. */
export async function askHere(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Answer> {
  const before = { exitCode: process.exitCode, environment: { ...process.env } };
  const [out, err] = [capture(process.stdout), capture(process.stderr)];
  Object.assign(process.env, environment);
  process.exitCode = 0;
  try {
    await run(args);
    return { exit: Number(process.exitCode), stdout: out.text(), stderr: err.text() };
  } finally {
    out.restore();
    err.restore();
    process.exitCode = before.exitCode;
    for (const name of Object.keys(environment)) {
      if (before.environment[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before.environment[name];
    }
  }
}

function capture(stream: NodeJS.WriteStream): { text(): string; restore(): void } {
  const chunks: string[] = [];
  const write = stream.write;
  stream.write = ((chunk: string | Uint8Array, second?: unknown, third?: unknown) => {
    chunks.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const done = typeof second === 'function' ? second : third;
    if (typeof done === 'function') queueMicrotask(() => done());
    return true;
  }) as typeof stream.write;
  return {
    text: () => chunks.join(''),
    restore: () => {
      stream.write = write;
    },
  };
}
