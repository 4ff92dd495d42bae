import { escapeControls } from '../safe-text.ts';
import { summarise, whereOf, type CheckReport, type ReportedFinding } from './check-report.ts';

const marks = { error: '❌ error', warning: '⚠️ warning', info: 'ℹ️ info' } as const;

/** A table for a comment on a pull request or the summary of a job. */
export function renderMarkdown(report: CheckReport): string {
  const rows = report.findings.map(renderRow);
  const table = rows.length === 0 ? '' : `| level | rule | where | what | next |\n|---|---|---|---|---|\n${rows.join('')}\n`;
  return `### docket check\n\n${table}${escape(summarise(report))}\n`;
}

function renderRow({ rule, level, message, place, commit, next }: ReportedFinding): string {
  return `| ${[marks[level], `\`${rule}\``, escape(whereOf(place, commit)), escape(message), escape(next ?? '')].join(' | ')} |\n`;
}

/** Text as text: nothing in it may become a link, an image, HTML, a mention or a cell of its own. */
function escape(value: string): string {
  return escapeControls(value).replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>()#|~!@&]/g, (sign) => (sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : sign === '&' ? '&amp;' : sign === '@' ? '&#64;' : `\\${sign}`));
}
