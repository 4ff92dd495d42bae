import { parseUrl } from './urls.ts';
import { readStatus } from './read-probe.ts';
import { readText } from './scalars.ts';
import type { HttpProbe, ServedUrl } from './types.ts';
import { reject, type Fields, type Sheet, type Value } from './yaml-nodes.ts';

/** The older field names for a gate: which host and path to ask, and which statuses are healthy. */
export const SEED_KEYS = ['domain', 'health_domain', 'health_path', 'health_ok'] as const;

export interface SeedGate {
  gate: HttpProbe[];
  /** What the app answers for by these keys: everything under its own domain. */
  serves: ServedUrl[];
}

/** Null when the app uses none of the keys. They stand in place of `gate`, never beside it. */
export function readSeedGate(sheet: Sheet, fields: Fields): SeedGate | null {
  const used = SEED_KEYS.find((key) => fields.get(key));
  const first = used && fields.get(used);
  if (!first) return null;
  const gate = fields.get('gate');
  if (gate) return reject(sheet, gate.place, `Unexpected gate beside ${SEED_KEYS.join(', ')} in ${fields.owner}, expected one of the two forms`, 'Remove the older keys.');

  const domain = readHost(sheet, fields.get('domain'));
  const asked = readHost(sheet, fields.get('health_domain')) ?? domain;
  const path = readPath(sheet, fields.get('health_path'));
  const ok = fields.get('health_ok');
  const status = ok ? readStatus(sheet, ok) : [200];
  if (!asked) {
    if (!fields.get('domain') && !fields.get('health_domain')) reject(sheet, first.place, `Unexpected ${first.owner} without a domain, expected one`, 'Write domain: app.example.org.');
    return { gate: [], serves: [] };
  }
  const place = (fields.get('health_domain') ?? fields.get('health_path') ?? first).place;
  const probe: HttpProbe = {
    kind: 'http', name: 'health', place, provider: null, url: `https://${asked}${path}`, pin: null, verify: true,
    expect: { status, json: null, text: null, header: null, notExpired: false },
  };
  const own = fields.get('domain');
  return { gate: [probe], serves: domain && own ? [{ url: `https://${domain}/`, place: own.place }] : [] };
}

function readHost(sheet: Sheet, value: Value | null): string | null {
  const text = value && readText(sheet, value);
  if (!value || text === null) return null;
  if (!/[/?#@\s]/.test(text) && parseUrl(`https://${text}/`)) return text;
  return reject(sheet, value.place, `Unexpected ${JSON.stringify(text)} for ${value.owner}, expected a host name alone`, 'Write e.g. app.example.org, without https:// and path.');
}

function readPath(sheet: Sheet, value: Value | null): string {
  const text = value && readText(sheet, value);
  if (!value || text === null) return '/';
  if (text.startsWith('/') && !/[\s#]/.test(text)) return text;
  reject(sheet, value.place, `Unexpected ${JSON.stringify(text)} for ${value.owner}, expected a path from the root`, `Write "/${text.replace(/^\/+|[\s#].*$/g, '')}".`);
  return '/';
}
