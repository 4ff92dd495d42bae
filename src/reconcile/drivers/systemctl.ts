import type { Clock } from '../clock.ts';
import type { Argv } from '../spec/types.ts';
import { commandLimits } from './command-limits.ts';
import { lastLine, runArgv } from './run-argv.ts';

export interface Systemctl {
  /** Runs `systemctl ARGS…`; its standard output. */
  run(args: readonly string[]): Promise<{ kind: 'ok'; stdout: string } | { kind: 'failed'; why: string }>;
  /** Properties of one unit by name. */
  show(unit: string, properties: readonly string[]): Promise<{ kind: 'ok'; values: Record<string, string> } | { kind: 'failed'; why: string }>;
}

/** `program` is `[systemctl]`, or what leads to one in another name space. */
export function openSystemctl(program: Argv, cwd: string, clock: Clock): Systemctl {
  const run: Systemctl['run'] = async (args) => {
    const argv: Argv = [...program, ...args];
    const end = await runArgv(argv, { cwd, limitMs: commandLimits.short, clock });
    if (end.kind !== 'exited') return { kind: 'failed', why: end.why };
    return end.exit === 0 ? { kind: 'ok', stdout: end.stdout } : { kind: 'failed', why: `${argv.join(' ')}: exit ${end.exit}${lastLine(end.stderr)}` };
  };
  return {
    run,
    async show(unit, properties) {
      const shown = await run(['show', unit, ...properties.map((name) => `--property=${name}`)]);
      if (shown.kind === 'failed') return shown;
      const lines = shown.stdout.split('\n').filter((line) => line.includes('='));
      return { kind: 'ok', values: Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])) };
    },
  };
}
