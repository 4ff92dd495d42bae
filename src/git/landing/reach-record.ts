import { Failure } from '../../contract/failure.ts';
import type { GitPlace } from '../run-git.ts';
import { findUnreachable, listBetween } from './reach.ts';

/** Which of some commits were reachable from some tips. Plain data, kept from one run to the next. */
export interface ReachRecord {
  tips: string[];
  reachable: Record<string, boolean>;
}

/** What the tips have and had not, and had and have no more, since the record was made. */
export interface Moves {
  gained: ReadonlySet<string>;
  lost: ReadonlySet<string>;
}

export interface Reach {
  record: ReachRecord;
  /** Null where nothing is known of an earlier run: then everything is new. */
  moves: Moves | null;
}

const none: ReadonlySet<string> = new Set();

/**
 * Brings a record up to date with where the tips stand now and which commits are asked for. Costs git what lies between the tips of then and
 * now, and a walk for the commits that were not asked for before; nothing where neither is anything.
 */
export async function updateReach(repository: GitPlace, before: ReachRecord | null, tips: readonly string[], commits: readonly string[]): Promise<Reach> {
  const now = [...new Set(tips)].toSorted();
  const moves = before === null ? null : await findMoves(repository, before.tips, now);
  const reachable: Record<string, boolean> = {};
  for (const commit of commits) {
    const was = moves === null ? undefined : before?.reachable[commit];
    if (was !== undefined) reachable[commit] = was ? !moves?.lost.has(commit) : (moves?.gained.has(commit) ?? false);
  }
  const fresh = commits.filter((commit) => reachable[commit] === undefined);
  const outside = await findUnreachable(repository, now, fresh);
  for (const commit of fresh) reachable[commit] = !outside.has(commit);
  return { record: { tips: now, reachable }, moves };
}

/** Null where git no longer knows one of the tips that were. */
async function findMoves(repository: GitPlace, before: readonly string[], now: readonly string[]): Promise<Moves | null> {
  const gone = before.filter((tip) => !now.includes(tip));
  const come = now.filter((tip) => !before.includes(tip));
  try {
    const [gained, lost] = await Promise.all([come.length === 0 ? [] : listBetween(repository, come, before), gone.length === 0 ? [] : listBetween(repository, gone, now)]);
    return { gained: gained.length === 0 ? none : new Set(gained), lost: lost.length === 0 ? none : new Set(lost) };
  } catch (error) {
    if (error instanceof Failure && error.kind === 'unreadable') return null;
    throw error;
  }
}
