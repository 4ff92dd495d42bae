import { markState, paintState } from '../state-mark.ts';
import type { View } from '../view.ts';
import { summarise, whereOf, type CheckReport, type ReportedFinding } from './check-report.ts';

/** Findings for a person: where, what was found and expected, and the one thing to do; then a line that sums up. */
export function renderCheck(report: CheckReport, view: View): string {
  const { findings } = report;
  const told = findings.map((finding) => renderFinding(finding, view)).join('');
  const errors = findings.some(({ level }) => level === 'error');
  const sum = errors ? view.paint('red', `✘ ${summarise(report)}`) : view.paint('green', `✔ ${summarise(report)}`);
  return `${told}${told === '' ? '' : '\n'}${sum}\n`;
}

function renderFinding({ rule, level, message, place, commit, next }: ReportedFinding, view: View): string {
  const by = place !== null && commit !== null ? ` [${commit.slice(0, 12)}]` : '';
  const doing = next === null || view.quiet ? '' : `  ${view.paint('dim', '→')} ${next}\n`;
  return `${paintState(view, level, `${markState(level)} ${rule}`)}  ${view.paint('bold', whereOf(place, commit))}${by}\n  ${message}\n${doing}`;
}
