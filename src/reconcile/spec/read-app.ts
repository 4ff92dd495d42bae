import { isScalar, visit } from 'yaml';
import { readUrl } from './addresses.ts';
import { readDriver } from './read-driver.ts';
import { readProbes } from './read-probe.ts';
import { readArgv, readBoolean, readDuration, readOneOf, readPattern, readText, readVersion, readWhole } from './scalars.ts';
import { readSeedGate, SEED_KEYS } from './seed-gate.ts';
import type { App, Hold, NegativeControl, Rollback, ServedUrl, Timing } from './types.ts';
import { findMisspelt, usesVersion } from './versions.ts';
import { placeOf, readFields, readItems, reject, type Fields, type Sheet, type Value } from './yaml-nodes.ts';

const APP_KEYS = ['driver', 'wanted', 'runs_in', 'serves', 'via', 'gate', 'confirm', 'timing', 'rollback', 'hold', 'negative_controls', ...SEED_KEYS] as const;

/** What holds where the file says nothing. */
const DEFAULT_TIMING: Timing = { withinMs: 300_000, everyMs: 2000, timeoutMs: 10_000, consecutive: 2, startGraceMs: 0 };
const DEFAULT_CONTROL_WITHIN_MS = 30_000;

/** One app. Names end up in file names (state, alerts), so they are plain. */
export function readApp(sheet: Sheet, name: string, value: Value, place: App['place']): App | null {
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) reject(sheet, place, `Unexpected app name ${JSON.stringify(name)}, expected letters, digits, ".", "_" and "-"`, 'Give the app a plain name.');
  const fields = readFields(sheet, value, APP_KEYS);
  if (!fields) return null;
  const read = <T>(key: string, reader: (sheet: Sheet, field: Value) => T | null): T | null => {
    const field = fields.get(key);
    return field && reader(sheet, field);
  };
  const seed = readSeedGate(sheet, fields);
  const serves = read('serves', readServes);
  const app: App = {
    name,
    place,
    driver: read('driver', readDriver),
    wanted: read('wanted', readVersion),
    runsIn: read('runs_in', readText),
    serves: serves ?? seed?.serves ?? [],
    via: read('via', readNames) ?? [],
    gate: seed?.gate ?? read('gate', readProbes) ?? [],
    confirm: read('confirm', readProbes) ?? [],
    timing: read('timing', readTiming) ?? DEFAULT_TIMING,
    rollback: read('rollback', readRollback) ?? { to: 'last_good', stateful: false, snapshot: null, restore: null },
    hold: read('hold', readHold) ?? { major: false, notesMatch: null, notes: null },
    negativeControls: read('negative_controls', readControls) ?? [],
  };
  const driver = fields.get('driver');
  if (driver && !fields.get('wanted')) reject(sheet, driver.place, `Unexpected driver without a wanted version in ${value.owner}, expected one`, 'Write e.g. wanted: 5.1.1+v3.6.15.');
  checkVariables(sheet, value, fields.get('wanted') !== null);
  return app;
}

/** `${version}` needs a version, and a slip in its name would be deployed as it stands. */
function checkVariables(sheet: Sheet, app: Value, hasVersion: boolean): void {
  if (!app.node) return;
  visit(app.node, {
    Scalar(_, scalar) {
      if (!isScalar(scalar) || typeof scalar.value !== 'string') return;
      const place = placeOf(sheet, scalar, app.place);
      for (const { name, meant } of findMisspelt(scalar.value)) reject(sheet, place, `Unexpected variable "\${${name}}" in ${app.owner}, expected \${version}, \${version.recipe} or \${version.app}`, `Write "\${${meant}}".`);
      if (!hasVersion && usesVersion(scalar.value)) reject(sheet, place, `Unexpected \${version} in ${app.owner}, which wants none`, 'Write e.g. wanted: 5.1.1+v3.6.15.');
    },
  });
}

function readServes(sheet: Sheet, value: Value): ServedUrl[] {
  return (readItems(sheet, value, '[https://app.example.org/]') ?? []).flatMap((item) => {
    const url = readUrl(sheet, item, 'served');
    return url === null ? [] : [{ url, place: item.place }];
  });
}

function readNames(sheet: Sheet, value: Value): string[] {
  return (readItems(sheet, value, '[proxy]') ?? []).map((item) => readText(sheet, item)).filter((name) => name !== null);
}

function readTiming(sheet: Sheet, value: Value): Timing {
  const fields = readFields(sheet, value, ['within', 'every', 'timeout', 'consecutive', 'start_grace']);
  const duration = (key: string, sign: 'positive' | 'zero-or-more'): number | null => {
    const field = fields?.get(key);
    return field ? readDuration(sheet, field, sign) : null;
  };
  const consecutive = fields?.get('consecutive');
  return {
    withinMs: duration('within', 'positive') ?? DEFAULT_TIMING.withinMs,
    everyMs: duration('every', 'positive') ?? DEFAULT_TIMING.everyMs,
    timeoutMs: duration('timeout', 'positive') ?? DEFAULT_TIMING.timeoutMs,
    consecutive: (consecutive && readWhole(sheet, consecutive, 1, 1000)) ?? DEFAULT_TIMING.consecutive,
    startGraceMs: duration('start_grace', 'zero-or-more') ?? DEFAULT_TIMING.startGraceMs,
  };
}

function readRollback(sheet: Sheet, value: Value): Rollback {
  const fields = readFields(sheet, value, ['to', 'stateful', 'snapshot', 'restore']);
  const [to, stateful, snapshot, restore] = pick(fields, ['to', 'stateful', 'snapshot', 'restore']);
  if (to) readOneOf(sheet, to, ['last_good']);
  return {
    to: 'last_good',
    stateful: (stateful && readBoolean(sheet, stateful)) ?? false,
    snapshot: snapshot ? readArgv(sheet, snapshot) : null,
    restore: restore ? readArgv(sheet, restore) : null,
  };
}

function readHold(sheet: Sheet, value: Value): Hold {
  const fields = readFields(sheet, value, ['major', 'notes_match', 'notes']);
  const [major, notesMatch, notes] = pick(fields, ['major', 'notes_match', 'notes']);
  return {
    major: (major && readBoolean(sheet, major)) ?? false,
    notesMatch: notesMatch ? readPattern(sheet, notesMatch) : null,
    notes: notes ? readArgv(sheet, notes) : null,
  };
}

function readControls(sheet: Sheet, value: Value): NegativeControl[] {
  const items = readItems(sheet, value, '[{name: stopped, break: [./ctl, stop], restore: [./ctl, start], within: 20s}]') ?? [];
  return items.flatMap((item, index) => {
    const fields = readFields(sheet, item, ['name', 'break', 'restore', 'within']);
    const [name, breaks, restores, within] = pick(fields, ['name', 'break', 'restore', 'within']);
    if (!fields) return [];
    if (!breaks || !restores) {
      reject(sheet, item.place, `Unexpected ${item.owner} without ${breaks ? 'restore' : 'break'}, expected both break and restore`, 'Write break: [./ctl, stop] and restore: [./ctl, start].');
      return [];
    }
    const [breakArgv, restoreArgv] = [readArgv(sheet, breaks), readArgv(sheet, restores)];
    const withinMs = (within && readDuration(sheet, within, 'positive')) ?? DEFAULT_CONTROL_WITHIN_MS;
    const control = (name && readText(sheet, name)) ?? `control-${index + 1}`;
    return breakArgv && restoreArgv ? [{ name: control, place: item.place, break: breakArgv, restore: restoreArgv, withinMs }] : [];
  });
}

function pick(fields: Fields | null, keys: readonly string[]): (Value | null)[] {
  return keys.map((key) => fields?.get(key) ?? null);
}
