import { setTimeout as pause } from 'node:timers/promises';
import type { Role } from '../../contract/schema/entry.ts';
import type { HandOff } from '../../contract/schema/hand-off.ts';
import { listAncestry, listMergeBases, readHead, type Head } from '../../git/follow-head.ts';
import { openRepository, type Repository } from '../../git/open-repository.ts';
import { resolveRevision } from '../../git/resolve-revision.ts';
import { openDocket } from '../../ledger/open-docket.ts';
import { listHandOffs } from './list-hand-offs.ts';
import { findCuts } from './place-cursors.ts';

export interface WatchOptions {
  dir: string;
  cache: boolean;
  /** Who watches. */
  role?: Role | null;
  afterVerdict?: boolean;
  /** Hand-offs of commits that this revision does not have; null: of all commits with `once`, else of those that come from now on. */
  since: string | null;
  /** End when all that is there has been given. */
  once: boolean;
  /** Milliseconds between two looks at HEAD. */
  interval: number;
  signal: AbortSignal;
}

/**
 * The hand-offs of the commits at HEAD, in the order of history, and (without `once`) of those that come, until `signal`. A HEAD that no longer has
 * what was given before (a rebase, a reset, another branch) is told of first, and what follows is what the old HEAD did not have. Throws a `Failure`
 * of kind usage outside of git and for an unknown `since`.
 */
export async function* watchHandOffs(options: WatchOptions): AsyncGenerator<HandOff> {
  const repository = await openRepository(options.dir);
  let head = await readHead(repository);
  let known: Head = { commit: options.since === null ? (options.once ? null : head.commit) : await resolveRevision(repository, options.since), branch: head.branch };
  while (!options.signal.aborted) {
    if (head.commit !== null && head.commit !== known.commit) {
      yield* handOffsBetween(repository, options, known, { ...head, commit: head.commit });
      known = head;
    }
    if (options.once || !(await wait(options))) return;
    head = await readHead(repository);
  }
}

async function wait({ interval, signal }: WatchOptions): Promise<boolean> {
  try {
    await pause(interval, undefined, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

async function* handOffsBetween(repository: Repository, { dir, cache, role = null, afterVerdict = false }: WatchOptions, known: Head, head: Head & { commit: string }): AsyncGenerator<HandOff> {
  const { ledger } = await openDocket(dir, { at: head.commit, cache, role, afterVerdict });
  const bases = known.commit === null ? [] : await listMergeBases(repository, known.commit, head.commit);
  const isRewritten = known.commit !== null && !bases.includes(known.commit);
  const stretch = await listAncestry(repository, head.commit, known.commit === null ? [] : [known.commit]);
  let cursor = isRewritten ? (bases[0] ?? null) : known.commit;
  if (isRewritten) yield tellOfRewriting(known, head, ledger.revision.at ?? '', cursor);
  const cuts = findCuts(stretch, bases);
  const handOffs = listHandOffs(ledger);
  let waiting: HandOff | null = null;
  for (const { commit } of stretch) {
    for (const handOff of handOffs.get(commit) ?? []) {
      if (waiting) yield { ...waiting, cursor };
      waiting = { ...handOff, cursor };
    }
    // What a reader goes on from lies before the next hand-off, as far on as can be.
    if (cuts.has(commit)) cursor = commit;
  }
  if (waiting) yield { ...waiting, cursor };
}

function tellOfRewriting(known: Head, head: Head & { commit: string }, at: string, base: string | null): HandOff {
  const state = known.branch === head.branch ? 'rebased' : 'switched';
  const from = known.commit?.slice(0, 12) ?? '';
  const text = `${from} is not in ${head.branch?.replace(/^refs\/heads\//u, '') ?? 'HEAD'} any more; going on from ${base === null ? 'its first commit' : base.slice(0, 12)}`;
  return { event: 'rewritten', commit: head.commit, at, role: null, phase: null, gate: null, entry: null, state, to: null, text, cursor: base };
}
