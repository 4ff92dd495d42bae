import { escapeControls } from '../safe-text.ts';
import { whereOf, type CheckReport, type ReportedFinding } from './check-report.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** Workflow commands of GitHub Actions, one a finding. What is theirs to mean is escaped, so that no document can give a command. */
export function renderGithub({ findings }: CheckReport): string {
  return findings.map((finding) => `${renderCommand(finding)}\n`).join('');
}

function renderCommand({ rule, level, message, place, commit, next }: ReportedFinding): string {
  const properties: [string, string][] = [];
  // A place that only history has is in no file of the run.
  if (place !== null && !place.rev) {
    properties.push(['file', place.path], ['line', String(place.line)]);
    if (place.endLine !== undefined) properties.push(['endLine', String(place.endLine)]);
    if (place.column !== undefined) properties.push(['col', String(place.column)]);
  }
  properties.push(['title', rule]);
  const where = place === null || place.rev ? `${whereOf(place, commit)}: ` : '';
  const text = `${where}${message}${next === null ? '' : `. ${next}`}`;
  return `::${commands[level]} ${properties.map(([name, value]) => `${name}=${escapeProperty(value)}`).join(',')}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return escapeControls(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
