import type { AlertReason } from '../loop/types.ts';
import { createFile, replaceFile } from '../../durable/replace-file.ts';
import { closedPath, formatAlert, keyOf, openPath, readAlerts } from './alert-file.ts';
import type { Alert, AlertRequest, Severity } from './types.ts';
import { alertSchema } from './types.ts';
import { stat } from 'node:fs/promises';

const severities: Record<AlertReason, Severity> = {
  'unhealthy-on-latest': 'error',
  'rollback-failed': 'critical',
  'held-major': 'warning',
  'held-notes': 'warning',
  'gate-cycle': 'error',
  'gate-deadlock': 'error',
  'confirm-failed': 'error',
};

/** Raises an alert, or counts it in the open one of the same key; within one attempt it is counted once. Returns it as it stands
 *  on disk now. */
export async function raiseAlert(alertsDir: string, request: AlertRequest, now: Date): Promise<Alert> {
  const key = keyOf(request.app, request.reason, request.version);
  const { open } = await readAlerts(alertsDir);
  const same = open.find((alert) => alert.key === key);
  if (same !== undefined) return countAgain(alertsDir, same, request, now);
  for (let at = now; ; at = new Date(at.getTime() + 1000)) {
    // Two alerts of one app and reason within a second (of two versions) would share a name: the later one takes the next second.
    const alert = newAlert(request, key, at);
    if (await exists(closedPath(alertsDir, alert.id))) continue;
    if (createFile(openPath(alertsDir, alert.id), formatAlert(alert))) return alert;
  }
}

function countAgain(alertsDir: string, alert: Alert, request: AlertRequest, now: Date): Alert {
  const again = alert.counted_for !== request.countFor;
  const next: Alert = {
    ...alert,
    schema: alertSchema,
    count: again ? alert.count + 1 : alert.count,
    last_seen: formatMoment(now),
    last_good: request.lastGood,
    gate: request.gate,
    passes: 0,
    suppressed_by: request.suppressedBy,
    recovered: alert.recovered && !(again && request.isNewFault),
    severity: again && request.isNewFault ? severities[request.reason] : alert.severity,
    detail: request.isNewFault ? request.detail : alert.detail,
    counted_for: request.countFor,
  };
  replaceFile(openPath(alertsDir, alert.id), formatAlert(next));
  return next;
}

function newAlert(request: AlertRequest, key: string, at: Date): Alert {
  const { app, reason, version } = request;
  const ts = formatStamp(at);
  return {
    app,
    reason,
    ts,
    version,
    schema: alertSchema,
    id: `${ts}-${app}-${reason}`,
    key,
    severity: severities[reason],
    count: 1,
    first_seen: formatMoment(at),
    last_seen: formatMoment(at),
    attempted: version,
    last_good: request.lastGood,
    recovered: false,
    evidence: null,
    suppressed_by: request.suppressedBy,
    detail: request.detail,
    gate: request.gate,
    passes: 0,
    counted_for: request.countFor,
    closed: null,
  };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** `2026-06-13T05:44:28Z` */
export function formatMoment(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** `20260613T054428Z`, as it stands in the name of an alert. */
function formatStamp(at: Date): string {
  return formatMoment(at).replaceAll(/[-:]/g, '');
}
