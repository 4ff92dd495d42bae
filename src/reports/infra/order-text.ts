import type { Edge, LinePlace, Order, OrderVerdict, WitnessEdge } from '../../reconcile/order/types.ts';
import { alignColumns } from '../columns.ts';
import type { Shade } from '../shade.ts';
import type { View } from '../view.ts';

interface OrderData extends Order {
  unit: string | null;
  direct: { waits_for: string[]; waited_on_by: string[] } | null;
  waits_for: string[];
  waited_on_by: string[];
}

const answers: Record<OrderVerdict, [shade: Shade, words: string]> = {
  ok: ['green', '✔ ok: no gate waits for what waits for it'],
  cycle: ['red', '✘ cycle: something waits for what waits for it'],
  'unknown-provider': ['red', '✘ unknown-provider: a gate asks what no app is known to serve'],
  incomplete: ['yellow', '? incomplete: something could not be read and may hide an edge'],
};

/** The order of starts: the answer, every cycle with its witness, what one unit has to do with, and all edges. */
export function renderOrder(data: OrderData, view: View): string {
  const [shade, words] = answers[data.answer];
  const blocks = [
    view.paint(shade, words),
    ...data.cycles.map(({ path, edges, proposal }) => [view.paint('bold', path.join(' → ')), ...witnessLines(edges, view), `  ${view.paint('cyan', '→')} ${proposal}`].join('\n')),
    listed('asked, and served by nobody', data.unknown.map(({ app, probe, url, why, place }) => `${url}  gate ${app}/${probe}, ${placeText(place)}: ${why}`), view),
    listed('not read', data.unread.map(({ what, why, place }) => `${what}  ${placeText(place)}: ${why}`), view),
    ...(data.unit === null || data.direct === null ? [] : neighbourBlocks(data, data.unit, data.direct, view)),
    ...(data.unit === null ? [listed('edges', edgeLines(data.edges, view), view), listed('without a file here', data.leaves.length > 0 ? [data.leaves.join(' ')] : [], view)] : []),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function listed(title: string, lines: readonly string[], view: View): string {
  return lines.length === 0 ? '' : [view.paint('dim', title), ...lines.map((line) => `  ${line}`)].join('\n');
}

function witnessLines(edges: readonly WitnessEdge[], view: View): string[] {
  const rows = edges.map(({ from, to, why, place, also }) => [`${from} waits for ${to}`, why, [place, ...also].map(placeText).join(', ')]);
  return alignColumns(rows, [{}, { elastic: true }, {}], view.columns === null ? null : view.columns - 2).map((line) => `  ${line}`);
}

function neighbourBlocks({ waits_for, waited_on_by, edges }: OrderData, unit: string, direct: { waits_for: string[]; waited_on_by: string[] }, view: View): string[] {
  const further = (all: readonly string[], near: readonly string[]): string[] => all.filter((name) => !near.includes(name));
  const line = (title: string, near: readonly string[], all: readonly string[]): string[] => [
    `  ${title}: ${near.join(' ') || 'nothing'}`,
    ...(further(all, near).length > 0 ? [`    and through others: ${further(all, near).join(' ')}`] : []),
  ];
  const head = [view.paint('bold', unit), ...line('waits for', direct.waits_for, waits_for), ...line('is waited for by', direct.waited_on_by, waited_on_by)];
  return [head.join('\n'), listed('its edges', edgeLines(edges.filter(({ from, to }) => from === unit || to === unit), view), view)];
}

/** What several places say for the same reason is one line. */
function edgeLines(edges: readonly Edge[], view: View): string[] {
  const rows = new Map<string, { from: string; to: string; why: string; places: string[] }>();
  for (const { from, to, why, place } of edges) {
    const key = JSON.stringify([from, to, why]);
    const row = rows.get(key) ?? { from, to, why, places: [] };
    row.places.push(placeText(place));
    rows.set(key, row);
  }
  const cells = [...rows.values()].map(({ from, to, why, places }) => [from, '→', to, why, places.join(', ')]);
  return alignColumns(cells, [{}, {}, {}, { elastic: true }, {}], view.columns === null ? null : view.columns - 2);
}

function placeText({ path, line }: LinePlace): string {
  return `${path}:${line}`;
}
