import type { Clock } from '../clock.ts';
import type { Argv, Driver } from '../spec/types.ts';
import { commandLimits } from './command-limits.ts';
import { findEngineSocket, openEngine } from './engine-api.ts';
import { openExecDriver } from './exec-driver.ts';
import { openSwarmDriver } from './swarm-driver.ts';
import { openSystemctl } from './systemctl.ts';
import { openSystemdDriver } from './systemd-driver.ts';
import type { DriverHandle } from './types.ts';

export interface DriverSetting {
  clock: Clock;
  cwd: string;
  systemctl: Argv;
  dockerHost: string | undefined;
}

/** An engine that is being restarted is back within this time. */
const enginePatienceMs = 15_000;

export function openDriver(driver: Driver, { clock, cwd, systemctl, dockerHost }: DriverSetting): DriverHandle {
  switch (driver.kind) {
    case 'exec':
      return openExecDriver(driver, { cwd, clock });
    case 'systemd':
      return openSystemdDriver(driver, { systemctl: openSystemctl(systemctl, cwd, clock), clock, cwd, limitMs: commandLimits.deploy });
    case 'swarm': {
      const socket = findEngineSocket(driver.socket, dockerHost);
      if (socket === null) return noWay(`DOCKER_HOST=${dockerHost} is no socket of this machine`);
      return openSwarmDriver(driver, { engine: openEngine(socket), clock, limitMs: commandLimits.deploy, patienceMs: enginePatienceMs });
    }
  }
}

function noWay(why: string): DriverHandle {
  return { look: async () => ({ kind: 'unknown', why }), deploy: async () => ({ kind: 'not-run', why }) };
}
