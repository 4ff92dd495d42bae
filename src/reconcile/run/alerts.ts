import { readFile } from 'node:fs/promises';
import { closedPath, formatAlert, moveToClosed, openPath, readAlerts } from '../alerts/alert-file.ts';
import { pickAlert } from '../alerts/close-alert.ts';
import type { ClosingRequest } from '../alerts/close-alert.ts';
import type { Alert } from '../alerts/types.ts';
import { findNearest } from '../spec/nearest.ts';
import { exits } from './exits.ts';
import type { FileChange, Infra, InfraResult, Mode, Problem } from './types.ts';

export interface AlertsData {
  open: Alert[];
  closed: Alert[];
}

type Place = Pick<Infra, 'alertsDir'>;

/** All alerts, oldest first. Executes nothing and changes nothing. Exit 0; 2 when a file is no alert. */
export async function listAlerts({ alertsDir }: Place): Promise<InfraResult<AlertsData>> {
  const { open, closed, unreadable } = await readAlerts(alertsDir);
  const problems = unreadable.map(({ path, why }): Problem => ({ rule: 'unreadable', message: `${path} ${why}`, next: 'Mend the file, or move it out of the folder.', path, line: null, column: null }));
  return { exit: problems.length > 0 ? exits.unreadable : exits.yes, data: { open, closed }, problems };
}

export interface ClosingData {
  alert: Alert | null;
  /** Null when nothing had to be changed. */
  change: FileChange | null;
}

/** A person closes one alert: it moves to `closed/` with who and why, and is never deleted. Exit 0 also when it is closed already, 2 when
 *  the name fits none or several. */
export async function closeOneAlert({ alertsDir, clock }: Pick<Infra, 'alertsDir' | 'clock'>, name: string, request: ClosingRequest, mode: Mode = 'write'): Promise<InfraResult<ClosingData>> {
  const picked = await pickAlert(alertsDir, name, request, clock.wall());
  if (picked.kind === 'already-closed') return { exit: exits.yes, data: { alert: picked.alert, change: null }, problems: [] };
  if (picked.kind === 'open') {
    const { open, toClose } = picked;
    const from = openPath(alertsDir, open.id);
    const change = { from, to: closedPath(alertsDir, open.id), before: await readFile(from, 'utf8'), after: formatAlert(toClose) };
    if (mode === 'write') moveToClosed(alertsDir, toClose);
    return { exit: exits.yes, data: { alert: toClose, change }, problems: [] };
  }
  const nearest = findNearest(name, picked.candidates) ?? picked.candidates[0];
  const message = picked.kind === 'unknown' ? `Unexpected alert "${name}", expected one that is open` : `Unexpected alert "${name}", expected one that fits alone; it fits ${picked.candidates.join(', ')}`;
  const next = nearest === undefined ? 'docket infra alerts --closed' : `docket infra alerts close ${nearest} --reason ${request.reason}`;
  return { exit: exits.unreadable, data: { alert: null, change: null }, problems: [{ rule: 'usage', message, next, path: null, line: null, column: null }] };
}
