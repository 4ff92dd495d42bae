import { spawn } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Argv } from '../spec/types.ts';
import { isSystemError } from '../../durable/replace-file.ts';

export type CommandEnd =
  | { kind: 'exited'; exit: number; stdout: string; stderr: string }
  /** Ended by a signal, its own or ours at the limit. */
  | { kind: 'cut-off'; why: string }
  /** It could not be begun. */
  | { kind: 'not-run'; why: string };

export interface CommandSetting {
  /** Folder in which the command runs. */
  cwd: string;
  /** After this many milliseconds TERM goes to the whole group, and KILL a little later. */
  limitMs: number;
  clock: Clock;
}

const outputLimit = 64 * 1024;
const killAfterMs = 2000;

/** Runs a command to its end, stdin closed, in a process group of its own: a signal that is meant for us does not cut a deploy in
 *  half. Its output goes to files: a service that the command leaves behind may keep them open without holding us up, and is not
 *  killed by a closed pipe. Exits 126 and 127 of a wrapper mean, as everywhere, that nothing was run. */
export async function runArgv(argv: Argv, { cwd, limitMs, clock }: CommandSetting): Promise<CommandEnd> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-run-'));
  try {
    const out = await open(join(folder, 'out'), 'w+');
    const err = await open(join(folder, 'err'), 'w+');
    try {
      const [program, ...args] = argv;
      const ended = await new Promise<CommandEnd | { exit: number | null; signal: string | null }>((resolve) => {
        const child = spawn(program, args, { cwd, stdio: ['ignore', out.fd, err.fd], detached: true });
        const cancels = [clock.after(limitMs, () => signalGroup('SIGTERM')), clock.after(limitMs + killAfterMs, () => signalGroup('SIGKILL'))];
        let overLimit = false;
        function signalGroup(signal: NodeJS.Signals): void {
          overLimit = true;
          if (child.pid === undefined) return;
          try {
            process.kill(-child.pid, signal);
          } catch (error) {
            if (!isSystemError(error, 'ESRCH')) throw error;
          }
        }
        function end(result: CommandEnd | { exit: number | null; signal: string | null }): void {
          for (const cancel of cancels) cancel();
          resolve(result);
        }
        child.once('error', (error) => end({ kind: 'not-run', why: error.message }));
        child.once('exit', (exit, signal) => {
          // What outlives its leader at the limit would go on changing the service behind our back.
          if (overLimit) signalGroup('SIGKILL');
          end(overLimit ? { kind: 'cut-off', why: `${argv.join(' ')}: not done within ${limitMs} ms` } : { exit, signal });
        });
      });
      if ('kind' in ended) return ended;
      const { exit, signal } = ended;
      if (exit === null) return { kind: 'cut-off', why: `${argv.join(' ')}: ended by ${signal ?? 'a signal'}` };
      const stderr = await readHead(err);
      if (exit === 126 || exit === 127) return { kind: 'not-run', why: `${argv.join(' ')}: exit ${exit}${lastLine(stderr)}` };
      return { kind: 'exited', exit, stdout: await readHead(out), stderr };
    } finally {
      await out.close();
      await err.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readHead(file: Awaited<ReturnType<typeof open>>): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(outputLimit), 0, outputLimit, 0);
  return buffer.toString('utf8', 0, bytesRead);
}

/** `: ` and the last line of an error output, for a message; empty when there is none. */
export function lastLine(text: string): string {
  const line = text.trimEnd().split('\n').at(-1)?.trim() ?? '';
  return line === '' ? '' : `: ${line}`;
}
