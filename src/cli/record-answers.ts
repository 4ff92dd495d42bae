import { exitCode } from '../contract/exit-codes.ts';
import { Failure } from '../contract/failure.ts';
import type { Diagnostic } from '../contract/schema/envelope.ts';
import { quoteWord } from '../queries/shell-word.ts';
import { renderRecordPlan, renderRun } from '../reports/run-text.ts';
import type { Recorded } from '../runner/record/record.ts';
import { answer, type Outcome } from './outcome.ts';
import { describeSteps, describeVerdict, exitOfVerdict } from './run-answers.ts';

/** The name of a reproduction. Throws a usage failure for what could not stand in a fence. */
export function readRecordName(given: string): string {
  const name = given.replace(/^reproduction:/, '');
  if (/^(?:[A-Za-z0-9-]+\/)?[\p{L}\p{N}][\p{L}\p{N}._+-]*$/u.test(name)) return name;
  throw new Failure('usage', `Unexpected name "${given}", expected letters, digits and . _ -`, { next: 'docket record --help' });
}

/** What a recording answers: what was planned, refused, broken off, or written with its verdict. */
export function answerRecorded(recorded: Recorded, name: string, dryRun: boolean): Outcome {
  switch (recorded.kind) {
    case 'planned':
      return describePlanned(recorded);
    case 'dirty':
      return refuseDirty(recorded.paths, name);
    case 'aborted':
      return answer({ data: { reproduction: name, verdict: 'inconclusive', steps: [], receipt: null }, render: () => '', exitCode: exitCode.undetermined, diagnostics: [diagnose('inconclusive', 'error', `the run of ${name} was broken off; nothing was written`, 'Run the same command again.')] });
    case 'unmet':
      return answer({ data: { reproduction: name, verdict: 'inconclusive', steps: [], receipt: null }, render: () => '', exitCode: exitCode.undetermined, diagnostics: [diagnose('inconclusive', 'error', `${name} needs ${recorded.need}, which is ${recorded.verdict}; it was not run and nothing was written`, `docket replay ${quoteWord(recorded.need)}`)] });
    case 'recorded':
      return describeRecorded(recorded, name, dryRun);
  }
}

function describePlanned({ plan, needs }: Extract<Recorded, { kind: 'planned' }>): Outcome {
  const plans = needs.map(({ reproduction, plan: own }) => ({ reproduction, ...own }));
  return answer({ data: { plan, needs: plans }, render: renderRecordPlan, next: [...plans, plan].filter(({ asks }) => asks).map(({ digest }) => `docket consent add ${digest}`) });
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
    receipt: { sum: receipt.sum, prev: receipt.prev, commit: receipt.commit, tree: receipt.tree, base: receipt.base, time: receipt.time, runs: receipt.runs, stable: receipt.stable, attempts: receipt.attempts, dirty: receipt.dirty, isolated: receipt.isolated === true },
    unstable: unstable.map(({ step, stream, outputLine, seen, pattern }) => ({ step, stream, line: outputLine, seen, pattern })), path: written.path, files: written.files, diff: written.diff, dryRun,
  };
  const patterns = unstable.filter(({ pattern }) => pattern !== null).map(({ pattern, outputLine }) => `line ${outputLine} differed from run to run and is written as the pattern ${JSON.stringify(pattern)}`);
  const commit = `git add ${[written.path, ...written.files].map((path) => quoteWord(`:/${path}`)).join(' ')} && git commit -m ${quoteWord(`journal(${phase}): ${receipt.id} recorded, ${judgement.verdict}`)}`;
  return answer({
    data, exitCode: exitOfVerdict(judgement.verdict), notes: patterns, render: (shown, view) => (dryRun ? shown.diff : '') + renderRun(shown, view),
    diagnostics: describeVerdict(judgement, { path: written.path, line: written.entry?.place.line ?? 1 }, id, judgement.steps.some(({ outcome }) => outcome === 'not-run') ? notThere : `docket record ${name}`),
    next: dryRun ? [] : [commit, ...(gate === null || judgement.verdict !== 'proven' ? [] : [`docket gate ${phase}/${gate}`])],
  });
}

/** Red runs on the code before the change, and so does a neg that takes the change back: a check that came with the change is not there. */
const notThere = 'Every step runs in a checkout of its own: commit the check before the change that it is about, or write it into the command, and see that its program is installed.';

function diagnose(rule: string, level: Diagnostic['level'], message: string, next: string): Diagnostic {
  return { rule, level, message, place: null, related: [], entry: null, next, fixable: false };
}
