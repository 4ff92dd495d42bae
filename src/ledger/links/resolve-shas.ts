import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { Ref } from '../../contract/schema/entry.ts';
import { Failure } from '../../contract/failure.ts';
import { findUnreachable } from '../../git/landing/reach.ts';
import { resolveCommits, type ResolvedId } from '../../git/resolve-commits.ts';
import { landingRef } from '../../git/slow-git.ts';
import { configPath } from '../config/config.ts';
import { openRecordHistory } from '../history/record-history.ts';
import type { CommitFact } from '../ledger.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { findStandings, type Standing } from './landed-commits.ts';

/** What a sha that entries mention leads to. */
export type CommitMeaning = Pick<Ref, 'target' | 'status' | 'via'>;

export interface ResolvedShas {
  meanings: ReadonlyMap<string, CommitMeaning>;
  /** What could not be known. */
  diagnostics: Diagnostic[];
}

/**
 * Resolves the shas that entries mention: landed, replaced by a landed commit, only on a branch, ambiguous, or gone. A commit that neither a branch
 * nor a tag holds is gone, although this clone may still have it: nobody else has. Costs one process of git for all of them; what of them has
 * landed is remembered.
 */
export async function resolveShas(opened: OpenedRevision, shas: Iterable<string>, facts: readonly CommitFact[]): Promise<ResolvedShas> {
  const diagnostics: Diagnostic[] = [];
  const wanted = [...new Set(shas)];
  if (wanted.length === 0) return { meanings: new Map(), diagnostics };
  const [resolved, landing] = await Promise.all([resolveCommits(opened.repository, wanted), findLanding(opened, diagnostics)]);
  const commits = [...new Set([...resolved.values()].flatMap((found) => (found.status === 'commit' ? [found.commit] : [])))];
  const standings = commits.length === 0 ? new Map<string, Standing>() : await readStandings(opened, landing, commits, diagnostics);
  const replacements = new Map(facts.flatMap(({ commit, replaces }) => (replaces ?? []).map((old) => [old, commit] as const)));
  const meanings = new Map([...resolved].map(([sha, found]) => [sha, meaningOf(sha, found, standings, replacements)]));
  if (opened.repository.shallow && [...meanings.values()].some(({ status }) => status === 'dangling')) diagnostics.push(shallowClone());
  return { meanings, diagnostics };
}

function meaningOf(sha: string, found: ResolvedId, standings: ReadonlyMap<string, Standing>, replacements: ReadonlyMap<string, string>): CommitMeaning {
  if (found.status === 'ambiguous') return { target: null, status: 'ambiguous' };
  if (found.status !== 'commit') return replacementOf(sha, replacements) ?? { target: null, status: 'dangling' };
  const { landed = true, twin = null, held = true } = standings.get(found.commit) ?? {};
  if (landed) return { target: found.commit, status: 'resolved' };
  if (twin) return { target: twin.commit, status: 'rewritten', via: twin.via };
  return held ? { target: found.commit, status: 'unlanded' } : (replacementOf(found.commit, replacements) ?? { target: null, status: 'dangling' });
}

/** A commit that is not here any more, but of which another says that it was made of it. */
function replacementOf(sha: string, replacements: ReadonlyMap<string, string>): CommitMeaning | null {
  const commits = new Set([...replacements].flatMap(([old, commit]) => (old.startsWith(sha.toLowerCase()) ? [commit] : [])));
  const [only] = commits;
  return only !== undefined && commits.size === 1 ? { target: only, status: 'rewritten', via: 'message' } : null;
}

async function readStandings(opened: OpenedRevision, landing: string | null, commits: readonly string[], diagnostics: Diagnostic[]): Promise<Map<string, Standing>> {
  const { repository, cache, source, tip } = opened;
  try {
    const history = landing !== null && landing === tip ? await openRecordHistory(opened) : null;
    const isKnownLanded = (commit: string): boolean => history?.isKnownAbove(commit) ?? false;
    return await findStandings({ repository, cache, landing, isKnownLanded, asked: source.kind === 'commit' ? (tip ?? '') : '' }, commits);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'unreadable') throw error;
    diagnostics.push({ ...plain, rule: 'unreadable', level: 'warning', message: `what of the cited commits has landed cannot be known: ${error.message}`, next: error.next });
    return new Map();
  }
}

/** The commit on which work has landed, as of the revision that is read: what landed after it had not landed then. */
async function findLanding({ repository, config, source, tip }: OpenedRevision, diagnostics: Diagnostic[]): Promise<string | null> {
  const landing = await landingOrNull(repository, config.landing, diagnostics);
  if (source.kind !== 'commit' || tip === null || landing === null || landing === tip) return landing;
  return (await findUnreachable(repository, [landing], [tip])).size === 0 ? tip : landing;
}

async function landingOrNull(repository: OpenedRevision['repository'], given: string | null, diagnostics: Diagnostic[]): Promise<string | null> {
  try {
    return (await landingRef(repository, given))?.commit ?? null;
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'usage') throw error;
    const next = `Name in ${configPath} a branch that is here, or fetch it.`;
    diagnostics.push({ ...plain, rule: 'no-landing-ref', level: 'warning', message: `the landing ref ${given} of ${configPath} is not here, so nothing counts as landed: ${error.message}`, place: { path: configPath, line: 1 }, next });
    return null;
  }
}

const plain = { place: null, related: [], entry: null, fixable: false };

function shallowClone(): Diagnostic {
  return { ...plain, rule: 'shallow-clone', level: 'info', message: 'this clone is shallow: cited commits that are not here may lie behind its edge', next: 'git fetch --unshallow' };
}
