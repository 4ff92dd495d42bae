import type { Trace } from '../../queries/trace/trace-ledger.ts';
import { alignColumns } from '../columns.ts';
import { placeText } from '../entries-text.ts';
import { markState, paintState } from '../state-mark.ts';
import type { View } from '../view.ts';

type Node = Trace['nodes'][number];
type Edge = Trace['edges'][number];

/** A trace for reading: each node with the links that lead from it and to it, told once; what holds in the place of a decision. */
export function renderTrace(trace: Trace, view: View): string {
  const byId = new Map(trace.nodes.map((node) => [node.id, node]).toReversed() as [string, Node][]);
  const told = new Set<Edge>();
  const parts = trace.nodes.flatMap((node) => {
    const edges = trace.edges.filter((edge) => !told.has(edge) && (edge.from === node.id || edge.to === node.id));
    for (const edge of edges) told.add(edge);
    return edges.length === 0 && node.depth > 0 ? [] : [`${headOf(node, view)}\n${edgesText(node, edges, byId, view)}`];
  });
  return `${parts.join('\n')}${inForceText(trace)}`;
}

function headOf({ id, type, title, state, place, at }: Node, view: View): string {
  const facts = [state === null ? null : paintState(view, state, markState(state)), place === null ? at : view.paint('dim', placeText(place))].filter((fact) => fact !== null);
  const name = [type === 'phase' ? `phase ${id}` : id, ...facts].map((text, index) => (index === 0 ? view.paint('bold', text) : text)).join('  ');
  return title === null || id.endsWith(title) ? name : `${name}\n  ${title}`;
}

function edgesText(node: Node, edges: readonly Edge[], byId: ReadonlyMap<string, Node>, view: View): string {
  const rows = edges.map((edge) => {
    const isOut = edge.from === node.id;
    const other = isOut ? edge.to : edge.from;
    const known = byId.get(other);
    const title = known?.type === 'commit' || known?.type === 'phase' ? (known.title ?? '') : '';
    const status = edge.status === 'resolved' ? '' : edge.via ? `${edge.status} by ${edge.via}` : edge.status;
    return [isOut ? '→' : '←', edge.relation, known?.type === 'commit' ? other.slice(0, 12) : other, known?.state ?? '', status, edge.line === null ? '' : `line ${edge.line}`, title];
  });
  const dim = { paint: (text: string) => view.paint('dim', text) };
  const lines = alignColumns(rows, [dim, dim, { elastic: true }, {}, {}, dim, { elastic: true }], view.columns === null ? null : view.columns - 2);
  return lines.map((line) => `  ${line}\n`).join('');
}

function inForceText({ root, inForce }: Trace): string {
  if (inForce === null) return '';
  if (inForce.length === 0) return '\nin force: nothing; its successors run in a circle, or are not in the record\n';
  return inForce.length === 1 && inForce[0] === root ? '\nin force: yes\n' : `\nin force: ${inForce.join(', ')}\n`;
}
