import type { Entry, Ref, RefStatus } from '../../contract/schema/entry.ts';
import type { DraftRef } from '../../documents/reading.ts';
import type { Joined } from '../join/join.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { linkDecisions } from './link-decisions.ts';
import { indexLedger } from './link-index.ts';
import { openPathLinks, type PathLinks } from './link-paths.ts';
import { openMentions, type ResolveMention } from './resolve-mention.ts';
import { resolveShas, type CommitMeaning } from './resolve-shas.ts';

/** Who says what the mentions of each kind mean: git the commits, the files the paths, the record all others. */
interface Meanings {
  commits: ReadonlyMap<string, CommitMeaning>;
  paths: PathLinks;
  resolve: ResolveMention;
}

/**
 * Gives every mention its target: entries, phases and gates from the record, commits from git in one batch, paths from the revision that is read.
 * Decisions are linked with their successors first, so that a mention of a retired one says so. Mentions that only looked like some are dropped.
 */
export async function linkLedger({ ledger, mentions }: Pick<Joined, 'ledger' | 'mentions'>, opened: OpenedRevision): Promise<void> {
  const index = indexLedger(ledger);
  linkDecisions(index.byKind('decision'), index.findDecisions);
  const paths = openPathLinks(opened, index);
  const shas = noteMentions({ ledger, mentions }, paths);
  // Where both ask git for objects, one process answers both.
  const [{ meanings: commits, diagnostics }] = await Promise.all([resolveShas(opened, shas, ledger.commits), paths.lookUp()]);
  const meanings: Meanings = { commits, paths, resolve: openMentions(index) };
  const asking = [...mentions].filter(([entry, drafts]) => linkEntry(entry, drafts, meanings) === 'asked');
  await paths.answer();
  for (const [entry, drafts] of asking) linkEntry(entry, drafts, meanings);
  for (const entry of ledger.entries) linkClosing(entry, commits);
  ledger.diagnostics.push(...diagnostics);
}

/**
 * Leaves an entry the mentions that are some, each with its target. One that names the entry itself (a finding its id, an inbox its file) ties nothing
 * together. `asked`: the past has to answer first, and the entry still has all of them.
 */
function linkEntry(entry: Entry, drafts: readonly DraftRef[], meanings: Meanings): 'linked' | 'asked' {
  const linked: Ref[] = [];
  let state: 'linked' | 'asked' = 'linked';
  for (let place = 0; place < entry.refs.length; place += 1) {
    const ref = entry.refs[place];
    const mention = drafts[place];
    if (!ref || !mention) continue;
    const meaning = mention.type === 'url' ? ref : meaningOf(entry, mention, meanings);
    if (meaning === 'asked') state = meaning;
    else if (meaning && linkRef(entry, ref, meaning)) linked.push(ref);
  }
  if (state === 'linked') entry.refs = linked;
  return state;
}

/** Field by field, since a large record has a hundred thousand mentions. False where it is none. */
function linkRef(entry: Entry, ref: Ref, meaning: LinkMeaning): boolean {
  if (meaning === ref) return true;
  if (meaning.target === entry.id) return false;
  ref.target = meaning.target;
  ref.status = meaning.status;
  if (meaning.type !== undefined) ref.type = meaning.type;
  if (meaning.via !== undefined) ref.via = meaning.via;
  if (meaning.now !== undefined) ref.now = meaning.now;
  return true;
}

type LinkMeaning = { target: string | null; status: RefStatus } & Partial<Pick<Ref, 'type' | 'via' | 'now'>>;

function meaningOf(entry: Entry, mention: DraftRef, { commits, paths, resolve }: Meanings): LinkMeaning | null | 'asked' {
  if (mention.type === 'commit') return commits.get(mention.value) ?? { target: null, status: 'dangling' };
  return mention.type === 'path' ? paths.resolve(entry, mention) : resolve(entry, mention);
}

/** Notes the paths, and gives the shas, that anything mentions. */
function noteMentions({ ledger, mentions }: Pick<Joined, 'ledger' | 'mentions'>, paths: PathLinks): Set<string> {
  const shas = new Set<string>();
  for (const entry of ledger.entries) for (const sha of shaOfClosing(entry)) shas.add(sha);
  for (const [entry, drafts] of mentions) {
    for (const mention of drafts) {
      if (mention.type === 'path') paths.note(entry, mention);
      else if (mention.type === 'commit') shas.add(mention.value);
    }
  }
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
