import { h, type Child, type Markup } from '../markup.ts';
import { ageOf, count, drawEntryLink, drawPhaseName, drawSection, drawState } from '../parts.ts';
import type { PageEntry, Report } from '../data/report.ts';
import { drawRows } from './rows.ts';

/** Work that was parked: what has been triggered first, then the oldest; what is closed below. */
export function drawDeferred(report: Report): Markup {
  const { status, data, triggered, revision } = report;
  const items = data.entries.filter(({ kind }) => kind === 'deferred');
  const isOpen = ({ state }: PageEntry): boolean => state === 'open' || state === 'reopened';
  const rank = ({ id }: PageEntry): number => (Object.hasOwn(triggered, id) ? 0 : 1);
  const open = items.filter(isOpen).toSorted((a, b) => rank(a) - rank(b) || (filed(a) < filed(b) ? -1 : 1));
  const closed = items.filter((item) => !isOpen(item)).toReversed();
  const lead = items.length === 0 ? 'Nothing is parked.' : `${count(open.length, 'open item')}, ${status.deferred.triggered.length} of them triggered; ${closed.length} closed. Age counts from the day of filing to the newest commit.`;
  return drawSection(
    'deferred',
    'Deferred',
    lead,
    open.length === 0 ? null : drawRows({ caption: 'Open deferred items', columns: [['Age', 'age'], ['Item', 'title'], ['Phase', 'phase'], ['Re-entry trigger', 'trigger']], list: 'docket list deferred --state open' }, open.map((item) => drawOpen(item, triggered[item.id] ?? null, revision.at))),
    closed.length === 0 ? null : h('details', {}, h('summary', {}, `${count(closed.length, 'closed item')}`), drawRows({ caption: 'Closed deferred items', columns: [['Item', 'title'], ['Phase', 'phase'], ['Closed', 'age']], list: 'docket list deferred --state closed' }, closed.map(drawClosed))),
  );
}

function filed({ at, written }: PageEntry): string {
  return written ?? at ?? '9999';
}

function drawOpen(item: PageEntry, why: string | null, now: string | null): Markup {
  const from = item.written === null ? item.at : `${item.written.slice(0, 10)}T00:00:00Z`;
  const { days, words } = ageOf(from, now);
  const trigger = triggerOf(item);
  const reason = fieldOf(item, /reason/iu);
  return h(
    'tr',
    { id: item.id, 'data-age': days ?? -1, 'data-trigger': why === null ? '1' : '0' },
    h('td', { class: 'age' }, words === '' ? '–' : words, h('small', { class: 'below' }, from?.slice(0, 10) ?? '')),
    h('td', {}, drawEntryLink(item.id, item.title), item.state === 'reopened' ? [' ', drawState('reopened')] : null, reason === null ? null : h('small', { class: 'below' }, reason)),
    h('td', {}, drawPhaseName(item.phase)),
    h('td', {}, why === null ? null : [drawState('warning', 'triggered'), ': ', why], trigger === null ? (why === null ? h('span', { class: 'quiet' }, 'none written') : null) : h('small', { class: why === null ? '' : 'below' }, trigger)),
  );
}

function drawClosed(item: PageEntry): Markup {
  return h('tr', { id: item.id }, h('td', {}, drawState('closed'), ' ', drawEntryLink(item.id, item.title)), h('td', {}, drawPhaseName(item.phase)), h('td', {}, factOf(item, 'closed')));
}

function triggerOf(item: PageEntry): string | null {
  return fieldOf(item, /trigger|re-?entry|revisit|bring.?back|re-?open when|pick.?up|resume/iu);
}

function fieldOf({ fields = {} }: PageEntry, name: RegExp): string | null {
  const found = Object.entries(fields).find(([field]) => name.test(field));
  return found === undefined ? null : found[1];
}

function factOf({ facts }: PageEntry, name: string): Child {
  return facts.find(([fact]) => fact === name)?.[1] ?? '';
}
