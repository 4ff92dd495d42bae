import { replaceFile } from '../../durable/replace-file.ts';
import { formatAlert, moveToClosed, openPath, readAlerts } from './alert-file.ts';
import { formatMoment } from './raise-alert.ts';
import type { Alert } from './types.ts';

/** `toClose`: the alert as it stands open, and as it is to be when it is closed. */
export type Picked = { kind: 'open'; open: Alert; toClose: Alert } | { kind: 'already-closed'; alert: Alert } | { kind: 'unknown' | 'ambiguous'; candidates: string[] };

export interface ClosingRequest {
  reason: string;
  by: string;
  evidence: string | null;
}

/** The alert that a person wants to close: named whole, as a file name, or by any unique tail. Nothing is changed yet. */
export async function pickAlert(alertsDir: string, name: string, request: ClosingRequest, now: Date): Promise<Picked> {
  const { open, closed } = await readAlerts(alertsDir);
  const id = name.replace(/^alert:/, '').replace(/\.json$/, '');
  const matches = pickMatches(open, id);
  const only = matches.length === 1 ? matches[0] : undefined;
  if (only === undefined) {
    const before = closed.find((alert) => alert.id === id);
    if (before !== undefined) return { kind: 'already-closed', alert: before };
    return { kind: matches.length === 0 ? 'unknown' : 'ambiguous', candidates: (matches.length === 0 ? open : matches).map((alert) => alert.id) };
  }
  return { kind: 'open', open: only, toClose: closedBy(only, request, now) };
}

function pickMatches(alerts: Alert[], id: string): Alert[] {
  const whole = alerts.filter((alert) => alert.id === id);
  return whole.length > 0 ? whole : alerts.filter((alert) => id !== '' && alert.id.endsWith(id));
}

function closedBy(alert: Alert, { reason, by, evidence }: ClosingRequest, now: Date): Alert {
  return { ...alert, evidence: evidence ?? alert.evidence, closed: { at: formatMoment(now), reason, by, evidence } };
}

export interface Passes {
  app: string;
  /** Digest of the gate that passed. */
  gate: string;
  /** How often in a row it passed just now. */
  passes: number;
  /** So many passes in a row close an alert. */
  consecutive: number;
}

/** Counts passes towards the alerts that this very gate raised, and closes those that have enough of them. Returns the closed ones. */
export async function countPasses(alertsDir: string, passed: Passes, now: Date): Promise<Alert[]> {
  const closed: Alert[] = [];
  for (const alert of (await readAlerts(alertsDir)).open) {
    if (alert.app !== passed.app || alert.gate === null || alert.gate !== passed.gate) continue;
    const passes = alert.passes + passed.passes;
    if (passes >= passed.consecutive) {
      const over = closedBy({ ...alert, passes }, { reason: 'gate-passed', by: 'docket', evidence: null }, now);
      moveToClosed(alertsDir, over);
      closed.push(over);
    } else replaceFile(openPath(alertsDir, alert.id), formatAlert({ ...alert, passes }));
  }
  return closed;
}

/** A failing gate starts the count anew. */
export async function forgetPasses(alertsDir: string, app: string, gate: string): Promise<void> {
  for (const alert of (await readAlerts(alertsDir)).open) {
    if (alert.app === app && alert.gate === gate && alert.passes > 0) replaceFile(openPath(alertsDir, alert.id), formatAlert({ ...alert, passes: 0 }));
  }
}

/** The service is well again on its last good version; the version that was tried is not, so the alert stays open. */
export async function markRecovered(alertsDir: string, app: string, version: string): Promise<void> {
  for (const alert of (await readAlerts(alertsDir)).open) {
    if (alert.app !== app || alert.reason !== 'unhealthy-on-latest' || alert.attempted !== version || alert.recovered) continue;
    replaceFile(openPath(alertsDir, alert.id), formatAlert({ ...alert, recovered: true, severity: 'warning' }));
  }
}

/** Puts the line of evidence into the alerts that it shows. */
export async function linkEvidence(alertsDir: string, ids: readonly string[], evidence: string): Promise<void> {
  for (const alert of (await readAlerts(alertsDir)).open) {
    if (ids.includes(alert.id)) replaceFile(openPath(alertsDir, alert.id), formatAlert({ ...alert, evidence }));
  }
}
