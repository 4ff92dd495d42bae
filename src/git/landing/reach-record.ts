import { Failure } from '../../contract/failure.ts';
import type { GitPlace } from '../run-git.ts';
import { findUnreachable, listBetween } from './reach.ts';

/** Which of some commits were reachable from some tips. Plain data, kept from one run to the next. */
export interface ReachRecord {
  tips: string[];
  reachable: Record<string, boolean>;
}

/** How the tips moved since the record was made. */
export interface Moves {
  /** Commits that were reachable and are no more. */
  lost: ReadonlySet<string>;
  /** Some tips are new, so what was not reachable may be now. */
  grown: boolean;
  /** Commits that were not reachable and are; looked for only where some commit was not. */
  gained: ReadonlySet<string>;
}

export interface Reach {
  record: ReachRecord;
  /** Null where nothing is known of an earlier run: then everything is new. */
  moves: Moves | null;
}

/** Where to look before git is asked: true for a commit that is reachable from the tips for certain. */
export type KnownReachable = (commit: string) => boolean;

const none: ReadonlySet<string> = new Set();
const nothingKnown: KnownReachable = () => false;

/**
 * Brings a record up to date with where the tips stand now and which commits are asked for. Costs git what lies between the tips of then and
 * now, and a walk for the commits that were not asked for before; nothing where neither is anything, or where all of it is known.
 */
export async function updateReach(repository: GitPlace, before: ReachRecord | null, to: { tips: readonly string[]; isKnown?: KnownReachable }, commits: readonly string[]): Promise<Reach> {
  const { isKnown = nothingKnown } = to;
  const tips = [...new Set(to.tips)].toSorted();
  const asked = before === null ? [] : commits.filter((commit) => before.reachable[commit] === false && !isKnown(commit));
  const moves = before === null ? null : await findMoves(repository, { before: before.tips, now: tips, needsGained: asked.length > 0 }, isKnown);
  const reachable: Record<string, boolean> = {};
  for (const commit of commits) {
    const was = moves === null || moves.lost.has(commit) ? undefined : before?.reachable[commit];
    if (was === true || isKnown(commit)) reachable[commit] = true;
    else if (was === false) reachable[commit] = moves?.gained.has(commit) ?? false;
  }
  const open = commits.filter((commit) => reachable[commit] === undefined);
  const outside = await findUnreachable(repository, tips, open);
  for (const commit of open) reachable[commit] = !outside.has(commit);
  return { record: { tips, reachable }, moves };
}

/** Null where git no longer knows one of the tips that were. */
async function findMoves(repository: GitPlace, tips: { before: readonly string[]; now: readonly string[]; needsGained: boolean }, isKnown: KnownReachable): Promise<Moves | null> {
  const { before, now, needsGained } = tips;
  const come = now.filter((tip) => !before.includes(tip));
  // What a tip had is still there when it is: after a commit, mostly.
  const gone = before.filter((tip) => !now.includes(tip) && !isKnown(tip));
  try {
    const [gained, lost] = await Promise.all([come.length === 0 || !needsGained ? [] : listBetween(repository, come, before), gone.length === 0 ? [] : listBetween(repository, gone, now)]);
    return { gained: gained.length === 0 ? none : new Set(gained), lost: lost.length === 0 ? none : new Set(lost), grown: come.length > 0 };
  } catch (error) {
    if (error instanceof Failure && error.kind === 'unreadable') return null;
    throw error;
  }
}
