import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { exitCode } from '../../contract/exit-codes.ts';
import { Failure } from '../../contract/failure.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { quoteWord } from '../../queries/shell-word.ts';
import { renderPlan, renderRun } from '../../reports/run-text.ts';
import { readDuration } from '../../repro/notation/read-info.ts';
import { record, type Recorded, type RecordRequest } from '../../runner/record/record.ts';
import type { RecordSource, TypedStep } from '../../runner/record/read-source.ts';
import { isGiven, valueOf, valuesOf, wordsOf, type Invocation, type Options } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';
import { describeSteps, describeVerdict, exitOfVerdict, followProgress, readConsenting } from '../run-answers.ts';
import { openPenFor } from '../write.ts';

/** `docket record NAME --claim GATE`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { arguments: [given = ''], options, globals } = invocation;
  const name = given.replace(/^reproduction:/, '');
  if (!/^(?:[A-Za-z0-9-]+\/)?[\p{L}\p{N}][\p{L}\p{N}._+-]*$/u.test(name)) throw new Failure('usage', `Unexpected name "${given}", expected letters, digits and . _ -`, { next: 'docket record --help' });
  const source = readRecordSource(options, globals.dir);
  const meta = readMeta(options);
  const times = readTimes(options);
  const pen = await openPenFor(invocation);
  const recorded = await record(pen, {
    name, phase: valueOf(options, '--phase'), claim: valueOf(options, '--claim'), source, base: valueOf(options, '--base'), meta, times,
    allowDirty: isGiven(options, '--allow-dirty'), planOnly: isGiven(options, '--plan'), consent: readConsenting(options), progress: followProgress(globals), now: new Date(),
  });
  return toOutcome(recorded, name, pen.options.dryRun);
}

/** The steps that were typed, in the order in which they run. */
function readTyped(options: Options): TypedStep[] {
  const plain = (role: TypedStep['role'], name: string): TypedStep[] => wordsOf(options, name).map(([command = '']) => ({ role, at: null, how: null, command }));
  return [
    ...plain('setup', '--setup'),
    ...wordsOf(options, '--red').map(([at = '', command = '']): TypedStep => ({ role: 'red', at, how: null, command })),
    ...plain('green', '--green'),
    ...wordsOf(options, '--neg').map(([how = '', command]): TypedStep => ({ role: 'neg', at: null, how, command: command ?? null })),
    ...plain('teardown', '--teardown'),
  ];
}

function readRecordSource(options: Options, dir: string): RecordSource {
  const steps = readTyped(options);
  const [file, loose] = [valueOf(options, '--file'), valueOf(options, '--import')];
  const ways = [steps.length > 0 ? 'steps as options' : null, file === null ? null : '--file', loose === null ? null : '--import'].filter((way) => way !== null);
  if (ways.length > 1) throw new Failure('usage', `Unexpected ${ways.join(' and ')} together, expected one of them.`, { next: 'docket record --help' });
  if (steps.length > 0) return { kind: 'typed', steps };
  if (loose !== null) return { kind: 'import', from: loose };
  if (file === null) return { kind: 'standing' };
  try {
    return { kind: 'file', name: file === '-' ? 'stdin' : file, text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file === '-' ? 0 : resolve(dir, file))) };
  } catch (error) {
    throw new Failure('unreadable', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, { next: 'Give the path of a text file, or - for stdin.' });
  }
}

function readMeta(options: Options): RecordRequest['meta'] {
  const timeout = valueOf(options, '--timeout');
  const timeoutMs = timeout === null ? null : readDuration(timeout);
  if (timeout !== null && timeoutMs === null) throw new Failure('usage', `Unexpected --timeout ${timeout}, expected a number with ms, s, m or h, as in 60s.`);
  const [inputs, env] = [valuesOf(options, '--inputs'), valuesOf(options, '--env')];
  const wrong = env.find((variable) => !/^[A-Za-z_]\w*$/.test(variable));
  if (wrong !== undefined) throw new Failure('usage', `Unexpected --env ${wrong.split('=')[0] ?? ''}, expected the name of a variable without its value.`);
  return { ...(timeoutMs === null ? {} : { timeoutMs }), ...(inputs.length === 0 ? {} : { inputs }), ...(env.length === 0 ? {} : { env }) };
}

function readTimes(options: Options): number {
  const runs = valueOf(options, '--runs') ?? '2';
  if (!/^(?:[1-9]|10)$/.test(runs)) throw new Failure('usage', `Unexpected --runs ${runs}, expected a number from 1 to 10.`);
  return Number(runs);
}

function toOutcome(recorded: Recorded, name: string, dryRun: boolean): Outcome {
  switch (recorded.kind) {
    case 'planned':
      return answer({ data: { plan: recorded.plan }, render: renderPlan, next: recorded.plan.asks ? [`docket consent add ${recorded.plan.digest}`] : [] });
    case 'dirty':
      return refuseDirty(recorded.paths, name);
    case 'aborted':
      return answer({ data: { reproduction: name, verdict: 'inconclusive', steps: [], receipt: null }, render: () => '', exitCode: exitCode.undetermined, diagnostics: [diagnose('inconclusive', 'error', `the run of ${name} was broken off; nothing was written`, 'Run the same command again.')] });
    case 'recorded':
      return describeRecorded(recorded, name, dryRun);
  }
}

function refuseDirty(paths: readonly string[], name: string): Outcome {
  const shown = paths.slice(0, 10).join(', ') + (paths.length > 10 ? ` and ${paths.length - 10} more` : '');
  const message = `what ${name} speaks of is not committed: ${shown}; nothing was run`;
  return answer({ data: { reproduction: name, verdict: 'refused', steps: [], receipt: null, dirty: [...paths] }, render: () => '', exitCode: exitCode.no, diagnostics: [diagnose('claim-dirty-tree', 'error', message, 'Commit the code, then run the same command again.')], next: ['git status'] });
}

function describeRecorded(recorded: Extract<Recorded, { kind: 'recorded' }>, name: string, dryRun: boolean): Outcome {
  const { judgement, written, unstable, phase, gate } = recorded;
  const { receipt } = written;
  const id = `reproduction:${phase}/${receipt.id}`;
  const data = {
    reproduction: id, gate: gate === null ? null : `${phase}/${gate}`, verdict: judgement.verdict, why: [...judgement.why], steps: describeSteps(recorded.steps, judgement, recorded.runs),
    receipt: { sum: receipt.sum, prev: receipt.prev, commit: receipt.commit, tree: receipt.tree, base: receipt.base, time: receipt.time, runs: receipt.runs, stable: receipt.stable, attempts: receipt.attempts, dirty: receipt.dirty },
    unstable: unstable.map(({ step, stream, outputLine, seen, pattern }) => ({ step, stream, line: outputLine, seen, pattern })), path: written.path, files: written.files, diff: written.diff, dryRun,
  };
  const patterns = unstable.filter(({ pattern }) => pattern !== null).map(({ pattern, outputLine }) => `line ${outputLine} differed from run to run and is written as the pattern ${JSON.stringify(pattern)}`);
  const commit = `git add ${[written.path, ...written.files].map((path) => quoteWord(`:/${path}`)).join(' ')} && git commit -m ${quoteWord(`journal(${phase}): ${receipt.id} recorded, ${judgement.verdict}`)}`;
  return answer({
    data, exitCode: exitOfVerdict(judgement.verdict), notes: patterns, render: (shown, view) => (dryRun ? shown.diff : '') + renderRun(shown, view),
    diagnostics: describeVerdict(judgement, { path: written.path, line: written.entry?.place.line ?? 1 }, id, `docket record ${name}`),
    next: dryRun ? [] : [commit, ...(gate === null || judgement.verdict !== 'proven' ? [] : [`docket gate ${phase}/${gate}`])],
  });
}

function diagnose(rule: string, level: Diagnostic['level'], message: string, next: string): Diagnostic {
  return { rule, level, message, place: null, related: [], entry: null, next, fixable: false };
}
