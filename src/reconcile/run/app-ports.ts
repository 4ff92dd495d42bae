import { join } from 'node:path';
import { countPasses, forgetPasses, markRecovered } from '../alerts/close-alert.ts';
import { raiseAlert } from '../alerts/raise-alert.ts';
import type { Alert } from '../alerts/types.ts';
import { faultOf } from '../controls/break-result.ts';
import { commandLimits } from '../drivers/command-limits.ts';
import { openDriver } from '../drivers/open-driver.ts';
import { runArgv } from '../drivers/run-argv.ts';
import { gateDigest } from '../evidence/gate-digest.ts';
import type { GateReport } from '../loop/await-gate.ts';
import { judgeHold } from '../loop/judge-hold.ts';
import type { LoopAlert, LoopPorts } from '../loop/run-loop.ts';
import type { App, Argv, Driver } from '../spec/types.ts';
import { bindArgv } from '../spec/versions.ts';
import { writeState } from '../state/state-file.ts';
import { askGate } from './ask-gate.ts';
import { findFailingParent } from './find-failing-parent.ts';
import type { Infra } from './types.ts';

/** What one run has seen and written of an app, beside its state. */
export interface RunNotes {
  reports: GateReport[];
  raised: Alert[];
}

/** Binds the loop to this machine: real probes, the app's driver, state and alerts on disk. */
export function portsFor(infra: Infra, app: App, driver: Driver, notes: RunNotes): LoopPorts {
  const { clock, root, stateDir, alertsDir, run, stop } = infra;
  const gate = gateDigest(app.gate);
  const command = (argv: Argv | null, what: string) => async (version: string): Promise<string | null> => {
    if (argv === null) return `the app is stateful, but rollback.${what} is not given`;
    const bound = bindArgv(argv, version);
    return faultOf(bound, await runArgv(bound, { cwd: root, limitMs: commandLimits.data, clock }));
  };
  return {
    run,
    stop,
    driver: openDriver(driver, { clock, cwd: root, systemctl: infra.systemctl, dockerHost: infra.dockerHost }),
    async save(state) {
      infra.say(`${app.name}: ${state.phase}${state.attempt === null ? '' : ` ${state.attempt.version}`}`);
      return writeState(stateDir, app.name, state);
    },
    async awaitGate(version, fresh) {
      const report = await askGate(infra, app, version, fresh);
      notes.reports.push(report);
      if (report.end === 'fail') await forgetPasses(alertsDir, app.name, gate);
      return report;
    },
    judgeHold: (from, to) => judgeHold(app.hold, from, to, { cwd: root, clock, file: (version) => join(stateDir, 'release-notes', app.name, `${version}.md`) }),
    snapshot: command(app.rollback.snapshot, 'snapshot'),
    restore: command(app.rollback.restore, 'restore'),
    async alert(alert) {
      notes.raised.push(await raise(infra, app, gate, alert));
    },
    markRecovered: (version) => markRecovered(alertsDir, app.name, version),
    async closePassed() {
      const { consecutive } = app.timing;
      await countPasses(alertsDir, { app: app.name, gate, passes: consecutive, consecutive }, clock.wall());
    },
  };
}

async function raise(infra: Infra, app: App, gate: string, { reason, version, why, lastGood, countFor, isNewFault }: LoopAlert): Promise<Alert> {
  infra.say(`${app.name}: ${reason}: ${why}`);
  const suppressedBy = reason === 'held-major' || reason === 'held-notes' ? null : await findFailingParent(infra, app, []);
  return raiseAlert(infra.alertsDir, { app: app.name, reason, version, lastGood, detail: why, gate, suppressedBy, countFor, isNewFault }, infra.clock.wall());
}
