import { h, type Child, type Markup } from '../markup.ts';
import { drawState, drawTime } from '../parts.ts';
import type { PageEntry } from '../data/report.ts';
import { marksOf } from '../text/draw-reproduction.ts';
import { readInline } from '../text/read-inline.ts';
import { drawText } from '../text/draw-text.ts';
import { drawLinks, nameNode } from './graph.ts';
import { fill } from './mount.ts';
import type { PageNode, Store } from './store.ts';

/** The text of an entry for reading, without its heading, which stands above it; says so where the page was made without it. */
export async function drawEntryText(store: Store, entry: PageEntry): Promise<Markup[]> {
  const text = await store.textOf(entry);
  if (text === null) return [h('p', { class: 'note' }, entry.text === null ? 'It has no text of its own.' : ['This text was left out to keep the page small: ', h('code', {}, `docket show ${entry.id}`), ' prints it.'])];
  const end = text.startsWith('#') ? `${text}\n`.indexOf('\n') : -1;
  return drawText(text.slice(end + 1), entry.line + (end < 0 ? 0 : 1), { linkOf: store.linkOf, marks: marksOf(store.stepsIn(entry)), level: 4 });
}

/** Fills the dialog with a node: what is known of it, the links around it, its text. */
export async function showNode(store: Store, number: number, dialog: HTMLDialogElement): Promise<void> {
  const node = store.node(number);
  if (node === null) return;
  const { kind, title, state } = nameNode(node);
  const text = node.type === 'entry' && node.entry.kind !== 'gate' ? await drawEntryText(store, node.entry) : [];
  fill(
    dialog,
    h(
      'header',
      {},
      h('p', { class: 'kind' }, kind, state === null ? null : [' ', drawState(state)]),
      h('h2', { id: 'entry-title', tabindex: -1 }, title),
      h('button', { type: 'button', class: 'close', 'data-view': 'close', 'aria-label': 'Close' }, '✕'),
    ),
    h('dl', { class: 'facts' }, factsOf(node).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, typeof value === 'string' ? readInline(value, store.linkOf) : value)))),
    h('section', { class: 'links', 'aria-labelledby': 'links-title' }, h('h3', { id: 'links-title' }, 'Links'), drawLinks(store, number)),
    text.length === 0 ? '' : h('section', { class: 'text', 'aria-label': 'text' }, h('h3', {}, 'Text'), text),
  );
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  dialog.querySelector<HTMLElement>('#entry-title')?.focus();
}

function factsOf(node: PageNode): [string, Child][] {
  if (node.type === 'commit') {
    const { commit, at, author, role, phase } = node.commit;
    const facts: [string, Child][] = [['commit', h('code', {}, commit)], ['at', drawTime(at)], ['author', author]];
    return [...facts, ...(role === null ? [] : [['role', role] satisfies [string, Child]]), ...(phase === null ? [] : [['phase', phase] satisfies [string, Child]])];
  }
  if (node.type === 'other') return [[node.what, h('code', {}, node.id)]];
  const { id, phase, path, line, endLine, rev, written, facts } = node.entry;
  const place = `${rev === null ? '' : `${rev.slice(0, 12)}:`}${path}:${line}${endLine === line ? '' : `–${endLine}`}`;
  return [['id', h('code', {}, id)], ['phase', phase], ...(written === null ? [] : [['written', written] satisfies [string, Child]]), ['place', h('code', {}, place)], ...facts];
}
