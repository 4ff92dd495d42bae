import { Failure } from '../../contract/failure.ts';
import { quoteWord } from '../../queries/shell-word.ts';
import { baseOf, type App, type InfraSpec } from '../../reconcile/index.ts';
import type { TypedStep } from '../../runner/record/read-source.ts';
import { isGiven, valueOf, type Invocation } from '../invocation.ts';
import type { Afterwards } from './answer-apps.ts';

/**
 * `--record NAME [--claim GATE] [--red REV]`: gives a function that records the very check that was run as a reproduction, so that it can carry a
 * claim: red is the same check at the revision before the fix, and the fix taken back is its negative control. Null without the option. Throws a
 * usage failure now for what could not be recorded afterwards.
 */
export async function prepareRecording(invocation: Invocation): Promise<Afterwards | null> {
  const { options, globals } = invocation;
  const given = valueOf(options, '--record');
  const stray = ['--claim', '--red'].find((name) => given === null && isGiven(options, name));
  if (stray !== undefined) throw new Failure('usage', `Unexpected ${stray} without --record, which names the reproduction.`, { next: 'docket infra check --help' });
  if (given === null) return null;
  // Loaded when asked for: a check needs no runner.
  const { openPenFor } = await import('../write.ts');
  const { record } = await import('../../runner/record/record.ts');
  const { answerRecorded, readRecordName } = await import('../record-answers.ts');
  const { followProgress, readConsenting } = await import('../run-answers.ts');
  const name = readRecordName(given);
  const pen = await openPenFor(invocation);
  return async ({ spec }) => {
    if (spec.path.startsWith('/')) throw new Failure('usage', `${spec.path} lies outside the repository, so that no revision holds it.`, { next: 'Record a check of a specification that is committed.' });
    const recorded = await record(pen, {
      name, phase: valueOf(options, '--phase'), claim: valueOf(options, '--claim'), source: { kind: 'typed', steps: stepsOf(invocation, spec.path) }, base: null,
      meta: { inputs: inputsOf(spec) }, times: 2, allowDirty: false, planOnly: false, consent: readConsenting(options), progress: followProgress(globals), now: new Date(),
    });
    return answerRecorded(recorded, name, pen.options.dryRun);
  };
}

/** The check as one types it anywhere: without what is only for this machine. */
function stepsOf({ arguments: names, options }: Invocation, path: string): TypedStep[] {
  const command = ['docket infra check', ...names.map(quoteWord), ...(isGiven(options, '--spec') ? ['--spec', quoteWord(path)] : []), '--quiet'].join(' ');
  const red = valueOf(options, '--red');
  const green: TypedStep = { role: 'green', at: null, how: null, command };
  return red === null ? [green] : [{ role: 'red', at: red, how: null, command }, green, { role: 'neg', at: null, how: 'revert', command }];
}

/** What a check depends on: the specification, the files of its order with what lies beside them, and the programs of the repository that probes start. */
function inputsOf({ path, apps, order }: InfraSpec): string[] {
  const globs = [...order.units, ...order.compose];
  const folders = globs.map(baseOf).filter((folder) => folder !== '.').map((folder) => `${folder}/**`);
  return [...new Set([path, ...globs, ...folders, ...apps.flatMap(programsOf)])];
}

function programsOf({ gate, confirm }: App): string[] {
  const programs = [...gate, ...confirm].flatMap((probe) => (probe.kind === 'command' ? [probe.command[0]] : []));
  return programs.filter((program) => program.includes('/') && !program.startsWith('/')).map((program) => program.replace(/^\.\//, ''));
}
