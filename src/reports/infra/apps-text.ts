import type { AppReport } from '../../reconcile/run/types.ts';
import { alignColumns } from '../columns.ts';
import type { Shade } from '../shade.ts';
import type { View } from '../view.ts';
import { describeProbe } from './probe-text.ts';

const marks: Record<string, [mark: string, shade: Shade]> = {
  pass: ['✔', 'green'], committed: ['✔', 'green'], noop: ['✔', 'green'], sound: ['✔', 'green'], proven: ['✔', 'green'],
  unknown: ['?', 'yellow'], conflict: ['?', 'yellow'], interrupted: ['?', 'yellow'], 'not-written': ['?', 'yellow'], inconclusive: ['?', 'yellow'],
  held: ['!', 'yellow'], 'identity-blind': ['!', 'yellow'], void: ['·', 'dim'],
};
const otherwise: [mark: string, shade: Shade] = ['✘', 'red'];

/** Apps with what came of them, why, each probe and each control; when it happened and what is open besides is told elsewhere, so that it can be recorded. */
export function renderApps(apps: readonly AppReport[], view: View): string {
  return apps.map((app) => renderApp(app, view)).join('\n');
}

function renderApp({ app, wanted, verdict, outcome, why, probes, controls }: AppReport, view: View): string {
  const end = outcome ?? verdict ?? worstControl(controls.map((control) => control.verdict));
  const head = `${paint(end, view)}  ${view.paint('bold', app)}${wanted === null ? '' : `  ${wanted}`}${why === null ? '' : `  ${why}`}`;
  const rows = [
    ...probes.map((probe) => [paint(probe.verdict, view), `${probe.of} ${probe.name}`, describeProbe(probe)]),
    // The static control has no effect and is run always; it is worth a line only where it is not as it should be.
    ...controls.filter(({ kind, verdict }) => kind !== 'static' || verdict !== 'sound').map(({ kind, name, verdict, why, stale }) => [paint(verdict, view), `${kind} ${name}`, `${stale ? 'stale: the gate has changed since; ' : ''}${why}`]),
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
