import { readAlerts } from '../alerts/alert-file.ts';
import { closeAlert } from '../alerts/close-alert.ts';
import type { ClosingRequest } from '../alerts/close-alert.ts';
import type { Alert } from '../alerts/types.ts';
import { findNearest } from '../spec/nearest.ts';
import { exits } from './exits.ts';
import type { Infra, InfraResult, Problem } from './types.ts';

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

/** A person closes one alert; see `closeAlert`. Exit 0 also when it is closed already, 2 when the name fits none or several. */
export async function closeOneAlert({ alertsDir, clock }: Pick<Infra, 'alertsDir' | 'clock'>, name: string, request: ClosingRequest): Promise<InfraResult<{ alert: Alert | null }>> {
  const closed = await closeAlert(alertsDir, name, request, clock.wall());
  if (closed.kind === 'closed' || closed.kind === 'already-closed') return { exit: exits.yes, data: { alert: closed.alert }, problems: [] };
  const nearest = findNearest(name, closed.candidates) ?? closed.candidates[0];
  const message = closed.kind === 'unknown' ? `no open alert ${name}` : `${name} fits more than one alert: ${closed.candidates.join(', ')}`;
  const next = nearest === undefined ? 'Nothing is open: run docket infra alerts --json.' : `Run: docket infra alerts close ${nearest} --reason ${request.reason}`;
  return { exit: exits.unreadable, data: { alert: null }, problems: [{ rule: 'usage', message, next, path: alertsDir, line: null, column: null }] };
}
