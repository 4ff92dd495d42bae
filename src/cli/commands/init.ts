import { Failure } from '../../contract/failure.ts';
import { scaffold, type ScaffoldResult } from '../../edits/scaffold/scaffold.ts';
import { openRepository } from '../../git/open-repository.ts';
import { isGiven, valuesOf, type Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';

/** `docket init [--phase P] [--dry-run]`. */
export async function run({ options, globals }: Invocation): Promise<Outcome> {
  const phases = [...new Set(valuesOf(options, '--phase'))];
  const wrong = phases.find((phase) => !/^[A-Za-z0-9]+$/.test(phase));
  if (wrong !== undefined) throw new Failure('usage', `Unexpected phase "${wrong}", expected letters and digits only, such as pxgate or 2w.`);
  const { root, bare } = await openRepository(globals.dir);
  if (bare) throw new Failure('usage', `${root} has no working tree to put documents into.`, { next: 'git worktree list' });
  const dryRun = isGiven(options, '--dry-run');
  const result = scaffold(root, phases, dryRun);
  return answer({ data: { ...result, dryRun }, render: renderInit, next: nextAfter(result, dryRun, phases) });
}

function renderInit({ written, kept, diff, dryRun }: ScaffoldResult & { dryRun: boolean }): string {
  if (dryRun) return diff;
  return [...written.map((path) => `written  ${path}\n`), ...kept.map((path) => `kept     ${path}\n`)].join('');
}

function nextAfter({ written }: ScaffoldResult, dryRun: boolean, phases: readonly string[]): string[] {
  if (written.length === 0) return ['docket status'];
  if (dryRun) return [['docket init', ...phases.map((phase) => `--phase ${phase}`)].join(' ')];
  return ['git add :/machine-docs', 'docket status'];
}
