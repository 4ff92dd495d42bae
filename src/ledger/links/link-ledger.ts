import type { Entry, Ref } from '../../contract/schema/entry.ts';
import type { DraftRef } from '../../documents/reading.ts';
import type { Joined } from '../join/join.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { linkDecisions } from './link-decisions.ts';
import { indexLedger } from './link-index.ts';
import { linkPaths, type ResolvePath } from './link-paths.ts';
import { openMentions, type ResolveMention } from './resolve-mention.ts';
import { resolveShas, type CommitMeaning } from './resolve-shas.ts';

/** Who says what the mentions of each kind mean: git the commits, the files the paths, the record all others. */
interface Meanings {
  commits: ReadonlyMap<string, CommitMeaning>;
  resolvePath: ResolvePath;
  resolve: ResolveMention;
}

/**
 * Gives every mention its target: entries, phases and gates from the record, commits from git in one batch, paths from the revision that is read.
 * Decisions are linked with their successors first, so that a mention of a retired one says so. Mentions that only looked like some are dropped.
 */
export async function linkLedger({ ledger, mentions }: Joined, opened: OpenedRevision): Promise<void> {
  const index = indexLedger(ledger);
  linkDecisions(index.byKind('decision'), index.findDecisions);
  const [{ meanings: commits, diagnostics }, resolvePath] = await Promise.all([resolveShas(opened, shasOf({ ledger, mentions }), ledger.commits), linkPaths(opened, index, mentions)]);
  const meanings: Meanings = { commits, resolvePath, resolve: openMentions(index) };
  for (const [entry, drafts] of mentions) entry.refs = linkEntry(entry, drafts, meanings);
  for (const entry of ledger.entries) linkClosing(entry, commits);
  ledger.diagnostics.push(...diagnostics);
}

/** The mentions of an entry that are some. One that names the entry itself (a finding its id, an inbox its file) ties nothing together. */
function linkEntry(entry: Entry, drafts: readonly DraftRef[], meanings: Meanings): Ref[] {
  const linked: Ref[] = [];
  for (const [place, ref] of entry.refs.entries()) {
    const mention = drafts[place];
    const meaning = mention ? meaningOf(entry, mention, meanings) : null;
    if (meaning && meaning.target !== entry.id) linked.push(Object.assign(ref, meaning));
  }
  return linked;
}

function meaningOf(entry: Entry, mention: DraftRef, { commits, resolvePath, resolve }: Meanings): Partial<Ref> | null {
  if (mention.type === 'url') return { target: mention.value, status: 'external' };
  if (mention.type === 'commit') return commits.get(mention.value) ?? { target: null, status: 'dangling' };
  return mention.type === 'path' ? resolvePath(entry, mention) : resolve(entry, mention);
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
