import type { Report } from './data/report.ts';
import { h, type Markup } from './markup.ts';
import { count, drawCommit, drawTime } from './parts.ts';
import { drawBoard } from './sections/board.ts';
import { drawDecisions } from './sections/decisions.ts';
import { drawDeferred } from './sections/deferred.ts';
import { drawFindings } from './sections/findings.ts';
import { drawJournals, type DrawBody } from './sections/journal.ts';
import { drawSummary } from './sections/summary.ts';
import { drawTimeline } from './sections/timeline.ts';

const parts = [['now', 'Now'], ['board', 'Board'], ['timeline', 'Timeline'], ['deferred', 'Deferred'], ['decisions', 'Decisions'], ['findings', 'Findings'], ['journal', 'Journal']] as const;

/** Everything between the tags of the body, apart from data and script. It can be read without a script. */
export function drawBody(report: Report, room: { texts: number; leftOut: number }, plain: DrawBody): Markup[] {
  return [
    h('a', { href: '#main', class: 'skip' }, 'To the record'),
    drawHeader(report),
    h('nav', { class: 'parts', 'aria-label': 'Parts of the record' }, h('ul', {}, parts.map(([id, name]) => h('li', {}, h('a', { href: `#${id}` }, name))))),
    h(
      'main',
      { id: 'main', tabindex: -1 },
      h('section', { id: 'results', class: 'hidden', 'aria-labelledby': 'results-title' }, h('h2', { id: 'results-title' }, 'Search'), h('p', { id: 'found', role: 'status', 'aria-live': 'polite' }), h('ol', { id: 'hits' })),
      drawNotes(report, room),
      drawSummary(report),
      drawBoard(report),
      drawTimeline(report),
      drawDeferred(report),
      drawDecisions(report),
      drawFindings(report),
      drawJournals(report, plain),
    ),
    h('footer', {}, h('p', {}, 'Made by docket from the files of the record and git. The commands ', h('code', {}, 'docket show ID'), ' and ', h('code', {}, 'docket trace ID'), ' say the same of any entry.')),
    h('dialog', { id: 'entry', 'aria-labelledby': 'entry-title' }),
    h('p', { id: 'told', class: 'unseen', role: 'status', 'aria-live': 'polite' }),
  ];
}

function drawHeader({ name, revision, data, uncommitted }: Report): Markup {
  const { commit, at, subject } = revision;
  const many = count(data.entries.length, 'entry', 'entries');
  return h(
    'header',
    { class: 'top' },
    h(
      'div',
      { class: 'name' },
      h('h1', {}, name === null ? 'docket' : [name, ' ', h('span', { class: 'quiet' }, '· docket')]),
      h('p', { class: 'revision' }, commit === null ? 'No commit yet.' : ['as of ', drawCommit(commit), ' ', drawTime(at), subject === null ? null : [' ', h('span', { class: 'subject' }, subject)]], uncommitted === 0 ? null : [' ', h('strong', {}, `and ${count(uncommitted, 'entry', 'entries')} not committed`)]),
    ),
    h(
      'search',
      { class: 'find scripted', 'aria-label': 'Search' },
      h('label', { for: 'query', class: 'unseen' }, 'Search entries, commits and texts'),
      h('input', { id: 'query', type: 'search', placeholder: `Search ${many}`, autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'found' }),
      h('kbd', { 'aria-hidden': 'true' }, '/'),
      h('button', { id: 'theme', type: 'button', title: 'light, dark, or as the system says' }, 'Theme: auto'),
    ),
  );
}

function drawNotes({ data }: Report, { texts, leftOut }: { texts: number; leftOut: number }): Markup | null {
  if (leftOut === 0) return null;
  const missing = data.entries.filter(({ text, kind }) => text === null && kind !== 'gate').length;
  const also = missing === 0 ? '' : ` ${count(missing, 'entry', 'entries')} cannot be read any more.`;
  return h('p', { class: 'note', id: 'left-out' }, h('strong', {}, `${leftOut.toLocaleString('en')} of ${count(texts, 'text')} are left out`), ', the oldest and the longest, so that the page stays below 5 MB.', also, ' All titles, states and links are here; ', h('code', {}, 'docket show ID'), ' prints any text.');
}
