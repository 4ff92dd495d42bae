import { bindArgv } from '../spec/versions.ts';
import type { ExecDriver } from '../spec/types.ts';
import type { Deployed, Saw } from '../loop/types.ts';
import { commandLimits } from './command-limits.ts';
import type { CommandSetting } from './run-argv.ts';
import { lastLine, runArgv } from './run-argv.ts';
import type { DriverHandle } from './types.ts';

/** Two commands of the user's: one prints the version that runs, one brings up another. */
export function openExecDriver(driver: ExecDriver, setting: Omit<CommandSetting, 'limitMs'>): DriverHandle {
  return {
    async look(): Promise<Saw> {
      const end = await runArgv(driver.current, { ...setting, limitMs: commandLimits.short });
      if (end.kind !== 'exited') return { kind: 'unknown', why: end.why };
      if (end.exit !== 0) return { kind: 'failed', why: `${driver.current.join(' ')}: exit ${end.exit}${lastLine(end.stderr)}` };
      const version = end.stdout.trim();
      if (version.includes('\n')) return { kind: 'unknown', why: `${driver.current.join(' ')}: printed more than a version` };
      return version === '' ? { kind: 'nothing' } : { kind: 'version', version, mark: null };
    },
    async deploy(version): Promise<Deployed> {
      const argv = bindArgv(driver.deploy, version);
      const end = await runArgv(argv, { ...setting, limitMs: commandLimits.deploy });
      switch (end.kind) {
        case 'not-run':
          return { kind: 'not-run', why: end.why };
        case 'cut-off':
          return { kind: 'unknown', why: end.why };
        case 'exited':
          return end.exit === 0 ? { kind: 'done', mark: null } : { kind: 'failed', why: `${argv.join(' ')}: exit ${end.exit}${lastLine(end.stderr)}` };
      }
    },
  };
}
