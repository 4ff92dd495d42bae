import { exitCode } from '../../contract/exit-codes.ts';
import { Failure } from '../../contract/failure.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { readGateArgument } from '../../edits/writers/gate-argument.ts';
import { writeClaim } from '../../edits/writers/write-claim.ts';
import { warnForeignHand, warnFuture, warnNewPhase } from '../../edits/writer/warn.ts';
import { readWrittenMoment } from '../../edits/writer/written-date.ts';
import { renderGate } from '../../reports/gate-text.ts';
import { isGiven, valueOf, type Invocation, type Options } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';
import { answerWritten, openPenFor, readGivenBody } from '../write.ts';

/** `docket claim PHASE/GATE --what TEXT --how TEXT --expected TEXT --where TEXT [--teeth TEXT] | -F FILE`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options, globals } = invocation;
  const text = (name: string): string | null => valueOf(options, name);
  const force = readForce(options);
  const date = text('--date');
  const file = readGivenBody(options, globals.dir);
  const pen = await openPenFor(invocation);
  const { phase, gate } = readGateArgument(pen, invocation.arguments[0] ?? '');
  const parts = { what: text('--what'), how: text('--how'), expected: text('--expected'), where: text('--where'), teeth: text('--teeth') };
  const { written, judgement, forced, summary } = await writeClaim(pen, { phase, gate, parts, file, date, force });
  const { allowed, missing, evidence } = judgement;
  const judged = { gate: `${phase}/${gate}`, allowed, missing, evidence, forced };
  if (written === null) {
    const data = { entry: null, path: null, diff: '', dryRun: isGiven(options, '--dry-run'), ...judged };
    return answer({ data, render: renderGate, exitCode: exitCode.no, diagnostics: judgement.diagnostics, next: [`docket gate ${phase}/${gate}`] });
  }
  const warnings = [...warnForeignHand(pen, 'builder', 'A claim', written.path), ...warnFuture(readWrittenMoment(date), written.path), ...warnNewPhase(pen, phase, written.path)];
  const told = forced ? judgement.diagnostics.map(asWarning) : [];
  return answerWritten(pen, { ...written, ...judged }, `claim(${phase}-${gate}): ${summary}`, [...told, ...warnings]);
}

function asWarning(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, level: 'warning' };
}

/** The reason of `--force`; null where nothing is forced. Throws a usage failure where one is given without the other. */
export function readForce(options: Options): string | null {
  const reason = valueOf(options, '--reason');
  if (isGiven(options, '--force') === (reason !== null)) return reason;
  throw new Failure('usage', reason === null ? 'Missing --reason: what is forced says why.' : 'Unexpected --reason without --force.', { next: reason === null ? 'Add --reason TEXT.' : 'Add --force, or leave --reason out.' });
}
