import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isSystemError, removeFile, replaceFile } from '../../durable/replace-file.ts';
import type { Alert, UnreadableAlert } from './types.ts';

const text = z.string().nullable().catch(null);
const moment = z.string().optional().catch(undefined);
const closing = z.object({ at: z.string(), reason: z.string(), by: z.string(), evidence: text });

/** The seed's four fields must be there; everything else may be missing or of a form that a later version writes. */
const form = z.looseObject({
  app: z.string(),
  reason: z.string(),
  ts: z.string(),
  version: z.string(),
  schema: z.number().nullable().catch(null),
  key: z.string().optional().catch(undefined),
  severity: z.enum(['warning', 'error', 'critical']).catch('error'),
  count: z.int().min(1).catch(1),
  first_seen: moment,
  last_seen: moment,
  attempted: text,
  last_good: text,
  recovered: z.boolean().catch(false),
  evidence: text,
  suppressed_by: text,
  detail: text,
  gate: text,
  passes: z.int().min(0).catch(0),
  counted_for: text,
  closed: closing.nullable().catch(null),
});

/** Reads the content of an alert file called `ID.json`; null when it is not an alert. */
export function parseAlert(id: string, content: string): Alert | null {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return null;
  }
  const read = form.safeParse(value);
  if (!read.success) return null;
  const { key, first_seen, last_seen, ...rest } = read.data;
  const seen = first_seen ?? isoOf(rest.ts);
  return { ...rest, id, key: key ?? keyOf(rest.app, rest.reason, rest.version), first_seen: seen, last_seen: last_seen ?? seen };
}

export function keyOf(app: string, reason: string, version: string): string {
  return `${app}/${reason}/${version}`;
}

/** `20260613T054428Z` as `2026-06-13T05:44:28Z`; what is written otherwise stays. */
function isoOf(stamp: string): string {
  return stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
}

export function openPath(alertsDir: string, id: string): string {
  return join(alertsDir, `${id}.json`);
}

export function closedPath(alertsDir: string, id: string): string {
  return join(alertsDir, 'closed', `${id}.json`);
}

/** The order of the keys is the file's: the seed's four come first. */
export function formatAlert(alert: Alert): string {
  const { app, reason, ts, version, ...rest } = alert;
  return JSON.stringify({ app, reason, ts, version, ...rest }, null, 2) + '\n';
}

export interface AlertFolder {
  open: Alert[];
  closed: Alert[];
  unreadable: UnreadableAlert[];
}

/** All alerts of a folder, oldest first. An alert that stands on both sides was being closed when the run was killed: it is closed. */
export async function readAlerts(alertsDir: string): Promise<AlertFolder> {
  const unreadable: UnreadableAlert[] = [];
  const closed = await readFolder(join(alertsDir, 'closed'), unreadable);
  const done = new Set(closed.map((alert) => alert.id));
  const open = await readFolder(alertsDir, unreadable);
  return { open: open.filter((alert) => !done.has(alert.id)), closed, unreadable };
}

async function readFolder(folder: string, unreadable: UnreadableAlert[]): Promise<Alert[]> {
  const alerts: Alert[] = [];
  for (const name of await listFiles(folder)) {
    const path = join(folder, name);
    const alert = parseAlert(name.slice(0, -'.json'.length), await readFile(path, 'utf8'));
    if (alert === null) unreadable.push({ path, why: 'is not an alert: expected JSON with app, reason, ts and version' });
    else alerts.push(alert);
  }
  return alerts;
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isFile() && entry.name.endsWith('.json') && !entry.name.startsWith('.') ? [entry.name] : [])).sort();
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Moves an alert to `closed/`; it is never deleted. The closed file stands before the open one goes. */
export function moveToClosed(alertsDir: string, alert: Alert): void {
  replaceFile(closedPath(alertsDir, alert.id), formatAlert(alert));
  removeFile(openPath(alertsDir, alert.id));
}
