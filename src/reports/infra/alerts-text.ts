import type { Alert } from '../../reconcile/alerts/types.ts';
import { alignColumns } from '../columns.ts';
import type { View } from '../view.ts';

/** Open alerts, and closed ones with who closed them and why. */
export function renderAlerts({ open, closed }: { open: readonly Alert[]; closed: readonly Alert[] }, view: View): string {
  if (open.length + closed.length === 0) return 'There is no alert.\n';
  const rows = [
    ...open.map((alert) => [view.paint(alert.severity === 'warning' ? 'yellow' : 'red', '○ open'), alert.id, describeAlert(alert)]),
    ...closed.map((alert) => [view.paint('dim', '● closed'), alert.id, alert.closed === null ? '' : `${alert.closed.reason}, by ${alert.closed.by} at ${alert.closed.at}${alert.closed.evidence === null ? '' : `: ${alert.closed.evidence}`}`]),
  ];
  return alignColumns(rows, [{}, {}, { elastic: true }], view.columns).map((line) => `${line}\n`).join('');
}

/** How bad, how often, since when, and why: `error, 3 times since 2026-06-13T05:44:28Z: api: status is 503, expected 200`. */
export function describeAlert({ severity, count, first_seen, recovered, suppressed_by, detail }: Alert): string {
  const often = count === 1 ? `at ${first_seen}` : `${count} times since ${first_seen}`;
  const facts = [severity, ...(recovered ? ['recovered'] : []), ...(suppressed_by === null ? [] : [`explained by ${suppressed_by}`]), often];
  return `${facts.join(', ')}${detail === null ? '' : `: ${detail}`}`;
}
