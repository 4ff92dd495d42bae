import { Failure } from '../../contract/failure.ts';
import { betterTwin, findTwins, type Twin } from '../../git/landing/find-twins.ts';
import { updateReach, type KnownReachable, type Moves, type ReachRecord } from '../../git/landing/reach-record.ts';
import type { Repository } from '../../git/open-repository.ts';
import { listReferences } from '../../git/resolve-revision.ts';
import { readShallowBoundary } from '../../git/shallow-boundary.ts';
import type { Cache } from '../../git/cache-store.ts';
import { cacheKey } from '../sources/cache-key.ts';
import { encode, parse } from '../sources/reading-store.ts';
import { recordFolder } from '../sources/select-files.ts';

/** Where a commit stands: landed; or not, with the landed commit that replaced it, or with some branch or tag that still holds it. */
export interface Standing {
  landed: boolean;
  twin: Twin | null;
  held: boolean;
}

export interface LandingPlace {
  repository: Repository;
  cache: Cache;
  /** The commit on which work has landed; null on an unborn branch. */
  landing: string | null;
  /** True for a commit that has landed for certain; git is asked for the others. */
  isKnownLanded: KnownReachable;
  /** Tells apart the questions that share no memory: the working tree's, and those for a revision. */
  asked: string;
}

/** What is remembered. Of commits that nobody cites any more nothing is kept. */
interface LandedRecord {
  landing: ReachRecord;
  twins: Record<string, Twin | null>;
  held: ReachRecord | null;
}

/**
 * Where each of some commits stands. What an earlier run found out is kept: the next one pays for what landed since and for what is asked anew, not
 * for the length of history.
 */
export async function findStandings(place: LandingPlace, commits: readonly string[]): Promise<Map<string, Standing>> {
  const { repository, cache, landing } = place;
  const key = cacheKey('landed', place.asked, [...readShallowBoundary(repository)]);
  const before = parse<LandedRecord>(cache.read(key));
  const reach = await updateReach(repository, before?.landing ?? null, { tips: landing === null ? [] : [landing], isKnown: place.isKnownLanded }, commits);
  const missing = commits.filter((commit) => !reach.record.reachable[commit]);
  const { twins, lasting } = await updateTwins(repository, { landing, missing }, before, reach.moves);
  const alone = missing.filter((commit) => !twins[commit]);
  const held = alone.length === 0 ? null : (await updateReach(repository, before?.held ?? null, { tips: await listTips(repository) }, alone)).record;
  const after: LandedRecord = { landing: reach.record, twins, held };
  if (lasting && JSON.stringify(after) !== JSON.stringify(before)) cache.write(key, encode(after));
  return new Map(commits.map((commit) => [commit, { landed: reach.record.reachable[commit] ?? false, twin: twins[commit] ?? null, held: held?.reachable[commit] ?? false }]));
}

/** A twin that is known stays while it is landed; what landed since may hold a better one. */
async function updateTwins(
  repository: Repository,
  { landing, missing }: { landing: string | null; missing: readonly string[] },
  before: LandedRecord | null,
  moves: Moves | null,
): Promise<{ twins: Record<string, Twin | null>; lasting: boolean }> {
  if (landing === null || missing.length === 0) return { twins: {}, lasting: true };
  const known = moves === null ? {} : (before?.twins ?? {});
  const keeps = (commit: string): boolean => known[commit] !== undefined && !moves?.lost.has(known[commit]?.commit ?? '');
  const [since = null] = before?.landing.tips ?? [];
  const kept = missing.filter(keeps);
  try {
    const question = { landing, without: [recordFolder] };
    const fresh = await findTwins(repository, { ...question, commits: missing.filter((commit) => !keeps(commit)), since: null });
    const later = since === null || !moves?.grown || kept.length === 0 ? new Map<string, Twin>() : await findTwins(repository, { ...question, commits: kept, since });
    const twinOf = (commit: string): Twin | null => (keeps(commit) ? betterTwin(known[commit] ?? null, later.get(commit) ?? null) : (fresh.get(commit) ?? null));
    const twins = missing.map((commit): [string, Twin | null] => [commit, twinOf(commit)]);
    return { twins: Object.fromEntries(twins), lasting: true };
  } catch (error) {
    // A damaged or partial clone lacks what would be compared; what it is asked next time may be there.
    if (error instanceof Failure && error.kind === 'unreadable') return { twins: {}, lasting: false };
    throw error;
  }
}

async function listTips(repository: Repository): Promise<string[]> {
  const references = await listReferences(repository, ['refs/heads', 'refs/remotes', 'refs/tags']);
  return [...references.flatMap(({ commit }) => commit ?? []), ...(repository.head === null ? [] : [repository.head])];
}
