import { spawn, type ChildProcess } from 'node:child_process';
import type { CommandProbe } from '../spec/types.ts';
import { attempt, type ProbeContext } from './attempt.ts';
import { collectBody } from './collect-body.ts';
import type { ProbeResult } from './types.ts';

/** How long the pipes of a command that has ended may stay open before what has been read counts as all of it. */
const PIPES_LINGER_MS = 500;

/** Runs a command, never through a shell, in a process group of its own. At the deadline the whole group is killed, whoever of
 *  it is left; and so is what stays behind and holds the command's output open. */
export function askCommand(probe: CommandProbe, context: ProbeContext): Promise<ProbeResult> {
  return attempt(context, 'command', (attempt) => {
    const [program, ...args] = probe.command;
    const child = spawn(program, args, { cwd: context.cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr] = [collectBody(), collectBody()];
    let closed = false;
    attempt.cleanUp(() => {
      if (closed) return;
      killGroup(child);
      child.stdout.destroy();
      child.stderr.destroy();
    });
    child.stdout.on('data', (chunk: Buffer) => stdout.add(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.add(chunk));
    child.once('error', attempt.fail);
    const finish = (): void => attempt.settle({ kind: 'exited', exit: child.exitCode, signal: child.signalCode, stdout: stdout.body(), stderr: stderr.body(), ms: attempt.elapsed() });
    child.once('exit', () => attempt.cleanUp(context.clock.after(PIPES_LINGER_MS, finish)));
    child.once('close', () => {
      closed = true;
      finish();
    });
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!gone) throw error;
  }
}
