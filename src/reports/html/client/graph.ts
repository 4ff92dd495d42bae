import { h, hrefOf, type Child, type Markup } from '../markup.ts';
import { count, drawSign } from '../parts.ts';
import type { PageNode, Store, Tie } from './store.ts';

/** As many on either side are drawn; all are listed below. */
const mostDrawn = 9;
const row = 30;
const side = 250;
const middle = 176;
const gap = 64;

/** The links around a node: drawn, what points here on the left and what it points to on the right; then all of them as a list. */
export function drawLinks(store: Store, number: number): Markup[] {
  const ties = store.ties(number);
  if (ties.length === 0) return [h('p', { class: 'quiet' }, 'No links.')];
  const [incoming, outgoing] = [ties.filter(({ out }) => !out), ties.filter(({ out }) => out)];
  return [drawGraph(store, number, incoming, outgoing), drawList('Points to', outgoing, store), drawList('Is pointed to by', incoming, store)].filter((each) => each !== null);
}

function drawGraph(store: Store, number: number, incoming: readonly Tie[], outgoing: readonly Tie[]): Markup {
  const [left, right] = [choose(incoming, store), choose(outgoing, store)];
  const rows = Math.max(left.length, right.length, 1);
  const height = rows * row + 16;
  const center = height / 2;
  const place = (index: number, many: number): number => center + (index - (many - 1) / 2) * row;
  // A side without neighbours takes no room.
  const start = left.length === 0 ? 0 : side + gap;
  const end = start + middle;
  const width = right.length === 0 ? end : end + gap + side;
  const label = `Links: ${count(incoming.length, 'comes', 'come')} in, ${count(outgoing.length, 'goes', 'go')} out`;
  return h(
    'div',
    { class: 'wide graph' },
    h(
      'svg',
      { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': label },
      left.map((tie, index) => drawEdge(tie, side, place(index, left.length), start, center)),
      right.map((tie, index) => drawEdge(tie, end, center, end + gap, place(index, right.length))),
      drawBox(store, number, { x: start, y: center, width: middle, isRoot: true }),
      left.map(({ other }, index) => drawBox(store, other, { x: 0, y: place(index, left.length), width: side, isRoot: false })),
      right.map(({ other }, index) => drawBox(store, other, { x: end + gap, y: place(index, right.length), width: side, isRoot: false })),
    ),
  );
}

const weight: Readonly<Record<string, number>> = { supersedes: 0, 'superseded-by': 0, amends: 0, 'amended-by': 0, claims: 1, judges: 1, closes: 1, decides: 1, 'closed-by': 2, 'reopened-by': 2, 'introduced-by': 3, mentions: 4, 'changed-by': 5 };

/** Each neighbour once, the telling ties first, then entries before commits before files. */
function choose(ties: readonly Tie[], store: Store): Tie[] {
  const seen = new Set<number>();
  const rank = (tie: Tie): number => (weight[tie.relation] ?? 4) * 10 + (store.node(tie.other)?.type === 'other' ? 5 : 0);
  return ties.toSorted((a, b) => rank(a) - rank(b)).filter(({ other }) => !seen.has(other) && seen.add(other) !== undefined).slice(0, mostDrawn);
}

function drawEdge({ relation, status }: Tie, x1: number, y1: number, x2: number, y2: number): Markup {
  const bend = (x2 - x1) / 2;
  const broken = status !== 'resolved' && status !== 'external';
  return h('path', { class: `edge ${relation === 'mentions' ? 'said' : 'is'}${broken ? ' broken' : ''}`, d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` }, h('title', {}, `${relation}, ${status}`));
}

interface Box {
  x: number;
  y: number;
  width: number;
  isRoot: boolean;
}

function drawBox(store: Store, number: number, { x, y, width: wide, isRoot }: Box): Markup {
  const node = store.node(number);
  if (node === null) return h('g');
  const { kind, title, id } = nameNode(node);
  const letters = Math.floor((wide - 14) / 7) - kind.length - 1;
  const shape = [h('title', {}, `${kind}: ${title}`), h('rect', { x, y: y - 12, width: wide, height: 24, class: `box k-${kind}` }), h('text', { x: x + 8, y: y + 4 }, h('title', {}, title), h('tspan', { class: 'kind' }, kind), ' ', title.length > letters ? `${title.slice(0, Math.max(1, letters - 1))}…` : title)];
  return isRoot || id === null ? h('g', { class: isRoot ? 'root' : '' }, shape) : h('a', { href: hrefOf(id), 'aria-label': `${kind}: ${title}` }, shape);
}

/** What a node is called, and the id that leads to it. */
export function nameNode(node: PageNode): { kind: string; title: string; id: string | null; state: string | null } {
  if (node.type === 'entry') return { kind: node.entry.kind, title: node.entry.kind === 'gate' ? node.entry.id.slice(5) : node.entry.title || node.entry.id, id: node.entry.id, state: node.entry.state };
  if (node.type === 'commit') return { kind: 'commit', title: `${node.commit.commit.slice(0, 9)} ${node.commit.subject}`, id: `commit:${node.commit.commit}`, state: null };
  return { kind: node.what, title: node.what === 'commit' ? node.id.slice(0, 12) : node.id, id: `${node.what}:${node.id}`, state: null };
}

const mostListed = 200;

/** One neighbour with all that ties it. */
function joinTies(ties: readonly Tie[]): Tie[] {
  const joined = new Map<number, Tie>();
  for (const tie of ties) {
    const known = joined.get(tie.other);
    joined.set(tie.other, known ? { ...known, relation: `${known.relation}, ${tie.relation}`, status: known.status === 'resolved' ? tie.status : known.status } : tie);
  }
  return [...joined.values()];
}

function drawList(title: string, all: readonly Tie[], store: Store): Markup | null {
  if (all.length === 0) return null;
  const ties = joinTies(all);
  const items = ties.slice(0, mostListed).flatMap(({ other, relation, status }) => {
    const node = store.node(other);
    if (node === null) return [];
    const { kind, title: name, id, state } = nameNode(node);
    const mark: Child[] = state === null || state === '' ? [] : [drawSign(state), ' '];
    return [h('li', {}, h('span', { class: 'kind' }, kind), ' ', mark, id === null ? name : h('a', { href: hrefOf(id) }, name), ' ', h('small', { class: status === 'resolved' || status === 'external' ? 'quiet' : 'warn' }, `${relation}${status === 'resolved' ? '' : `, ${status}`}`))];
  });
  const left = ties.length - mostListed;
  return h('details', { open: ties.length <= 12 }, h('summary', {}, `${title} (${ties.length})`), h('ul', { class: 'ties' }, items, left > 0 ? h('li', { class: 'quiet' }, `and ${left} more: docket trace`) : null));
}
