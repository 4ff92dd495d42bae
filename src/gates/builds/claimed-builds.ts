import type { Entry } from '../../contract/schema/entry.ts';
import type { Repository } from '../../git/open-repository.ts';
import type { Build } from '../../ledger/builds/build.ts';
import { openBuilds } from '../../ledger/builds/known-builds.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { findEvidence } from '../evidence/evidence-of-gate.ts';
import { openCodeBuilds } from './build-of-code.ts';

/**
 * The build of what each claim claims that stands, or that was the last of its gate (its STATUS may have been rewritten since), by the id of the claim, as far as the forge was asked: that of its own commit, else of the newest commit that it
 * cites, of the one that its evidence was recorded on, of the code that it stands on. Never uses the network.
 */
export async function findClaimedBuilds(repository: Repository, ledger: Ledger): Promise<Map<string, Build>> {
  const claimed = new Map<string, Build>();
  const builds = ledger.config.ci.forge === null ? null : openBuilds(repository, ledger.config.ci);
  if (builds === null || builds.commits().length === 0) return claimed;
  const order = new Map(ledger.commits.map(({ commit }, index) => [commit, index]));
  const claims = claimsInForce(ledger);
  const standsOn = ({ introduced }: Entry): string | null => introduced?.commit ?? ledger.revision.commit;
  const codes = await openCodeBuilds(repository, builds, claims.flatMap((claim) => standsOn(claim) ?? []));
  for (const claim of claims) {
    const named = [claim.introduced?.commit ?? null, newestCited(claim, order), ...recordedOn(ledger, claim)].flatMap((commit) => (commit === null ? [] : (codes.own(commit) ?? [])));
    const build = named[0] ?? codes.find(standsOn(claim) ?? '');
    if (build !== null) claimed.set(claim.id, build);
  }
  return claimed;
}

function claimsInForce({ entries }: Ledger): Entry[] {
  const claims = entries.filter(({ kind }) => kind === 'claim');
  const last = new Map<string, Entry>();
  for (const claim of claims) {
    const name = `${claim.phase}/${claim.gate ?? ''}`;
    const known = last.get(name);
    if (known === undefined || madeAt(claim) >= madeAt(known)) last.set(name, claim);
  }
  return claims.filter((claim) => claim.place.rev === null || last.get(`${claim.phase}/${claim.gate ?? ''}`) === claim);
}

/** When a claim was committed; one that is not yet is the newest. */
function madeAt({ introduced }: Entry): string {
  return introduced?.at ?? '~';
}

/** A claim may cite the commit before the change as well: the newest is what is claimed. */
function newestCited({ refs }: Entry, order: ReadonlyMap<string, number>): string | null {
  const cited = refs.flatMap(({ type, target }) => (type === 'commit' && target !== null ? [target] : []));
  return cited.toSorted((a, b) => (order.get(b) ?? -1) - (order.get(a) ?? -1))[0] ?? null;
}

function recordedOn({ entries }: Ledger, { phase, gate = '' }: Entry): string[] {
  const own = entries.filter((entry) => entry.phase === phase);
  const { reproductions } = findEvidence(own, phase, gate);
  return own.flatMap(({ id, recording }) => (reproductions.includes(id) && recording?.commit ? [recording.commit] : []));
}
