import type { AppReport } from '../../reconcile/run/types.ts';
import { alignColumns } from '../columns.ts';
import type { Shade, View } from '../view.ts';
import { describeAlert } from './alerts-text.ts';
import { describeProbe } from './probe-text.ts';

interface AppsData {
  apps: AppReport[];
  evidence: string | null;
}

const marks: Record<string, [mark: string, shade: Shade]> = {
  pass: ['✔', 'green'], committed: ['✔', 'green'], noop: ['✔', 'green'], sound: ['✔', 'green'], proven: ['✔', 'green'],
  unknown: ['?', 'yellow'], conflict: ['?', 'yellow'], interrupted: ['?', 'yellow'], 'not-written': ['?', 'yellow'], inconclusive: ['?', 'yellow'],
  held: ['!', 'yellow'], 'identity-blind': ['!', 'yellow'], void: ['·', 'dim'],
};
const otherwise: [mark: string, shade: Shade] = ['✘', 'red'];

/** Apps with what came of them, why, each probe, each control and each open alert. */
export function renderApps({ apps, evidence }: AppsData, view: View): string {
  const blocks = apps.map((app) => renderApp(app, view));
  return [...blocks, ...(evidence === null ? [] : [`${view.paint('dim', `evidence ${evidence.slice(0, 12)}`)}\n`])].join('\n');
}

function renderApp({ app, wanted, verdict, outcome, why, probes, controls, alerts }: AppReport, view: View): string {
  const end = outcome ?? verdict ?? worstControl(controls.map((control) => control.verdict));
  const head = `${paint(end, view)}  ${view.paint('bold', app)}${wanted === null ? '' : `  ${wanted}`}${why === null ? '' : `  ${why}`}`;
  const rows = [
    ...probes.map((probe) => [paint(probe.verdict, view), `${probe.of} ${probe.name}`, describeProbe(probe)]),
    // The static control has no effect and is run always; it is worth a line only where it is not as it should be.
    ...controls.filter(({ kind, verdict }) => kind !== 'static' || verdict !== 'sound').map(({ kind, name, verdict, why, stale }) => [paint(verdict, view), `${kind} ${name}`, `${stale ? 'stale: the gate has changed since; ' : ''}${why}`]),
    ...alerts.map((alert) => [view.paint('yellow', '! alert'), alert.id, describeAlert(alert)]),
  ];
  return [head, ...alignColumns(rows, [{}, {}, { elastic: true }], view.columns === null ? null : view.columns - 2).map((line) => `  ${line}`)].map((line) => `${line}\n`).join('');
}

function worstControl(verdicts: readonly string[]): string {
  return verdicts.find((verdict) => (marks[verdict] ?? otherwise) === otherwise) ?? verdicts.find((verdict) => verdict !== 'sound' && verdict !== 'void') ?? verdicts[0] ?? 'unknown';
}

function paint(verdict: string, view: View): string {
  const [mark, shade] = marks[verdict] ?? otherwise;
  return view.paint(shade, `${mark} ${verdict}`);
}
