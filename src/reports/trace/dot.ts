import type { Trace } from '../../queries/trace/trace-ledger.ts';
import { edgeLabel, labelLines, nameNodes } from './graph-names.ts';

/** A trace in the language of Graphviz. */
export function renderDot(trace: Trace): string {
  const name = nameNodes(trace);
  const nodes = trace.nodes.map((node, index) => `  n${index} [label=${quote(labelLines(node))}];`);
  const edges = trace.edges.flatMap((edge) => {
    const [from, to] = [name(edge.from), name(edge.to)];
    return from === null || to === null ? [] : [`  ${from} -> ${to} [label=${quote([edgeLabel(edge)])}${edge.status === 'resolved' ? '' : ', style=dashed'}];`];
  });
  return `${['digraph docket {', '  rankdir=LR;', '  node [shape=box];', ...nodes, ...edges, '}'].join('\n')}\n`;
}

function quote(lines: readonly string[]): string {
  return `"${lines.map((line) => line.replace(/\s+/gu, ' ').replace(/[\\"]/gu, (character) => `\\${character}`)).join('\\n')}"`;
}
