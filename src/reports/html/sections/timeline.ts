import { h, hrefOf, type Markup } from '../markup.ts';
import { count, drawCommit, drawEntryLink, drawSection, drawState } from '../parts.ts';
import type { PageEvent } from '../data/collect-events.ts';
import type { PageCommit, Report } from '../data/report.ts';
import { drawChart } from './timeline-chart.ts';
import { drawRows } from './rows.ts';

/** What happened, by commit: a drawing of the whole, then every event, the newest first. */
export function drawTimeline({ events, data }: Report): Markup {
  const commits = new Map(data.commits.map((commit) => [commit.commit, commit]));
  const lead = events.length === 0 ? 'Nothing has happened yet.' : `${count(events.length, 'event')} in ${count(data.commits.length, 'commit')} of the record. The time is that of the commit; what somebody wrote decides nothing.`;
  return drawSection(
    'timeline',
    'Timeline',
    lead,
    events.length === 0 ? null : drawChart(events, data.commits),
    events.length === 0 ? null : drawRows({ caption: 'Events, the newest first', columns: [['When', ''], ['What', ''], ['Of', ''], ['Entry', ''], ['Commit', '']], list: 'docket watch --once' }, withDays(events, commits)),
  );
}

/** The day stands at its first event only. */
function withDays(events: readonly PageEvent[], commits: ReadonlyMap<string, PageCommit>): Markup[] {
  let day = '';
  return events.toReversed().map((event) => {
    const isNew = event.at.slice(0, 10) !== day;
    day = event.at.slice(0, 10);
    return drawEvent(event, isNew, commits.get(event.commit) ?? null);
  });
}

function drawEvent({ at, commit, lane, state, phase, gate, entry, text }: PageEvent, isNewDay: boolean, fact: PageCommit | null): Markup {
  const of = gate === null ? (phase ?? '') : `${phase}/${gate}`;
  const subject = fact?.subject ?? '';
  return h(
    'tr',
    { class: isNewDay ? 'day-begins' : null, 'data-kind': lane },
    h('td', { class: 'when' }, h('time', { datetime: at }, h('span', { class: isNewDay ? 'date' : 'date unseen' }, at.slice(0, 10)), ' ', h('span', { class: 'clock' }, `${at.slice(11, 16)}Z`))),
    h('td', {}, h('span', { class: 'quiet' }, lane), ' ', drawState(signStates[state] ?? state, state)),
    h('td', { class: 'of' }, gate === null ? of : h('a', { href: hrefOf(`gate:${of}`) }, of)),
    h('td', {}, entry === null ? text : drawEntryLink(entry, text)),
    h('td', { class: 'commit' }, drawCommit(commit), text === subject ? null : [' ', h('span', { class: 'quiet subject' }, subject)]),
  );
}

/** Events that are no states of their own, by the state whose sign they carry. */
const signStates: Readonly<Record<string, string>> = { filed: 'open', raised: 'warning', sent: 'unread', grown: 'unread', marked: 'done' };
