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
  const { written, missing, forced } = await markDone(pen, { phase, date: valueOf(options, '--date'), body, force });
  const state = { phase, allowed: missing.length === 0, missing, forced };
  if (written === null) {
    const data = { entry: null, path: null, diff: '', dryRun: pen.options.dryRun, ...state };
    return answer({ data, render: renderRefusal, exitCode: exitCode.no, diagnostics: missing.map((each) => diagnose(phase, each, 'error')), next: [`docket status ${phase}`] });
  }
  const told = forced ? missing.map((each) => diagnose(phase, each, 'warning')) : [];
  return answerWritten(pen, { ...written, ...state }, `status(${phase}): DONE`, [...told, ...warnForeignHand(pen, 'builder', 'The status', written.path)]);
}

function diagnose(phase: string, missing: string, level: Diagnostic['level']): Diagnostic {
  return { rule: 'done-not-allowed', level, message: `phase ${phase} may not be called done: ${missing}`, place: null, related: [], entry: null, next: `docket status ${phase}`, fixable: false };
}

function renderRefusal({ phase, missing }: { phase: string; missing: readonly string[] }): string {
  return `refused  ${phase} is not done\n${missing.map((each) => `         missing: ${each}\n`).join('')}`;
}
