import type { Entry, Ref } from '../../contract/schema/entry.ts';
import type { DraftRef } from '../../documents/reading.ts';
import type { Joined } from '../join/join.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { linkDecisions } from './link-decisions.ts';
import { indexLedger } from './link-index.ts';
import { linkPaths, type PathMeanings } from './link-paths.ts';
import { openMentions, type ResolveMention } from './resolve-mention.ts';
import { resolveShas, type CommitMeaning } from './resolve-shas.ts';

/** Who says what the mentions of each kind mean: git the commits, the files the paths, the record all others. */
interface Meanings {
  commits: ReadonlyMap<string, CommitMeaning>;
  paths: PathMeanings;
  resolve: ResolveMention;
}

/**
 * Gives every mention its target: entries, phases and gates from the record, commits from git in one batch, paths from the revision that is read.
 * Decisions are linked with their successors first, so that a mention of a retired one says so. Mentions that only looked like some are dropped.
 */
export async function linkLedger({ ledger, mentions }: Joined, opened: OpenedRevision): Promise<void> {
  const index = indexLedger(ledger);
  linkDecisions(index.byKind('decision'), index.findDecisions);
  const [{ meanings: commits, diagnostics }, paths] = await Promise.all([resolveShas(opened, shasOf({ ledger, mentions }), ledger.commits), linkPaths(opened, index, mentions)]);
  const meanings: Meanings = { commits, paths, resolve: openMentions(index) };
  for (const [entry, drafts] of mentions) {
    entry.refs = entry.refs.flatMap((ref, place) => {
      const mention = drafts[place];
      const meaning = mention ? meaningOf(entry, mention, meanings) : null;
      // An entry that names itself (a finding its id, an inbox its file) ties nothing together.
      return meaning && meaning.target !== entry.id ? [Object.assign(ref, meaning)] : [];
    });
  }
  for (const entry of ledger.entries) linkClosing(entry, commits);
  ledger.diagnostics.push(...diagnostics);
}

function meaningOf(entry: Entry, mention: DraftRef, { commits, paths, resolve }: Meanings): Partial<Ref> | null {
  if (mention.type === 'commit') return commits.get(mention.value) ?? { target: null, status: 'dangling' };
  return mention.type === 'path' ? (paths.get(mention) ?? null) : resolve(entry, mention);
}

function shasOf({ ledger, mentions }: Joined): Set<string> {
  const shas = new Set(ledger.entries.flatMap(shaOfClosing));
  for (const drafts of mentions.values()) for (const { type, value } of drafts) if (type === 'commit') shas.add(value);
  return shas;
}

function shaOfClosing({ closedBy }: Entry): string[] {
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
