import { Failure } from '../contract/failure.ts';
import { mergeBase } from '../git/landing/reach.ts';
import type { Repository } from '../git/open-repository.ts';
import { readWorktreeFile } from '../git/read-worktree.ts';
import { resolveRevision } from '../git/resolve-revision.ts';
import { tryGit } from '../git/run-git.ts';
import { findTwin, treeOf } from '../git/scope/find-twin.ts';
import type { InScope } from '../git/scope/scope.ts';
import { landingRef } from '../git/slow-git.ts';
import { sectionsOf } from '../repro/judge/sections.ts';
import type { Mutation as PatchFence } from '../repro/read-mutation.ts';
import type { Step } from '../repro/types.ts';
import type { Mutation } from './mutate.ts';

/** The commits that steps run at. */
export interface PlacedSteps {
  head: string;
  /** By index of the step. */
  commits: string[];
  /** The commit that red runs at; null where there is no red. */
  base: { commit: string; tree: string } | null;
}

export interface PlaceInput {
  repository: Repository;
  steps: readonly Step[];
  inScope: InScope;
  /** `--base`; where no red step names a revision. */
  base: string | null;
  landing: string | null;
  /** What the receipt says, for a replay: a base that was rewritten is found again by it. */
  recorded: RecordedPlaces | null;
}

/** Where the steps of a recording ran. */
export interface RecordedPlaces {
  base: { commit: string; tree: string } | null;
  /** The commit of each step; null where it ran on uncommitted changes. */
  commits: readonly (string | null)[];
}

/**
 * Resolves where each step runs: its own `@REV`, for red without one the base (`--base`, else the merge-base with the landing ref), else the commit
 * under test. Throws a usage failure for a revision that is not there: a red that cannot run is refused, never skipped.
 */
export async function placeSteps(input: PlaceInput): Promise<PlacedSteps> {
  const { repository, steps, inScope } = input;
  if (repository.head === null) throw new Failure('usage', `${repository.root} has no commit yet, so that nothing can be recorded or replayed.`, { next: 'git commit' });
  const head = repository.head;
  const green = steps.find(({ role, at }) => role === 'green' && at !== null);
  if (green !== undefined) throw new Failure('usage', `The green step${green.line > 0 ? ` on line ${green.line}` : ''} names the revision ${green.at ?? ''}, expected it to run at what is claimed.`, { next: 'Leave the revision out.' });
  const commits: string[] = [];
  for (const [index, step] of steps.entries()) commits.push(step.at === null && step.role !== 'red' ? head : await placeStep(input, step, index, head));
  const red = steps.findIndex(({ role }) => role === 'red');
  const base = commits[red];
  return { head, commits, base: base === undefined ? null : { commit: base, tree: (await treeOf(repository, base, inScope)) ?? '' } };
}

async function placeStep(input: PlaceInput, step: Step, index: number, head: string): Promise<string> {
  const recorded = input.recorded?.commits[index] ?? null;
  // A name such as HEAD~1 meant another commit when it was recorded.
  if (recorded !== null && (step.at === null || !/^[0-9a-f]{7,64}$/.test(step.at))) return (await twinOf(input, recorded, head)) ?? resolve(input, recorded, head, step.line);
  const written = step.at ?? input.base;
  return written === null ? defaultBase(input, head) : resolve(input, written, head, step.line);
}

async function defaultBase({ repository, landing }: PlaceInput, head: string): Promise<string> {
  const ref = await landingRef(repository, landing);
  return (ref === null ? null : await mergeBase(repository, [head, ref.commit])) ?? head;
}

async function resolve(input: PlaceInput, written: string, head: string, line: number): Promise<string> {
  try {
    return await resolveRevision(input.repository, written);
  } catch (error) {
    const twin = await twinOf(input, written, head);
    if (twin !== null) return twin;
    const why = error instanceof Failure ? error.message : String(error);
    throw new Failure('usage', `The revision of a step${line > 0 ? ` (line ${line})` : ''} cannot be found: ${why}.`, { next: 'Name a revision that is in the history, or fetch the one that is named.' });
  }
}

/** What stands now for the recorded base that this revision names: itself, or the commit that it was rewritten to. */
async function twinOf({ repository, recorded, inScope }: PlaceInput, written: string, head: string): Promise<string | null> {
  const base = recorded?.base ?? null;
  return base !== null && base.commit.startsWith(written) ? ((await findTwin(repository, base, head, inScope))?.commit ?? null) : null;
}

/** The changes that negative controls make, by the index of their first step. A patch that is nowhere is told when it is needed, not before. */
export async function findMutations(input: Pick<PlaceInput, 'repository' | 'steps' | 'inScope'>, placed: PlacedSteps, patches: readonly PatchFence[], cold: boolean): Promise<Map<number, Mutation>> {
  const mutations = new Map<number, Mutation>();
  for (const { role, steps: [first = -1] } of sectionsOf(input.steps)) {
    const patch = input.steps[first]?.patch ?? null;
    if (role === 'neg' && patch !== null) mutations.set(first, await findMutation(input, placed, patches, { patch, cold }));
  }
  return mutations;
}

async function findMutation({ repository, inScope }: Pick<PlaceInput, 'repository' | 'inScope'>, placed: PlacedSteps, patches: readonly PatchFence[], { patch, cold }: { patch: string; cold: boolean }): Promise<Mutation> {
  const fence = patches.find(({ id }) => id === patch);
  if (fence !== undefined) return { kind: 'patch', patch: fence.patch };
  if (patch === 'revert') return placed.base === null ? { kind: 'missing', why: 'there is no red step whose base could be gone back to' } : { kind: 'revert', to: placed.base.commit, inScope };
  if (cold) {
    const { code, stdout } = await tryGit(repository, ['--bare', 'cat-file', 'blob', `${placed.head}:${patch}`]);
    return code === 0 ? { kind: 'patch', patch: stdout.toString('utf8') } : { kind: 'missing', why: `there is no patch ${patch} in ${placed.head.slice(0, 12)}` };
  }
  const file = readWorktreeFile(repository, patch);
  return file.bytes === null ? { kind: 'missing', why: `there is no patch ${patch}: ${file.unreadable}` } : { kind: 'patch', patch: file.bytes.toString('utf8') };
}
