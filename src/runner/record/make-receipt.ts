import { execFileSync } from 'node:child_process';
import { version } from '../../contract/version.ts';
import type { Judgement } from '../../repro/judge/types.ts';
import { commandDigest, contractDigest } from '../../repro/receipts/digests.ts';
import { recordControl, recordRun, startBudget, type Evidence } from '../../repro/receipts/record-output.ts';
import type { RecordedStep, RecordReceipt } from '../../repro/receipts/types.ts';
import type { Meta, Step } from '../../repro/types.ts';
import { mayPass } from '../make-environment.ts';
import type { TimedRun } from '../run-reproduction.ts';

/** Everything that a receipt says of a recording but its place in the chain. */
export interface ReceiptInput {
  /** As they stand in the fence. */
  steps: readonly Step[];
  meta: Meta;
  phase: string;
  body: string;
  runs: readonly TimedRun[];
  judgement: Judgement;
  code: { commit: string; tree: string; scope: readonly string[]; dirty: readonly string[]; base: RecordReceipt['base'] };
  /** The commit of each step; null where it ran on uncommitted changes. */
  commits: readonly (string | null)[];
  attempts: number;
  isolated: boolean;
  time: Date;
}

/** The receipt of a recording, without its predecessor; outputs that are too long for it go into `evidence`. Of several runs the first is kept. */
export function draftReceipt(input: ReceiptInput, evidence: Evidence): Omit<RecordReceipt, 'sum' | 'seal' | 'prev'> {
  const { meta, judgement, code, runs } = input;
  return {
    v: 1, kind: 'record', id: meta.id ?? '', claim: meta.claim, phase: input.phase, tool: { name: 'docket', version }, time: `${input.time.toISOString().slice(0, 19)}Z`,
    contract: contractDigest(input.body), commit: code.commit, tree: code.tree, scope: [...code.scope], dirty: [...code.dirty], base: code.base,
    env: environmentFacts(meta.env), verdict: judgement.verdict, steps: input.steps.map((step, index) => recordStep(input, step, index, evidence)), runs: runs.length,
    stable: judgement.verdict !== 'flaky', attempts: input.attempts, ...(input.isolated ? { isolated: true } : {}),
  };
}

function recordStep({ runs, judgement, commits }: ReceiptInput, step: Step, index: number, evidence: Evidence): RecordedStep {
  const [first] = runs;
  const budget = startBudget();
  const [run, control] = [first?.steps[index] ?? null, first?.controls[index] ?? null];
  return {
    role: step.role, at: commits[index] ?? null, patch: step.patch, command: commandDigest(step), outcome: judgement.steps.find((judged) => judged.index === index)?.outcome ?? 'skipped',
    ms: first?.ms[index] ?? 0, run: run === null || run.unusable !== null ? null : recordRun(run, budget, evidence), control: control === null ? null : recordControl(control, budget, evidence),
  };
}

/** What may explain why another machine gives another result. */
export function environmentFacts(passed: readonly string[]): RecordReceipt['env'] {
  return { os: `${process.platform} ${process.arch}`, node: process.version.slice(1), bash: readBashVersion(), passed: passed.filter((name) => mayPass(name) && process.env[name] !== undefined) };
}

function readBashVersion(): string {
  try {
    const said = execFileSync('bash', ['--noprofile', '--norc', '-c', 'echo "${BASH_VERSINFO[0]}.${BASH_VERSINFO[1]}.${BASH_VERSINFO[2]}"'], { encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } });
    return said.trim();
  } catch {
    return 'none';
  }
}
