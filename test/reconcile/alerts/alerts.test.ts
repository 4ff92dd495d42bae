import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moveToClosed, parseAlert, readAlerts } from '../../../src/reconcile/alerts/alert-file.ts';
import { countPasses, forgetPasses, markRecovered, pickAlert, type ClosingRequest, type Picked } from '../../../src/reconcile/alerts/close-alert.ts';
import { raiseAlert } from '../../../src/reconcile/alerts/raise-alert.ts';
import type { AlertRequest } from '../../../src/reconcile/alerts/types.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-alerts-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const at = (time: string): Date => new Date(`2026-06-13T${time}Z`);
const request = (change: Partial<AlertRequest> = {}): AlertRequest => ({
  app: 'proxy', reason: 'unhealthy-on-latest', version: '5.1.1+v3.6.15', lastGood: '5.1.0+v3.6.1', detail: 'api: status 404', gate: 'gate-1', suppressedBy: null, countFor: 'run-1', isNewFault: true, ...change,
});

async function closeAlert(alertsDir: string, name: string, closing: ClosingRequest, now: Date): Promise<Picked> {
  const picked = await pickAlert(alertsDir, name, closing, now);
  if (picked.kind === 'open') moveToClosed(alertsDir, picked.toClose);
  return picked;
}

describe('an alert', () => {
  it('is a file in the form of old, with the four fields first', async () => {
    await raiseAlert(folder, request(), at('05:44:28.123'));
    const name = '20260613T054428Z-proxy-unhealthy-on-latest.json';
    expect(await readdir(folder)).toEqual([name]);
    const written: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
    expect(Object.keys(written as object).slice(0, 4)).toEqual(['app', 'reason', 'ts', 'version']);
    expect(written).toMatchObject({
      app: 'proxy', reason: 'unhealthy-on-latest', ts: '20260613T054428Z', version: '5.1.1+v3.6.15', schema: 1, id: name.slice(0, -5), severity: 'error', count: 1,
      first_seen: '2026-06-13T05:44:28Z', last_seen: '2026-06-13T05:44:28Z', attempted: '5.1.1+v3.6.15', last_good: '5.1.0+v3.6.1', recovered: false, evidence: null, suppressed_by: null,
    });
  });

  it('is counted while one of its key is open, once for an attempt', async () => {
    for (const [countFor, time] of [['run-1', '05:00:00'], ['run-1', '05:01:00'], ['run-2', '05:02:00']] as const) await raiseAlert(folder, request({ countFor }), at(time));
    const { open } = await readAlerts(folder);
    expect(open).toMatchObject([{ count: 2, first_seen: '2026-06-13T05:00:00Z', last_seen: '2026-06-13T05:02:00Z' }]);
  });

  it('is another one for another version, reason or app, even within one second', async () => {
    for (const change of [{}, { version: '6' }, { reason: 'rollback-failed' as const }, { app: 'dashboard' }]) await raiseAlert(folder, request(change), at('05:44:28'));
    expect((await readdir(folder)).sort()).toEqual([
      '20260613T054428Z-dashboard-unhealthy-on-latest.json', '20260613T054428Z-proxy-rollback-failed.json', '20260613T054428Z-proxy-unhealthy-on-latest.json', '20260613T054429Z-proxy-unhealthy-on-latest.json',
    ]);
  });

  it('is recovered when the rollback worked, and no longer when the version fails anew', async () => {
    await raiseAlert(folder, request(), at('05:00:00'));
    await markRecovered(folder, 'proxy', '5.1.1+v3.6.15');
    expect((await readAlerts(folder)).open).toMatchObject([{ recovered: true, severity: 'warning' }]);
    await raiseAlert(folder, request({ countFor: 'run-2', isNewFault: false }), at('06:00:00'));
    expect((await readAlerts(folder)).open).toMatchObject([{ recovered: true, count: 2 }]);
    await raiseAlert(folder, request({ countFor: 'run-3' }), at('07:00:00'));
    expect((await readAlerts(folder)).open).toMatchObject([{ recovered: false, severity: 'error', count: 3 }]);
  });
});

describe('closing', () => {
  it('moves the file, with who and why; nothing is deleted, and the next fault is a new alert', async () => {
    const { id } = await raiseAlert(folder, request(), at('05:00:00'));
    const closing = { reason: 'false-alarm', by: 'operator', evidence: 'journal:pxgate/2026-06-13-phase-start' };
    expect(await closeAlert(folder, 'proxy-unhealthy-on-latest', closing, at('06:00:00'))).toMatchObject({ kind: 'open', toClose: { id, closed: { at: '2026-06-13T06:00:00Z', ...closing } } });
    expect(await readdir(folder)).toEqual(['closed']);
    expect(await closeAlert(folder, `alert:${id}`, closing, at('06:00:00'))).toMatchObject({ kind: 'already-closed' });
    await raiseAlert(folder, request(), at('05:00:00'));
    const { open, closed } = await readAlerts(folder);
    expect([open.length, closed.length, open[0]?.count]).toEqual([1, 1, 1]);
    expect(open[0]?.id).not.toBe(id);
  });

  it('wants a name that fits exactly one', async () => {
    const first = await raiseAlert(folder, request(), at('05:00:00'));
    const second = await raiseAlert(folder, request({ version: '6' }), at('06:00:00'));
    const closing = { reason: 'resolved', by: 'operator', evidence: null };
    expect(await closeAlert(folder, 'unhealthy-on-latest', closing, at('07:00:00'))).toEqual({ kind: 'ambiguous', candidates: [first.id, second.id] });
    expect(await closeAlert(folder, 'nonsense', closing, at('07:00:00'))).toEqual({ kind: 'unknown', candidates: [first.id, second.id] });
    expect(await closeAlert(folder, `${second.id}.json`, closing, at('07:00:00'))).toMatchObject({ kind: 'open' });
  });

  it('happens by itself after enough passes in a row of the gate that raised it, and of no other', async () => {
    await raiseAlert(folder, request(), at('05:00:00'));
    const pass = (gate: string, passes = 1) => countPasses(folder, { app: 'proxy', gate, passes, consecutive: 3 }, at('06:00:00'));
    expect(await pass('gate-2', 3)).toEqual([]);
    expect([await pass('gate-1'), await pass('gate-1')]).toEqual([[], []]);
    await forgetPasses(folder, 'proxy', 'gate-1');
    expect([await pass('gate-1'), await pass('gate-1')]).toEqual([[], []]);
    expect(await pass('gate-1')).toMatchObject([{ closed: { reason: 'gate-passed', by: 'docket' } }]);
    expect((await readAlerts(folder)).open).toEqual([]);
  });

  it('that was cut short counts as done', async () => {
    const alert = await raiseAlert(folder, request(), at('05:00:00'));
    await mkdir(join(folder, 'closed'));
    await writeFile(join(folder, 'closed', `${alert.id}.json`), JSON.stringify(alert));
    const { open, closed } = await readAlerts(folder);
    expect([open, closed.map(({ id }) => id)]).toEqual([[], [alert.id]]);
  });
});

describe('reading', () => {
  const seed = { app: 'traefik', reason: 'unhealthy-on-latest', ts: '20260613T054428Z', version: '5.1.1+v3.6.15' };

  it('takes an alert of four fields, counts it, and never closes it by itself', async () => {
    const id = '20260613T054428Z-traefik-unhealthy-on-latest';
    await writeFile(join(folder, `${id}.json`), JSON.stringify(seed));
    const { open } = await readAlerts(folder);
    expect(open).toMatchObject([{ ...seed, id, schema: null, count: 1, first_seen: '2026-06-13T05:44:28Z', severity: 'error', gate: null }]);
    expect(await countPasses(folder, { app: 'traefik', gate: 'gate-1', passes: 9, consecutive: 1 }, at('06:00:00'))).toEqual([]);
    await raiseAlert(folder, request({ app: 'traefik' }), at('07:00:00'));
    expect((await readAlerts(folder)).open).toMatchObject([{ id, count: 2 }]);
  });

  it('keeps fields that it does not know', async () => {
    await writeFile(join(folder, 'a.json'), JSON.stringify({ ...seed, later: { field: 1 } }));
    await raiseAlert(folder, request({ app: 'traefik' }), at('07:00:00'));
    expect(JSON.parse(await readFile(join(folder, 'a.json'), 'utf8'))).toMatchObject({ later: { field: 1 }, count: 2 });
  });

  it('names what is no alert, and goes on', async () => {
    await writeFile(join(folder, 'a.json'), JSON.stringify(seed));
    await writeFile(join(folder, 'b.json'), '{"app": "x"');
    await writeFile(join(folder, 'c.json'), '{"app": "x"}');
    const { open, unreadable } = await readAlerts(folder);
    expect(open.length).toBe(1);
    expect(unreadable.map(({ path }) => path)).toEqual([join(folder, 'b.json'), join(folder, 'c.json')]);
  });

  it('survives any value in any other field', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('schema', 'key', 'severity', 'count', 'first_seen', 'recovered', 'evidence', 'gate', 'passes', 'closed', 'suppressed_by'), fc.jsonValue()), (fields) => {
        expect(parseAlert('x', JSON.stringify({ ...fields, ...seed }))).toMatchObject({ ...seed, id: 'x' });
      }),
    );
  });
});
