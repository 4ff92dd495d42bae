import { exitCode } from '../../contract/exit-codes.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { warnForeignHand } from '../../edits/writer/warn.ts';
import { checkPhase } from '../../edits/writers/gate-argument.ts';
import { markDone } from '../../edits/writers/mark-done.ts';
import { valueOf, type Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';
import { answerWritten, openPenFor, readGivenBody } from '../write.ts';
import { readForce } from './claim.ts';

/** `docket done PHASE [--force --reason TEXT]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options, globals } = invocation;
  const force = readForce(options);
  const body = readGivenBody(options, globals.dir);
  const phase = checkPhase(invocation.arguments[0] ?? '');
  const pen = await openPenFor(invocation);
  const { written, missing, diagnostics, forced } = await markDone(pen, { phase, date: valueOf(options, '--date'), body, force });
  const state = { phase, allowed: missing.length === 0, missing, forced };
  if (written === null) {
    const data = { entry: null, path: null, diff: '', dryRun: pen.options.dryRun, ...state };
    return answer({ data, render: renderRefusal, exitCode: exitCode.no, diagnostics, next: [`docket gate ${phase} --for done`] });
  }
  const told = forced ? diagnostics.map((diagnostic): Diagnostic => Object.assign({}, diagnostic, { level: 'warning' })) : [];
  return answerWritten(pen, { ...written, ...state }, `status(${phase}): DONE`, [...told, ...warnForeignHand(pen, 'builder', 'The status', written.path)]);
}

function renderRefusal({ phase, missing }: { phase: string; missing: readonly string[] }): string {
  return `refused  ${phase} is not done\n${missing.map((each) => `         missing: ${each}\n`).join('')}`;
}
