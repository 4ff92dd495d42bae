import type { Entry, Ref } from '../../contract/schema/entry.ts';
import type { DraftRef } from '../../documents/reading.ts';
import { findPaths } from '../../git/find-paths.ts';
import type { Joined } from '../join/join.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { linkDecisions } from './link-decisions.ts';
import { indexLedger, type LinkIndex } from './link-index.ts';
import { resolveMention } from './resolve-mention.ts';
import { candidatesOf, meaningOfPath, type PathCandidates } from './resolve-paths.ts';
import type { CommitMeaning } from './find-rewritten.ts';
import { resolveShas } from './resolve-shas.ts';

/** What git and the files were asked for all mentions at once. */
interface Looked {
  commits: ReadonlyMap<string, CommitMeaning>;
  candidates: ReadonlyMap<DraftRef, PathCandidates>;
  there: ReadonlySet<string>;
  /** Mentioned files that are there, by file name. */
  byName: ReadonlyMap<string, readonly string[]>;
}

/**
 * Gives every mention its target: entries, phases and gates from the record, commits from git in one batch, paths from the revision that is read.
 * Decisions are linked with their successors first, so that a mention of a retired one says so. Mentions that only looked like some are dropped.
 */
export async function linkLedger({ ledger, mentions }: Joined, opened: OpenedRevision): Promise<void> {
  linkDecisions(ledger.entries);
  const index = indexLedger(ledger);
  const looked = await lookUp(index, mentions, ledger.entries, opened);
  for (const [entry, drafts] of mentions) {
    entry.refs = entry.refs.flatMap((ref, place) => {
      const mention = drafts[place];
      const meaning = mention ? meaningOf(index, entry, mention, looked) : null;
      // An entry that names itself (a finding its id, an inbox its file) ties nothing together.
      return meaning && meaning.target !== entry.id ? [Object.assign(ref, meaning)] : [];
    });
  }
  for (const entry of ledger.entries) linkClosing(entry, looked.commits);
}

async function lookUp(index: LinkIndex, mentions: Joined['mentions'], entries: readonly Entry[], opened: OpenedRevision): Promise<Looked> {
  const shas = new Set(entries.flatMap(shasOfClosing));
  const candidates = new Map<DraftRef, PathCandidates>();
  for (const [entry, drafts] of mentions) {
    for (const mention of drafts) {
      if (mention.type === 'commit') shas.add(mention.value);
      if (mention.type === 'path') candidates.set(mention, candidatesOf(index, entry.place.path, mention.value));
    }
  }
  const there = await findPaths(opened.repository, opened.source, [...candidates.values()].flatMap(({ paths }) => paths));
  const byName = new Map<string, string[]>();
  for (const path of there) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  return { commits: await resolveShas(opened.repository, shas, opened.config.landing), candidates, there, byName };
}

function meaningOf(index: LinkIndex, entry: Entry, mention: DraftRef, looked: Looked): Partial<Ref> | null {
  if (mention.type === 'commit') return looked.commits.get(mention.value) ?? { target: null, status: 'dangling' };
  if (mention.type !== 'path') return resolveMention(index, entry, mention);
  const candidates = looked.candidates.get(mention);
  return candidates ? meaningOfPath(mention, candidates, looked.there, looked.byName) : null;
}

function shasOfClosing({ closedBy }: Entry): string[] {
  return closedBy?.commit && /^[0-9a-f]{7,64}$/u.test(closedBy.commit) ? [closedBy.commit] : [];
}

/** The fix that a closing names is what closed the item, as it has landed; without one it is the commit that ticked the box. */
function linkClosing(entry: Entry, commits: ReadonlyMap<string, CommitMeaning>): void {
  const { closed, closedBy } = entry;
  if (!closed) return;
  const cited = closedBy?.commit ? commits.get(closedBy.commit) : undefined;
  if (cited?.target) closed.commit = cited.target;
  if (closed.route !== null || closed.commit === null) return;
  if (cited?.status === 'rewritten' && cited.via === 'patch-id') closed.route = 'patch-id';
  else if (cited?.status === 'resolved' || (closedBy?.withThisCommit === true && !closedBy.commit)) closed.route = 'ancestor';
}
