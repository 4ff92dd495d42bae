import { exitCode, type ExitCode } from '../../../contract/exit-codes.ts';
import type { Diagnostic } from '../../../contract/schema/envelope.ts';
import { Failure } from '../../../contract/failure.ts';
import { readInfra } from '../../../ledger/infra/read-infra.ts';
import { suggestNearest } from '../../../queries/nearest.ts';
import { quoteWord } from '../../../queries/shell-word.ts';
import { drawDot, drawMermaid, findFaults, findNeighbours, listUnits, type Neighbourhood, type Order, type OrderVerdict, type SpecFault } from '../../../reconcile/index.ts';
import { renderOrder } from '../../../reports/infra/order-text.ts';
import { toDiagnostic } from '../../infra/answer-apps.ts';
import { findSpec } from '../../infra/find-spec.ts';
import { withInfra } from '../../infra/open-infra-for.ts';
import { valueOf, type Invocation } from '../../invocation.ts';
import { answer, type Outcome } from '../../outcome.ts';

const exits: Record<OrderVerdict, ExitCode> = { ok: exitCode.yes, cycle: exitCode.no, 'unknown-provider': exitCode.no, incomplete: exitCode.undetermined };

/** `docket infra order [UNIT] [--format F]`. Executes nothing. */
export async function run(invocation: Invocation): Promise<Outcome> {
  if (invocation.globals.at !== null) return orderAt(invocation, invocation.globals.at);
  return withInfra(invocation, async ({ infra: { spec, readOrder } }) => {
    const order = await readOrder();
    return answerOrder(invocation, { order, faults: findFaults(spec, order) });
  });
}

async function orderAt(invocation: Invocation, rev: string): Promise<Outcome> {
  const { repository, shownAs } = await findSpec(invocation);
  if (repository === null) throw new Failure('usage', `--at ${rev} needs a git repository.`);
  const reading = await readInfra(repository, { kind: 'commit', rev }, shownAs);
  if (reading === null) throw new Failure('unreadable', `${shownAs} does not exist at ${rev}`, { next: 'docket infra order' });
  if (reading.ok) return answerOrder(invocation, reading);
  const diagnostics = reading.errors.map(({ message, next, line, column }): Diagnostic => ({ rule: 'config', level: 'error', message, place: { path: shownAs, line, column, rev }, related: [], entry: null, next, fixable: false }));
  return answer({ data: {}, render: () => '', exitCode: exitCode.usage, diagnostics });
}

function answerOrder({ arguments: [name], options, globals }: Invocation, { order, faults }: { order: Order; faults: readonly SpecFault[] }): Outcome {
  const near = name === undefined ? null : neighboursOf(order, name);
  const format = valueOf(options, '--format') ?? 'text';
  const drawn = near === null ? order : within(order, near);
  const drawing = format === 'mermaid' ? drawMermaid(drawn) : format === 'dot' ? drawDot(drawn) : null;
  return answer({
    data: { ...order, unit: near?.unit ?? null, waits_for: near?.waits_for ?? [], waited_on_by: near?.waited_on_by ?? [], direct: near?.direct ?? null, drawing },
    render: (data, view) => data.drawing ?? renderOrder(data, view),
    exitCode: exits[order.answer],
    diagnostics: faults.filter(({ rule }) => rule === 'gate-cycle').map(toDiagnostic),
    next: order.answer === 'cycle' && near === null ? [['docket infra order', quoteWord(order.cycles[0]?.path[0] ?? ''), ...(globals.at === null ? [] : ['--at', quoteWord(globals.at)])].join(' ')] : [],
  });
}

function neighboursOf(order: Order, name: string): Neighbourhood {
  const near = findNeighbours(order, name);
  if (near !== null) return near;
  const units = listUnits(order);
  throw new Failure('usage', `No file and no gate names a unit "${name}".${suggestNearest(name, units)}`, { next: 'docket infra order' });
}

/** The order as far as it has to do with one unit. */
function within(order: Order, { unit, waits_for, waited_on_by }: Neighbourhood): Order {
  const shown = new Set([unit, ...waits_for, ...waited_on_by]);
  return { ...order, edges: order.edges.filter(({ from, to }) => shown.has(from) && shown.has(to)), leaves: order.leaves.filter((leaf) => shown.has(leaf)) };
}
