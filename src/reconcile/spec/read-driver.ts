import { readArgv, readOneOf, readText } from './scalars.ts';
import type { Driver } from './types.ts';
import { readEntries, readFields, reject, type Sheet, type Value } from './yaml-nodes.ts';

const KEYS: Record<Driver['kind'], readonly string[]> = {
  exec: ['kind', 'current', 'deploy'],
  swarm: ['kind', 'service', 'image', 'socket'],
  systemd: ['kind', 'unit', 'version_file'],
};
const KINDS = ['exec', 'swarm', 'systemd'] as const;

export function readDriver(sheet: Sheet, value: Value): Driver | null {
  const kind = readKind(sheet, value);
  const fields = kind && readFields(sheet, value, KEYS[kind]);
  if (!fields) return null;
  const text = (key: string): string | null => {
    const field = fields.get(key);
    return field && readText(sheet, field);
  };
  const required = <T>(key: string, read: (sheet: Sheet, field: Value) => T | null, example: string): T | null => {
    const field = fields.get(key);
    return field ? read(sheet, field) : reject(sheet, value.place, `Unexpected ${value.owner} without ${key}, expected one`, `Write e.g. ${key}: ${example}`);
  };
  switch (kind) {
    case 'exec': {
      const current = required('current', readArgv, '[./ctl, current]');
      const deploy = required('deploy', readArgv, '[./ctl, deploy, "${version}"]');
      return current && deploy && { kind, current, deploy };
    }
    case 'swarm': {
      const service = required('service', readText, 'stack_app');
      return service === null ? null : { kind, service, image: text('image'), socket: text('socket') };
    }
    case 'systemd': {
      const unit = required('unit', readText, 'app.service');
      return unit === null ? null : { kind, unit, versionFile: text('version_file') };
    }
    case null:
      return null;
  }
}

/** The kind comes first, since it decides which other keys are known. Errors of the map itself are left to the reading of
 *  its fields, so that none is named twice. */
function readKind(sheet: Sheet, value: Value): Driver['kind'] | null {
  const quiet: Sheet = { ...sheet, errors: [] };
  const entries = readEntries(quiet, value);
  if (!entries) {
    sheet.errors.push(...quiet.errors);
    return null;
  }
  const kind = entries.find(([key]) => key === 'kind')?.[1];
  return kind ? readOneOf(sheet, kind, KINDS) : reject(sheet, value.place, `Unexpected ${value.owner} without kind, expected one of: ${KINDS.join(', ')}`, 'Write e.g. {kind: exec, current: [./ctl, current], deploy: [./ctl, deploy, "${version}"]}.');
}
