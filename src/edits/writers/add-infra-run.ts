import type { Alert } from '../../reconcile/alerts/types.ts';
import type { AppReport } from '../../reconcile/run/types.ts';
import { oneLine } from '../close-item.ts';
import type { Pen } from '../writer/pen.ts';
import type { Written } from '../writer/write-document.ts';
import { addJournal } from './add-journal.ts';

/** A run of the reconciler, as far as the record is to tell of it. */
export interface InfraRun {
  /** `infra reconcile`. */
  command: string;
  apps: readonly Pick<AppReport, 'app' | 'wanted' | 'outcome' | 'verdict' | 'why' | 'gate' | 'alerts'>[];
  /** Id of its line of evidence. */
  evidence: string | null;
  /** Where the specification stands. */
  spec: string;
  commit: string | null;
}

/** What is told of a server's own words. */
const longestReason = 300;
/** Apps that are named in the title. */
const titled = 3;

/** Journals what came of a run: one line for each app, the alerts by the names of their files, and the line of evidence. */
export function addInfraRun(pen: Pen, phase: string | null, run: InfraRun): Promise<Written> {
  return addJournal(pen, { phase, title: titleOf(run), date: now(), body: { name: 'what came of the run', text: bodyOf(run) } });
}

/** Journals that an alert is over, who says so and what shows it. */
export function addAlertClosing(pen: Pen, phase: string | null, { id, closed, detail }: Alert): Promise<Written> {
  const lines = [
    `**Alert:** ${id}${detail === null ? '' : ` — ${oneLine(detail, longestReason)}`}`,
    `**Closed:** ${oneLine(closed?.reason ?? '')}, by ${oneLine(closed?.by ?? '')}`,
    ...(typeof closed?.evidence !== 'string' ? [] : [`**Evidence:** ${oneLine(closed.evidence, longestReason)}`]),
  ];
  return addJournal(pen, { phase, title: `alert ${id} closed: ${oneLine(closed?.reason ?? '', 60)}`, date: now(), body: { name: 'what was closed', text: lines.join('\n\n') } });
}

function titleOf({ command, apps }: InfraRun): string {
  const named = apps.slice(0, titled).map((app) => `${app.app} ${endOf(app)}`);
  return `${command}: ${named.join(', ') || 'no app'}${apps.length > titled ? ` and ${apps.length - titled} more` : ''}`;
}

function bodyOf({ apps, evidence, spec, commit }: InfraRun): string {
  const alerts = [...new Set(apps.flatMap((app) => app.alerts.map(({ id }) => id)))];
  return [
    apps.map((app) => `- ${app.app}: ${endOf(app)}${app.wanted === null ? '' : `, wanted ${app.wanted}`}${app.why === null ? '' : ` — ${oneLine(app.why, longestReason)}`} (gate ${app.gate.slice(0, 12)})`).join('\n'),
    ...(alerts.length === 0 ? [] : [`**Alerts:** ${alerts.join(', ')}`]),
    ...(evidence === null ? [] : [`**Evidence:** line ${evidence} of the run's log`]),
    `**Specification:** ${spec}${commit === null ? '' : ` at ${commit}`}`,
  ].join('\n\n');
}

function endOf({ outcome, verdict }: Pick<AppReport, 'outcome' | 'verdict'>): string {
  return outcome ?? verdict ?? 'not asked';
}

/** To the minute, in UTC. */
function now(): string {
  return `${new Date().toISOString().slice(0, 16)}Z`;
}
