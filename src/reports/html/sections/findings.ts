import { h, type Markup } from '../markup.ts';
import { drawEntryLink, drawPhaseName, drawSection, drawState, drawTime } from '../parts.ts';
import type { PageEntry, Report } from '../data/report.ts';
import { drawRows } from './rows.ts';

const kinds = ['veto', 'finding', 'alert', 'inbox'];
const live = ['standing', 'open', 'reopened', 'unread', 'acknowledged'];

/** What one side tells the other, and the reconciler both: vetoes, findings, alerts, messages; what is over below. */
export function drawFindings({ data }: Report): Markup {
  const all = data.entries.filter(({ kind }) => kinds.includes(kind)).toReversed();
  const open = all.filter(({ state }) => live.includes(state ?? ''));
  const over = all.filter(({ state }) => !live.includes(state ?? ''));
  const columns = [['State', 'state'], ['Kind', 'kind'], ['What', 'title'], ['Phase', 'phase'], ['Came in', 'age']] as const;
  const lead = all.length === 0 ? 'No findings, vetoes, alerts or messages.' : `${open.length} open, ${over.length} over.`;
  return drawSection(
    'findings',
    'Findings, alerts, messages',
    lead,
    open.length === 0 ? null : drawRows({ caption: 'Open findings, vetoes, alerts and messages', columns, list: 'docket list finding veto alert inbox' }, open.map(drawRow)),
    over.length === 0 ? null : h('details', {}, h('summary', {}, `${over.length} over`), drawRows({ caption: 'Closed findings, vetoes, alerts and messages', columns, list: 'docket list finding veto alert inbox' }, over.map(drawRow))),
  );
}

function drawRow(entry: PageEntry): Markup {
  const { id, kind, title, state, phase, at } = entry;
  return h('tr', { id }, h('td', {}, state === null ? '' : drawState(state)), h('td', {}, kind === 'inbox' ? `message to the ${id.startsWith('inbox:adversary/') ? 'Adversary' : 'Builder'}` : kind), h('td', {}, drawEntryLink(id, title)), h('td', {}, drawPhaseName(phase)), h('td', {}, drawTime(at)));
}
