import { exitCode, type ExitCode } from '../contract/exit-codes.ts';
import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Judgement, Verdict } from '../repro/judge/types.ts';
import { scriptOf, type Step } from '../repro/types.ts';
import { defaultLevel } from '../rules/rule-ids.ts';
import type { Consenting } from '../runner/require-consent.ts';
import type { TimedRun } from '../runner/run-reproduction.ts';
import { valuesOf, type Globals, type Options } from './invocation.ts';
import { writeLine } from './print.ts';

/** How the caller may consent: by the option, or by an answer where somebody sits at a terminal. */
export function readConsenting(options: Options): Consenting {
  return { digests: valuesOf(options, '--consent'), canAsk: process.stdin.isTTY && process.stderr.isTTY };
}

/** Says on stderr what is being run; nothing for a program that reads JSON, nor with `--quiet`. */
export function followProgress({ json, quiet }: Globals): (line: string) => void {
  return json || quiet ? () => undefined : (line) => void writeLine(process.stderr, line).catch(() => undefined);
}

/** Yes for what is proven, undetermined for what could not be run to an end, no for everything else. */
export function exitOfVerdict(verdict: Verdict): ExitCode {
  return verdict === 'proven' ? exitCode.yes : verdict === 'inconclusive' ? exitCode.undetermined : exitCode.no;
}

/** A step as `record` and `replay` give it. */
export interface RunStep {
  role: string;
  line: number;
  at: string | null;
  patch: string | null;
  command: string;
  outcome: string;
  verdict: string;
  why: string;
  exit: number | null;
  ms: number;
  /** Where output and contract part. */
  difference: { stream: string; line: number | null; expected: string | null; got: string | null } | null;
}

/** The steps with what came of them in the first run. */
export function describeSteps(steps: readonly Step[], { steps: judged }: Judgement, runs: readonly TimedRun[]): RunStep[] {
  const [first] = runs;
  return steps.flatMap((step, index): RunStep[] => {
    if (step.commands.length === 0) return [];
    const own = judged.find((each) => each.index === index);
    const { stream, line, expected, got } = own?.difference ?? {};
    return [{
      role: step.role, line: step.line, at: step.at, patch: step.patch, command: scriptOf(step), outcome: own?.outcome ?? 'skipped', verdict: own?.verdict ?? 'inconclusive', why: own?.why ?? 'it was not run',
      exit: first?.steps[index]?.code ?? null, ms: first?.ms[index] ?? 0, difference: stream === undefined ? null : { stream, line: line ?? null, expected: expected ?? null, got: got ?? null },
    }];
  });
}

/** What speaks against a reproduction, as diagnostics: its verdict is the rule. */
export function describeVerdict({ verdict, why, warnings }: Judgement, place: Diagnostic['place'], entry: string | null, next: string | null): Diagnostic[] {
  const about = { place, related: [] as Diagnostic['related'], entry, fixable: false };
  return [
    ...(verdict === 'proven' ? [] : why.map((message): Diagnostic => ({ ...about, rule: verdict, level: defaultLevel(verdict) ?? 'warning', message, next }))),
    ...warnings.map((message): Diagnostic => ({ ...about, rule: 'state-left-behind', level: 'warning', message, next: 'Look what the teardown left, and mend it.' })),
  ];
}
