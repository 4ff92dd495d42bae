import { Failure } from '../../contract/failure.ts';
import { scaffold, type ScaffoldResult } from '../../edits/scaffold/scaffold.ts';
import { ciNames } from '../../edits/scaffold/ci-names.ts';
import { planCi } from '../../edits/scaffold/plan-ci.ts';
import { openRepository } from '../../git/open-repository.ts';
import { isGiven, valuesOf, type Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';

/** `docket init [--phase P] [--ci NAME] [--dry-run]`. */
export async function run({ options, globals }: Invocation): Promise<Outcome> {
  const phases = [...new Set(valuesOf(options, '--phase'))];
  const wrong = phases.find((phase) => !/^[A-Za-z0-9]+$/.test(phase));
  if (wrong !== undefined) throw new Failure('usage', `Unexpected phase "${wrong}", expected letters and digits only, such as pxgate or 2w.`);
  const { root, bare } = await openRepository(globals.dir);
  if (bare) throw new Failure('usage', `${root} has no working tree to put documents into.`, { next: 'git worktree list' });
  const dryRun = isGiven(options, '--dry-run');
  const names = ciNames.filter((name) => valuesOf(options, '--ci').includes(name));
  const plans = names.map((name) => planCi(root, name));
  const result = scaffold(root, phases, plans.map(({ file }) => file), dryRun);
  const notes = plans.flatMap(({ file, notes: own }) => (result.written.includes(file.path) ? own : []));
  const asked = [...phases.map((phase) => `--phase ${phase}`), ...names.map((name) => `--ci ${name}`)];
  return answer({ data: { ...result, dryRun, notes }, render: renderInit, next: nextAfter(result, dryRun, asked), notes });
}

function renderInit({ written, kept, diff, dryRun }: ScaffoldResult & { dryRun: boolean }): string {
  if (dryRun) return diff;
  return [...written.map((path) => `written  ${path}\n`), ...kept.map((path) => `kept     ${path}\n`)].join('');
}

function nextAfter({ written }: ScaffoldResult, dryRun: boolean, asked: readonly string[]): string[] {
  if (written.length === 0) return ['docket status'];
  if (dryRun) return [['docket init', ...asked].join(' ')];
  const places = [...new Set(written.map((path) => (path.startsWith('machine-docs/') ? 'machine-docs' : path)))];
  return [`git add ${places.map((path) => `:/${path}`).join(' ')}`, 'docket status'];
}
