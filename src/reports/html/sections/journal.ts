import { h, type Markup } from '../markup.ts';
import { count, drawEntryLink, drawSection } from '../parts.ts';
import type { PageEntry, PageStep, Report } from '../data/report.ts';
import { indexSteps } from '../data/steps-within.ts';

/** An entry's text drawn into the page; null where it comes only when it is opened, or is not in the page. */
export type DrawBody = (entry: PageEntry) => readonly Markup[] | null;

/** More entries are found by the search only. */
const mostEntries = 2000;

/** The journals by phase, the last phase first, each entry with what its reproductions say. Where the page has room their texts stand in it. */
export function drawJournals({ data, status }: Report, drawBody: DrawBody): Markup {
  const entries = data.entries.filter(({ kind }) => kind === 'journal');
  const stepsIn = indexSteps(data.entries);
  const groups = new Map<string, PageEntry[]>();
  for (const entry of entries) groups.set(entry.phase, [...(groups.get(entry.phase) ?? []), entry]);
  const order = new Map(status.phases.map(({ id, order: place }) => [id, place]));
  const phases = [...groups.keys()].toSorted((a, b) => (order.get(b) ?? 0) - (order.get(a) ?? 0));
  let room = mostEntries;
  const drawn = phases.flatMap((phase) => {
    const own = groups.get(phase) ?? [];
    const shown = own.toReversed().slice(0, room);
    room -= shown.length;
    return shown.length === 0 ? [] : [h('details', { class: 'journal', open: phase === phases[0], 'data-phase': phase }, h('summary', {}, h('b', {}, phase), ' ', h('span', { class: 'quiet' }, count(own.length, 'entry', 'entries'))), shown.map((entry) => drawEntry(entry, stepsIn(entry), drawBody)))];
  });
  const left = entries.length - mostEntries;
  const lead = entries.length === 0 ? 'No journal yet.' : `${count(entries.length, 'entry', 'entries')} in ${count(phases.length, 'phase')}, the newest first. In a reproduction each step is named: red ran before the change and fails, green runs after it and passes, neg shows that the check can fail.`;
  return drawSection('journal', 'Journal', lead, ...drawn, left > 0 ? h('p', { class: 'note' }, `${count(left, 'older entry', 'older entries')} not listed here; the search finds them, and `, h('code', {}, 'docket list journal'), ' lists all.') : null);
}

function drawEntry(entry: PageEntry, steps: readonly PageStep[], drawBody: DrawBody): Markup {
  const body = drawBody(entry);
  return h(
    'details',
    { class: 'entry', id: entry.id, 'data-open': body === null ? 'later' : null },
    h('summary', {}, h('span', { class: 'day' }, entry.written ?? entry.at?.slice(0, 10) ?? 'no date'), ' ', h('span', { class: 'title' }, entry.title), ' ', drawSteps(steps)),
    h('div', { class: 'text' }, h('p', { class: 'tools' }, drawEntryLink(entry.id, 'links and facts'), ` · ${entry.path}:${entry.line}`), body ?? null),
  );
}

/** How many steps of each role, in words. */
function drawSteps(steps: readonly PageStep[]): Markup | null {
  const roles = ['red', 'green', 'neg'].map((role) => [role, steps.filter((step) => step.role === role).length] as const).filter(([, many]) => many > 0);
  return roles.length === 0 ? null : h('span', { class: 'roles' }, roles.map(([role, many]) => h('span', { class: `chip r-${role}` }, `${many} ${role}`)));
}
