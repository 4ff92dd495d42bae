import type { Trace } from '../../queries/trace/trace-ledger.ts';
import { edgeLabel, labelLines, nameNodes } from './graph-names.ts';

/** A trace as a Mermaid flowchart. */
export function renderMermaid(trace: Trace): string {
  const name = nameNodes(trace);
  const nodes = trace.nodes.map((node, index) => `  n${index}["${labelLines(node).map(escape).join('<br/>')}"]`);
  const edges = trace.edges.flatMap((edge) => {
    const [from, to] = [name(edge.from), name(edge.to)];
    return from === null || to === null ? [] : [`  ${from} -->|"${escape(edgeLabel(edge))}"| ${to}`];
  });
  return `${['flowchart LR', ...nodes, ...edges].join('\n')}\n`;
}

/** Mermaid knows no backslash: what could end a label, or be taken for markup, is written by its number. */
function escape(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/[^\p{L}\p{N} .,:/()_…–—-]/gu, (character) => `#${character.codePointAt(0)};`);
}
