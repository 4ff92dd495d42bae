import type { Entry } from '../../contract/schema/entry.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { readWhen } from '../../documents/vocabulary/when.ts';
import type { LineOrigins } from '../history/line-origins.ts';

/** The file of one alert, as bytes. */
export interface AlertFile {
  path: string;
  bytes: Buffer;
  origins: LineOrigins;
}

const stamp = /(?<!\d)(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z/u;

/** Reads one alert; a file that is no JSON object gives a diagnostic instead. */
export function readAlert({ path, bytes, origins }: AlertFile): { entry: Entry } | { diagnostic: Diagnostic } {
  const text = bytes.toString('utf8').replace(/^\uFEFF/u, '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { diagnostic: broken(path, error instanceof Error ? error.message : String(error)) };
  }
  if (isDeep(value)) return { diagnostic: broken(path, `it is nested more than ${deepest} levels deep`) };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { diagnostic: broken(path, 'it holds no object') };
  const alert = value as Record<string, unknown>;
  const stem = path.split('/').at(-1)?.replace(/\.json$/u, '') ?? path;
  const lines = Math.max(1, text.replace(/\n$/u, '').split('\n').length);
  return {
    entry: {
      id: `alert:${stem}`,
      kind: 'alert',
      phase: '-',
      title: [textOf(alert['app']), textOf(alert['reason'])].filter((part) => part !== null).join(' ') || stem,
      ...whenOf(textOf(alert['ts']) ?? textOf(alert['first_seen']) ?? '', stem),
      author: null,
      state: stateOf(path, alert),
      place: { path, line: 1, endLine: lines, rev: null },
      fields: Object.fromEntries(Object.entries(alert).map(([name, field]) => [name, textOf(field) ?? JSON.stringify(field)])),
      refs: [],
      introduced: origins.born(1),
      changed: origins.changed(1, lines),
      ...(textOf(alert['severity']) === null ? {} : { severity: textOf(alert['severity']) ?? '' }),
      alert,
    },
  };
}

/** JSON is read at any depth, but written only as far as the stack reaches. */
const deepest = 100;

function isDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth >= deepest || Object.values(value).some((each) => isDeep(each, depth + 1));
}

function broken(path: string, why: string): Diagnostic {
  return {
    rule: 'unreadable',
    level: 'error',
    message: `Unexpected content of an alert (${why}), expected one JSON object`,
    place: { path, line: 1 },
    related: [],
    entry: null,
    next: `Mend ${path}, or take it out of the folder.`,
    fixable: false,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The time stands in the file as `YYYYMMDDTHHMMSSZ` or as ISO 8601, else in its name. */
function whenOf(written: string, stem: string): Pick<Entry, 'date' | 'time'> {
  for (const text of [written, stem]) {
    const found = stamp.exec(text);
    if (found) return { date: `${found[1]}-${found[2]}-${found[3]}`, time: `${found[4]}:${found[5]}:${found[6]}` };
    const when = readWhen(text, 0);
    if (when?.date) return { date: when.date, time: when.time };
  }
  return { date: null, time: null };
}

/** The folder `closed/` decides; in the open one a file may say that somebody has seen it. */
function stateOf(path: string, alert: Record<string, unknown>): string {
  if (path.includes('/alerts/closed/')) return 'closed';
  const state = textOf(alert['state']) ?? textOf(alert['status']);
  if (state === 'closed' || state === 'acknowledged') return state;
  return alert['acknowledged'] === true || alert['acknowledged_by'] !== undefined ? 'acknowledged' : 'open';
}
