import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Clock } from '../clock.ts';
import { sleep } from '../clock.ts';
import type { Deployed, Saw } from '../loop/types.ts';
import type { SystemdDriver } from '../spec/types.ts';
import { isSystemError, replaceFile } from '../../durable/replace-file.ts';
import type { Systemctl } from './systemctl.ts';
import type { DriverHandle } from './types.ts';

export interface SystemdSetting {
  systemctl: Systemctl;
  clock: Clock;
  /** The folder that a relative `version_file` is meant from. */
  cwd: string;
  /** The whole restart. */
  limitMs: number;
}

const pollMs = 250;

/** A unit that reads the version which it starts from a file. Without such a file the unit is only restarted, and what runs cannot
 *  be told. The restart is queued and then watched: `systemctl restart` would wait for a start job that may never come to its turn. */
export function openSystemdDriver({ unit, versionFile }: SystemdDriver, { systemctl, clock, cwd, limitMs }: SystemdSetting): DriverHandle {
  const path = versionFile === null ? null : resolve(cwd, versionFile);
  return {
    async look(): Promise<Saw> {
      const shown = await systemctl.show(unit, ['LoadState', 'ActiveState']);
      if (shown.kind === 'failed') return { kind: 'unknown', why: shown.why };
      if (shown.values.LoadState !== 'loaded') return { kind: 'nothing' };
      if (path === null) return { kind: 'unversioned' };
      const version = await readVersion(path);
      return version === null ? { kind: 'nothing' } : { kind: 'version', version, mark: null };
    },
    async deploy(version): Promise<Deployed> {
      const shown = await systemctl.show(unit, ['LoadState']);
      if (shown.kind === 'failed') return { kind: 'not-run', why: shown.why };
      if (shown.values.LoadState !== 'loaded') return { kind: 'not-run', why: `${unit} is ${shown.values.LoadState ?? 'unknown'} to systemd` };
      const written = path === null ? null : writeVersion(path, version);
      if (written !== null) return { kind: 'not-run', why: written };
      const queued = await systemctl.run(['restart', '--no-block', unit]);
      if (queued.kind === 'failed') return { kind: 'failed', why: queued.why };
      return awaitStart(limitMs);
    },
  };

  async function awaitStart(limitMs: number): Promise<Deployed> {
    const deadline = clock.monotonic() + limitMs;
    for (;;) {
      const shown = await systemctl.show(unit, ['ActiveState', 'SubState', 'Result', 'Job']);
      if (shown.kind === 'ok' && isSettled(shown.values)) {
        const { ActiveState, SubState, Result } = shown.values;
        // A oneshot unit without RemainAfterExit is inactive again when it has succeeded.
        const ok = ActiveState === 'active' || (ActiveState === 'inactive' && Result === 'success');
        return ok ? { kind: 'done', mark: null } : { kind: 'failed', why: `${unit} is ${ActiveState} (${SubState}), result ${Result}` };
      }
      if (clock.monotonic() >= deadline) return shown.kind === 'failed' ? { kind: 'unknown', why: shown.why } : { kind: 'failed', why: `${unit} not started within ${limitMs} ms` };
      await sleep(clock, pollMs);
    }
  }
}

/** No job is left and the unit is on its way nowhere. */
function isSettled(values: Record<string, string>): boolean {
  const job = values.Job ?? '';
  return (job === '' || job === '0') && ['active', 'inactive', 'failed'].includes(values.ActiveState ?? '');
}

/** Null, or why it could not be written; then the old file stands. The service may run as anybody, so anybody may read it. */
function writeVersion(path: string, version: string): string | null {
  try {
    replaceFile(path, `${version}\n`, 0o644);
    return null;
  } catch (error) {
    return `${path}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function readVersion(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim() || null;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return null;
    throw error;
  }
}
