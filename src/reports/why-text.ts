import type { Why } from '../queries/why-path.ts';
import { alignColumns } from './columns.ts';
import { placeText, renderFields } from './entries-text.ts';
import { markState } from './state-mark.ts';
import type { View } from './view.ts';

type Range = Why['lines'];
type Shown = Omit<Why, 'entries'> & { entries: readonly Partial<Why['entries'][number]>[] };

/** What brought a file or its lines, and what explains it. */
export function renderWhy(why: Shown, fields: readonly string[], view: View): string {
  const { path, lines, state, uncommitted, commits, entries } = why;
  const head = `${view.paint('bold', lines.to === 0 ? path : `${path}:${rangeText(lines)}`)}${state === 'committed' ? '' : `  ${view.paint('yellow', state)}`}`;
  const rows = [
    ...uncommitted.map((range) => ['-', 'not committed', '', `${lineWord(range)} ${rangeText(range)}`]),
    ...commits.map(({ commit, at, subject, lines: own, paths }) => [commit.slice(0, 12), subject, at, linesText(own) + (paths.every((each) => each === path) ? '' : ` as ${paths.filter((each) => each !== path).join(', ')}`)]),
  ];
  const dim = { paint: (text: string) => view.paint('dim', text) };
  const brought = alignColumns(rows, [{}, { elastic: true }, dim, dim], view.columns === null ? null : view.columns - 2).map((line) => `  ${line}\n`).join('');
  const explained = fields.length > 0 ? renderFields(entries, fields, view) : entries.map((entry) => entryText(entry, view)).join('');
  return `${head}\n${brought}${explained === '' ? '' : `\n${view.paint('dim', 'explained by:')}\n${explained}`}`;
}

function entryText({ id = '', title = '', state = null, place, reasons = [] }: Partial<Why['entries'][number]>, view: View): string {
  const told = new Set(reasons.map(({ relation, commit, line }) => (commit === null ? reasonOfFile(relation, line) : `${relation} ${commit.slice(0, 12)}`)));
  const facts = [state === null ? '' : markState(state), place === undefined ? '' : view.paint('dim', placeText(place))].filter((fact) => fact !== '');
  return `  ${[view.paint('bold', id), ...facts].join('  ')}\n    ${title}\n    ${view.paint('dim', [...told].join(' · '))}\n`;
}

function reasonOfFile(relation: string, line: number | null): string {
  return relation === 'holds' ? 'holds it' : `mentions it in line ${line}`;
}

function linesText(ranges: readonly Range[]): string {
  const [first] = ranges;
  if (!first) return '';
  const more = ranges.length > 4 ? ` and ${ranges.length - 4} more` : '';
  return `${ranges.length > 1 ? 'lines' : lineWord(first)} ${ranges.slice(0, 4).map(rangeText).join(', ')}${more}`;
}

function lineWord({ from, to }: Range): string {
  return from === to ? 'line' : 'lines';
}

function rangeText({ from, to }: Range): string {
  return from === to ? `${from}` : `${from}-${to}`;
}
