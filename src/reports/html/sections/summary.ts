import { h, hrefOf, type Markup } from '../markup.ts';
import { drawSign, drawState } from '../parts.ts';
import type { Report } from '../data/report.ts';

/** What waits for somebody, most urgent first; and the record in numbers. */
export function drawSummary(report: Report): Markup {
  const { status, data } = report;
  const titles = new Map(data.entries.map(({ id, title }) => [id, title]));
  const waiting = waitingOf(report);
  const items = waiting.slice(0, mostWaiting).map(({ state, word, id }) => h('li', {}, drawState(state, word), h('a', { href: hrefOf(id) }, id.startsWith('gate:') ? id.slice(5) : (titles.get(id) ?? id))));
  const more = waiting.length > mostWaiting ? h('li', { class: 'quiet' }, `and ${waiting.length - mostWaiting} more in the lists below`) : null;
  const done = status.phases.filter((phase) => phase.done.marked && phase.done.allowed).length;
  const numbers: [string, string, string, string][] = [
    ['#board', `${done}/${status.phases.length}`, 'phases done', 'done'],
    ['#board', `${status.phases.flatMap(({ gates }) => gates).filter(({ state }) => state === 'verified').length}/${status.phases.flatMap(({ gates }) => gates).length}`, 'gates verified', 'verified'],
    ['#deferred', `${status.deferred.open.length}`, status.deferred.triggered.length === 0 ? 'deferred' : `deferred, ${status.deferred.triggered.length} triggered`, 'open'],
    ...([
      [status.phases.flatMap(({ findings }) => findings.open).length, 'open finding', 'open'],
      [status.alerts.length, 'open alert', 'warning'],
      [status.inbox.builder.length + status.inbox.adversary.length, 'unread message', 'unread'],
    ] as const).map(([many, word, sign]): [string, string, string, string] => ['#findings', `${many}`, many === 1 ? word : `${word}s`, sign]),
  ];
  return h(
    'section',
    { id: 'now', 'aria-labelledby': 'now-title' },
    h('h2', { id: 'now-title' }, 'Now'),
    h('ul', { class: 'numbers' }, numbers.map(([href, number, words, sign]) => h('li', {}, h('a', { href }, h('b', {}, number), ' ', h('span', {}, number === '0' ? null : [drawSign(sign), ' '], words))))),
    waiting.length === 0 ? h('p', { class: 'quiet' }, 'Nothing waits for anybody.') : h('ul', { class: 'waiting' }, items, more),
  );
}

const mostWaiting = 12;

interface Waiting {
  state: string;
  word: string;
  id: string;
}

function waitingOf({ status }: Report): Waiting[] {
  const { phases, alerts, inbox, deferred } = status;
  const is = (state: string, word: string) => (id: string): Waiting => ({ state, word, id });
  return [
    ...phases.flatMap(({ vetoes }) => vetoes.filter(({ state }) => state === 'standing').map(({ entry }) => is('standing', 'standing veto')(entry))),
    ...alerts.map(is('warning', 'open alert')),
    ...phases.flatMap(({ id, gates }) => gates.flatMap((gate) => (gate.state === 'claimed' || gate.state === 'reclaimed' || gate.state === 'failed' || gate.state === 'expired' ? [is(gate.state, `gate ${gate.state}`)(`gate:${id}/${gate.id}`)] : []))),
    ...phases.flatMap(({ findings }) => findings.open.map(is('open', 'open finding'))),
    ...deferred.triggered.map(is('warning', 'triggered')),
    ...inbox.builder.map(is('unread', 'unread by the Builder')),
    ...inbox.adversary.map(is('unread', 'unread by the Adversary')),
  ];
}
