import { Failure } from '../../contract/failure.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { quoteWord } from '../../queries/shell-word.ts';
import { traceDocket } from '../../queries/trace-docket.ts';
import type { Trace } from '../../queries/trace/trace-ledger.ts';
import { renderDot } from '../../reports/trace/dot.ts';
import { renderMermaid } from '../../reports/trace/mermaid.ts';
import { renderTrace } from '../../reports/trace/text.ts';
import { checkDecisions } from '../../rules/check/check-decisions.ts';
import { valueOf, type Invocation, type Options } from '../invocation.ts';
import { openFor } from '../open.ts';
import { answer, type Outcome } from '../outcome.ts';

const renderers = { text: renderTrace, mermaid: renderMermaid, dot: renderDot } as const;

/** `docket trace ID [--depth N] [--format F]`. */
export async function run({ arguments: [id = ''], options, globals }: Invocation): Promise<Outcome> {
  const format = valueOf(options, '--format') ?? 'text';
  if (globals.json && format !== 'text' && format !== 'json') throw new Failure('usage', `Unexpected --json beside --format ${format}, expected one of them.`, { next: `docket trace ${quoteWord(id)} --format ${format}` });
  const depth = readDepth(options);
  const docket = await openFor(globals);
  const { trace, diagnostics } = await traceDocket(docket, id, depth);
  return answer({
    data: trace,
    render: format === 'mermaid' || format === 'dot' ? renderers[format] : renderers.text,
    diagnostics: [...docket.ledger.diagnostics, ...diagnostics, ...faultsIn(docket.ledger, trace)],
    next: nextOf(trace, id),
  });
}

function readDepth(options: Options): number {
  const depth = valueOf(options, '--depth') ?? '1';
  if (!/^\d{1,4}$/.test(depth)) throw new Failure('usage', `Unexpected depth "${depth}", expected a whole number from 0.`, { next: 'docket trace --help' });
  return Number(depth);
}

/** What is wrong with the decisions that the trace shows. */
function faultsIn(ledger: Ledger, { nodes }: Trace): Diagnostic[] {
  const shown = new Set(nodes.map(({ id }) => id));
  return nodes.some(({ type }) => type === 'decision') ? checkDecisions(ledger).filter(({ entry }) => entry !== null && shown.has(entry)) : [];
}

function nextOf({ nodes, inForce, root, depth }: Trace, id: string): string[] {
  const holding = (inForce ?? []).filter((one) => one !== root).map((one) => `docket show ${quoteWord(one)}`);
  const [first] = nodes;
  const isEntry = first !== undefined && first.place !== null;
  return [...holding, ...(isEntry ? [`docket show ${quoteWord(root)}`] : []), `docket trace ${quoteWord(id)} --depth ${depth + 1}`].slice(0, 3);
}
