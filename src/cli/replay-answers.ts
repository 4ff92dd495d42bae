import { exitCode, type ExitCode } from '../contract/exit-codes.ts';
import type { Diagnostic } from '../contract/schema/envelope.ts';
import { quoteWord } from '../queries/shell-word.ts';
import { renderReplays } from '../reports/run-text.ts';
import type { CiRun } from '../repro/receipts/types.ts';
import { verifySeal } from '../repro/receipts/verify-seal.ts';
import type { Replayed } from '../runner/replay/replay.ts';
import type { WrittenReplay } from '../runner/replay/write-replay.ts';
import { answer, type Outcome } from './outcome.ts';
import { describeSteps, describeVerdict, exitOfVerdict, type RunStep } from './run-answers.ts';

/** A replay, and the receipt that it left. */
export interface ReplayResult {
  replayed: Replayed;
  written: WrittenReplay | null;
}

interface DescribedReplay {
  reproduction: string;
  verdict: string;
  judgement: string;
  cold: boolean;
  isolated: boolean;
  /** It was run because another needs it. */
  needed: boolean;
  commit: string | null;
  why: string[];
  steps: RunStep[];
  receipt: { sum: string; of: string; by: string; path: string; ci?: CiRun; sealed?: string } | null;
  diff: string;
}

/** What several replays come to. */
export interface JudgedReplays {
  replays: DescribedReplay[];
  /** Those that were asked for: they alone decide. */
  own: DescribedReplay[];
  verdict: string;
  exitCode: ExitCode;
  diagnostics: Diagnostic[];
}

export function judgeReplays(results: readonly ReplayResult[], cold: boolean): JudgedReplays {
  const replays = results.map((result) => describeOne(result, cold));
  const own = replays.filter((_, index) => results[index]?.replayed.asked === true);
  const worst = results.filter(({ replayed }) => replayed.asked).reduce<ExitCode>((code, result) => worseOf(code, exitOf(result)), exitCode.yes);
  return { replays, own, verdict: verdictOfAll(own), exitCode: worst, diagnostics: results.flatMap(diagnosticsOf) };
}

/** What replays answer: the first that was asked for, with the verdict of all of these, and each. What was run because another needs it decides nothing. */
export function describeReplays(results: readonly ReplayResult[], { cold, dryRun, wanted }: { cold: boolean; dryRun: boolean; wanted: string }): Outcome {
  const { replays, own, verdict, exitCode: worst, diagnostics } = judgeReplays(results, cold);
  const written = results.flatMap(({ written: each }) => (each === null || dryRun ? [] : [each.path]));
  return answer({
    data: { ...own[0], verdict, replays, dryRun },
    render: renderReplays,
    exitCode: worst,
    diagnostics,
    next: written.length > 0 ? [`git add ${written.map((path) => quoteWord(`:/${path}`)).join(' ')} && git commit -m ${quoteWord(`review: ${wanted} replayed cold`)}`] : worst === exitCode.yes && !cold ? [`docket replay ${quoteWord(wanted)} --cold`] : [],
  });
}

function describeOne({ replayed, written }: ReplayResult, cold: boolean): DescribedReplay {
  const { subject, judgement, steps, runs, commit, isolated, asked } = replayed;
  return {
    reproduction: subject.entry.id, verdict: verdictOf(replayed), judgement: judgement.verdict, cold, isolated, needed: !asked, commit, why: [...judgement.why], steps: describeSteps(steps, judgement, runs),
    receipt: written === null ? null : describeReceipt(written), diff: written?.diff ?? '',
  };
}

function describeReceipt({ receipt: { sum, of, by, ci, seal }, path }: WrittenReplay): NonNullable<DescribedReplay['receipt']> {
  const key = seal === null ? undefined : verifySeal(seal, sum)?.key;
  return { sum, of, by, path, ...(ci === undefined ? {} : { ci }), ...(key === undefined ? {} : { sealed: key }) };
}

/** `mismatch`: it was recorded as proven, and comes out otherwise now. */
function verdictOf({ judgement, receipt, aborted, steps }: Replayed): string {
  if (aborted) return 'inconclusive';
  if (isGreenOnly(steps)) return judgement.steps.every(({ verdict }) => verdict === 'accepted') ? 'green' : judgement.steps.some(({ verdict }) => verdict === 'inconclusive') ? 'inconclusive' : 'not-green';
  return receipt?.verdict === 'proven' && !['proven', 'inconclusive', 'flaky'].includes(judgement.verdict) ? 'mismatch' : judgement.verdict;
}

function isGreenOnly(steps: Replayed['steps']): boolean {
  return steps.every(({ role }) => role === 'setup' || role === 'green' || role === 'teardown');
}

function exitOf({ replayed }: ReplayResult): ExitCode {
  const verdict = verdictOf(replayed);
  if (verdict === 'green') return exitCode.yes;
  return verdict === 'mismatch' || verdict === 'not-green' ? exitCode.no : exitOfVerdict(verdict === 'proven' ? 'proven' : verdict === 'inconclusive' ? 'inconclusive' : 'not-green');
}

function worseOf(a: ExitCode, b: ExitCode): ExitCode {
  const order: ExitCode[] = [exitCode.yes, exitCode.undetermined, exitCode.no];
  return order.indexOf(b) > order.indexOf(a) ? b : a;
}

function verdictOfAll(replays: readonly DescribedReplay[]): string {
  return replays.find(({ verdict }) => verdict !== 'proven' && verdict !== 'green')?.verdict ?? replays[0]?.verdict ?? 'inconclusive';
}

function diagnosticsOf({ replayed }: ReplayResult): Diagnostic[] {
  const { subject: { entry }, judgement } = replayed;
  const { path, line } = entry.place;
  const verdict = verdictOf(replayed);
  if (verdict === 'green') return [];
  const found = describeVerdict(judgement, { path, line }, entry.id, `docket show ${quoteWord(entry.id)}`);
  return verdict === 'mismatch' ? found.map((diagnostic) => (diagnostic.rule === judgement.verdict ? { ...diagnostic, rule: 'mismatch', level: 'error' as const } : diagnostic)) : found;
}
