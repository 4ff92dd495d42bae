import type { Edge, Order } from './types.ts';

/** An edge as it is drawn: what several places say for the same reason is one arrow. */
interface Arrow {
  from: string;
  to: string;
  why: string;
  /** Part of a cycle that was found. */
  isWitness: boolean;
}

function collectArrows({ edges, cycles }: Order): Arrow[] {
  const witnesses = new Set(cycles.flatMap((cycle) => cycle.edges.map(keyOf)));
  const arrows = new Map(edges.map((edge): [string, Arrow] => [keyOf(edge), { from: edge.from, to: edge.to, why: edge.why, isWitness: witnesses.has(keyOf(edge)) }]));
  return [...arrows.values()];
}

function keyOf({ from, to, why }: Pick<Edge, 'from' | 'to' | 'why'>): string {
  return JSON.stringify([from, to, why]);
}

const isGate = ({ why }: Arrow): boolean => why.startsWith('gate ');

/** The order as a Mermaid flowchart; an arrow points at what is waited for. Gates are dashed, cycles red. */
export function drawMermaid(order: Order): string {
  const arrows = collectArrows(order);
  const names = [...new Set([...arrows.flatMap(({ from, to }) => [from, to]), ...order.leaves])];
  const idOf = new Map(names.map((name, index) => [name, `n${index}`]));
  const lines = [
    'flowchart LR',
    ...names.map((name) => `  ${idOf.get(name)}${order.leaves.includes(name) ? `(["${escapeMermaid(name)}"])` : `["${escapeMermaid(name)}"]`}`),
    ...arrows.map((arrow) => `  ${idOf.get(arrow.from)} ${isGate(arrow) ? '-.->' : '-->'}|"${escapeMermaid(arrow.why)}"| ${idOf.get(arrow.to)}`),
    ...arrows.flatMap(({ isWitness }, index) => (isWitness ? [`  linkStyle ${index} stroke:red,stroke-width:2px`] : [])),
  ];
  return `${lines.join('\n')}\n`;
}

/** Mermaid writes characters that mean something to it as entities with `#`. */
function escapeMermaid(text: string): string {
  return text.replace(/[#"<>&`]/g, (character) => `#${character.charCodeAt(0)};`);
}

/** The order as a graph in DOT; an arrow points at what is waited for. Gates are dashed, cycles red, leaves dotted. */
export function drawDot(order: Order): string {
  const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
  const arrows = collectArrows(order);
  const lines = [
    'digraph order {',
    '  rankdir=LR;',
    '  node [shape=box];',
    ...order.leaves.map((name) => `  ${quote(name)} [style=dotted];`),
    ...arrows.map((arrow) => {
      const looks = [`label=${quote(arrow.why)}`, ...(isGate(arrow) ? ['style=dashed'] : []), ...(arrow.isWitness ? ['color=red'] : [])];
      return `  ${quote(arrow.from)} -> ${quote(arrow.to)} [${looks.join(', ')}];`;
    }),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}
