import type { Entry, Recording } from '../../contract/schema/entry.ts';
import type { Repository } from '../../git/open-repository.ts';
import { findUnreachable } from '../../git/landing/reach.ts';
import { resolveCommits } from '../../git/resolve-commits.ts';
import { changedPaths, scopedTree } from '../../git/scope/compare-files.ts';
import { findTwin } from '../../git/scope/find-twin.ts';
import { filesOfCommit } from '../../git/scope/read-files.ts';
import { scopeOf, type InScope } from '../../git/scope/scope.ts';
import type { TreeFiles } from '../../git/scope/tree-id.ts';

/** Whether a recording is about the code that stands there now. Found anew at every read, never stored. */
export interface Freshness {
  state: 'fresh' | 'fresh-by-tree' | 'stale-code' | 'stale-base' | 'unresolved-base' | 'inputs-too-narrow' | 'tampered' | 'lost';
  /** Paths in scope that are not as they were recorded. */
  changed: string[];
  why: string | null;
  /** In what the environment differs from that of the recording; null where it does not. */
  drift: string | null;
}

/** The code that a recording is held against: the working tree, or a commit. */
export interface CodeNow {
  head: string;
  files: TreeFiles;
  /** Paths that count as changed because a filter that is not run would convert them. */
  filtered: ReadonlyMap<string, string>;
}

/** Holds a recording against the code of now. Executes nothing. */
export async function judgeFreshness(repository: Repository, entry: Entry, recording: Recording, now: CodeNow): Promise<Freshness> {
  const inScope = scopeOf(recording.scope);
  const found = judgeInputs(entry, recording, inScope, now) ?? (await judgeReceipt(repository, recording, inScope)) ?? (await judgeCode(repository, recording, inScope, now)) ?? (await judgeBase(repository, recording, inScope, now.head));
  const { state, why = null, changed = [] } = found ?? { state: await isFresh(repository, recording, now.head) };
  return { state, changed, why, drift: describeDrift(recording) };
}

interface Judged {
  state: Freshness['state'];
  why?: string;
  changed?: string[];
}

/** Inputs that leave out what decides would never make a recording stale. */
function judgeInputs(entry: Entry, { base, tree }: Recording, inScope: InScope, now: CodeNow): Judged | null {
  const narrow = (why: string): Judged => ({ state: 'inputs-too-narrow', why });
  if (![...now.files.keys()].some(inScope)) return narrow('its inputs name no file');
  const left = entry.steps?.flatMap(({ commands }) => commands.flatMap(({ text }) => text.match(recordPath) ?? [])).find((path) => !inScope(path));
  if (left !== undefined) return narrow(`a command reads ${left}, which is no input, so that an edit of it would not be seen`);
  // The same command fails on the one and passes on the other: what made the difference is not among the inputs.
  return base !== null && base.tree === tree && sharesCommand(entry) ? narrow(`the same command failed and passed on the same code: nothing that it speaks of differs from its base ${base.commit.slice(0, 12)}`) : null;
}

/** The record, and not a folder whose name only holds its name (`machine-docs-site`). */
const recordPath = /(?<![\w.-])machine-docs(?![\w-]|\.\w)(?:\/[\w.@+-]+)*/gu;

/** A receipt that names a commit whose code is another was copied from elsewhere, or edited. */
async function judgeReceipt(repository: Repository, { commit, tree, dirty, base }: Recording, inScope: InScope): Promise<Judged | null> {
  const named = [...(dirty.length === 0 && commit !== null ? [{ what: 'its commit', commit, tree }] : []), ...(base === null ? [] : [{ what: 'its base', ...base }])];
  for (const each of named) {
    const files = await filesOfCommit(repository, each.commit);
    if (files !== null && scopedTree(files, inScope, repository.objectFormat) !== each.tree) return { state: 'tampered', why: `${each.what} ${each.commit.slice(0, 12)} does not have the code that the receipt names` };
  }
  return null;
}

async function judgeCode(repository: Repository, { commit, tree }: Recording, inScope: InScope, now: CodeNow): Promise<Judged | null> {
  const isSame = scopedTree(now.files, inScope, repository.objectFormat) === tree;
  const filtered = [...now.filtered].filter(([path]) => inScope(path));
  const [first] = filtered;
  if (isSame) return first === undefined ? null : { state: 'stale-code', changed: filtered.map(([path]) => path), why: `what the filter ${first[1]} would make of ${first[0]} is not known` };
  const twin = commit === null ? null : ((await isHere(repository, commit)) ? commit : ((await findTwin(repository, { commit, tree }, now.head, inScope))?.commit ?? null));
  const recorded = twin === null ? null : await filesOfCommit(repository, twin);
  if (recorded === null) return { state: 'lost', why: `neither the commit ${commit?.slice(0, 12) ?? ''} nor another with its code is here` };
  const changed = changedPaths(recorded, now.files, inScope);
  return { state: 'stale-code', changed, why: `changed since it was recorded: ${list(changed)}` };
}

async function judgeBase(repository: Repository, { base }: Recording, inScope: InScope, head: string): Promise<Judged | null> {
  if (base === null) return null;
  if ((await findTwin(repository, base, head, inScope)) === null) {
    const known = await isHere(repository, base.commit);
    return known
      ? { state: 'stale-base', why: `its base ${base.commit.slice(0, 12)} is not in the history of HEAD, nor is a commit with its code or its change` }
      : { state: 'unresolved-base', why: `its base ${base.commit.slice(0, 12)} is not here, nor is a commit with its code` };
  }
  return null;
}

function sharesCommand({ steps = [] }: Entry): boolean {
  const scripts = (role: string): string[] => steps.filter((step) => step.role === role && step.commands.length > 0).map((step) => step.commands.map(({ text }) => text).join('\n'));
  const greens = scripts('green');
  return scripts('red').some((red) => greens.includes(red));
}

async function isFresh(repository: Repository, { commit }: Recording, head: string): Promise<'fresh' | 'fresh-by-tree'> {
  if (commit === null || !(await isHere(repository, commit))) return 'fresh-by-tree';
  return (await findUnreachable(repository, [head], [commit])).size === 0 ? 'fresh' : 'fresh-by-tree';
}

async function isHere(repository: Repository, commit: string): Promise<boolean> {
  return (await resolveCommits(repository, [commit])).get(commit)?.status === 'commit';
}

function describeDrift({ env }: Recording): string | null {
  if (env === null) return null;
  const now = { os: `${process.platform} ${process.arch}`, node: process.version.slice(1) };
  const differs = (['os', 'node'] as const).filter((key) => env[key] !== now[key]).map((key) => `recorded with ${key} ${env[key]}, here ${now[key]}`);
  return differs.length === 0 ? null : differs.join('; ');
}

function list(paths: readonly string[]): string {
  return paths.slice(0, 8).join(', ') + (paths.length > 8 ? ` and ${paths.length - 8} more` : '');
}
