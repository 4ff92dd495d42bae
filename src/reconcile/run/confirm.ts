import { countPasses, forgetPasses } from '../alerts/close-alert.ts';
import { raiseAlert } from '../alerts/raise-alert.ts';
import { openSystemctl } from '../drivers/systemctl.ts';
import { parseJobs } from '../deadlock/find-deadlock.ts';
import { gateDigest } from '../evidence/gate-digest.ts';
import { describe } from '../loop/await-gate.ts';
import type { GateRound } from '../loop/await-gate.ts';
import { completeName } from '../order/unit-names.ts';
import type { App } from '../spec/types.ts';
import { askRound } from './ask-gate.ts';
import { findFailingParent } from './find-failing-parent.ts';
import type { Infra } from './types.ts';

/** `explained`: it fails, and a parent that fails too is why. */
export interface Confirmation {
  round: GateRound;
  explained: boolean;
}

/** Asks the probes that need the app's dependents, once: they decide nothing about the version, but a failure that no parent
 *  explains leaves an alert, and passes close it. Null when there are none, or while the app's own unit is still being started:
 *  its dependents cannot be up before that has ended. */
export async function confirm(infra: Infra, app: App, lastGood: string | null): Promise<Confirmation | null> {
  if (app.confirm.length === 0 || (await isBeingStarted(infra, app))) return null;
  const { alertsDir, clock, run } = infra;
  const gate = gateDigest(app.confirm);
  const round = await askRound(infra, app, app.confirm, app.wanted);
  if (round.verdict === 'pass') {
    await countPasses(alertsDir, { app: app.name, gate, passes: 1, consecutive: app.timing.consecutive }, clock.wall());
    return { round, explained: false };
  }
  if (round.verdict === 'unknown') return { round, explained: false };
  await forgetPasses(alertsDir, app.name, gate);
  const failing = round.probes.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name);
  const providers = app.confirm.flatMap(({ name, provider }) => (provider !== null && failing.includes(name) ? [provider] : []));
  const suppressedBy = await findFailingParent(infra, app, providers);
  const request = { app: app.name, reason: 'confirm-failed', version: app.wanted ?? '', lastGood, detail: describe(round), gate, suppressedBy, countFor: run.id, isNewFault: true } as const;
  await raiseAlert(alertsDir, request, clock.wall());
  return { round, explained: suppressedBy !== null };
}

async function isBeingStarted(infra: Infra, app: App): Promise<boolean> {
  if (app.runsIn === null || app.runsIn.startsWith('compose:')) return false;
  const own = completeName(app.runsIn);
  const listed = await openSystemctl(infra.systemctl, infra.root, infra.clock).run(['list-jobs', '--plain', '--no-legend', '--full', '--no-pager']);
  return listed.kind === 'ok' && parseJobs(listed.stdout).some(({ unit, type, state }) => unit === own && type === 'start' && state === 'running');
}
