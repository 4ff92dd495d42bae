import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../contract/schema/entry.ts';
import type { Draft } from '../documents/reading.ts';
import { judgeCited } from '../ledger/landing/judge-declarations.ts';
import type { Docket } from '../ledger/open-docket.ts';
import type { Finding } from '../rules/engine/finding.ts';
import { addLine, closingLine } from './close-item.ts';
import { moveWith } from './move-item.ts';
import { replaceDocument } from './replace-document.ts';
import { diffOfFile } from './unified-diff.ts';
import { pageOpener, type OpenPage, type PageOpener } from './writer/open-page.ts';
import type { Plan } from './writer/plan.ts';
import { verifyPlan } from './writer/verify-plan.ts';

interface Mended {
  rule: string;
  entry: string;
  path: string;
}

export interface FixResult {
  /** What was mended, or would be. */
  fixed: Mended[];
  /** What stays for a person, with why. */
  left: (Mended & { why: string })[];
  diff: string;
  written: string[];
}

/** How one finding is mended on a page: the edit, or why there is none. */
type Mend = (page: OpenPage, item: Draft, entry: Entry) => Plan | string;

/**
 * Mends what can be mended without a choice: open items below the closed heading (and the reverse, where the configuration has closed ones moved), and closed items
 * without a pointer whose box was ticked by a commit that touches what they name. Each edit is read back before it counts; every other byte stays, and doing it twice changes
 * nothing. To be called under the lock, with a docket of the working tree that was opened under it. Throws as `replaceDocument` does.
 */
export async function fixFindings(docket: Docket, findings: readonly Finding[], dryRun: boolean): Promise<FixResult> {
  const { ledger, repository } = docket;
  const open = pageOpener({ defaultPhase: ledger.config.defaultPhase, renames: ledger.config.documents });
  const mends: Readonly<Record<string, Mend>> = { 'deferred-closed-without-pointer': await pointToCommits(docket, findings), 'deferred-wrong-section': moveToSection };
  const result: FixResult = { fixed: [], left: [], diff: '', written: [] };
  const texts = new Map<string, { before: Buffer; now: Buffer }>();
  for (const rule of Object.keys(mends)) {
    for (const finding of findings) {
      const entry = ledger.entries.find(({ id, place }) => id === finding.entry && place.rev === null);
      const mend = mends[rule];
      if (finding.rule !== rule || mend === undefined || entry === undefined) continue;
      const { path } = entry.place;
      const text = texts.get(path) ?? readBoth(join(repository.root, path));
      texts.set(path, text);
      const mended = await mendOn(await open(path, text.now), entry, mend, open);
      if (typeof mended === 'string') result.left.push({ rule, entry: entry.id, path, why: mended });
      else {
        text.now = mended;
        result.fixed.push({ rule, entry: entry.id, path });
      }
    }
  }
  for (const [path, { before, now }] of texts) {
    if (before.equals(now)) continue;
    result.diff += diffOfFile(path, before, now);
    if (dryRun) continue;
    replaceDocument(repository.root, path, now);
    result.written.push(path);
  }
  return result;
}

function readBoth(file: string): { before: Buffer; now: Buffer } {
  const before = readFileSync(file);
  return { before, now: before };
}

async function mendOn(page: OpenPage, entry: Entry, mend: Mend, open: PageOpener): Promise<Buffer | string> {
  const own = page.reading.drafts.filter(({ kind, title, date, section }) => kind === entry.kind && title === entry.title && section === entry.section && (date === null || date === entry.date));
  const [item] = own;
  if (item === undefined || own.length > 1) return item === undefined ? 'it does not stand there any more' : 'several items have its title';
  if (page.source.sliceLines(item.line, item.line).trimStart().startsWith('|')) return 'it is a row of a table';
  const plan = mend(page, item, entry);
  if (typeof plan === 'string') return plan;
  const verified = await verifyPlan(page, plan, open);
  return verified.ok ? verified.bytes : verified.why;
}

const moveToSection: Mend = (page, item) => {
  const state = item.state === 'closed' ? 'closed' : 'open';
  const move = moveWith(page, item, [], state);
  if (move === null) return `there is no section of ${state} items`;
  const judge = (now: Draft): string | null => (now.title === item.title && now.state === item.state ? null : 'it would read otherwise');
  return { splices: [move.left, move.put], written: [move.put], touched: [item], entry: { kind: item.kind, judge } };
};

/** The commit that ticked the box of each closed item, where that commit may stand as its fix. */
async function pointToCommits({ repository, ledger }: Docket, findings: readonly Finding[]): Promise<Mend> {
  const items = new Set(findings.flatMap(({ rule, entry }) => (rule === 'deferred-closed-without-pointer' && entry !== null ? [entry] : [])));
  const closed = ledger.entries.filter(({ id }) => items.has(id));
  const declined = await judgeCited(repository, ledger, closed.flatMap((item) => (item.closed?.commit ? [{ item, by: item.closed.commit }] : [])));
  const subjects = new Map(ledger.commits.map(({ commit, subject }) => [commit, subject]));
  return (page, item, { id, closed: closing }) => {
    const { commit, at } = closing ?? { commit: null, at: null };
    const why = declined.find(({ entry }) => entry === id)?.why;
    if (commit === null || at === null) return 'the commit that closed it is not known';
    if (why !== undefined) return `the commit that ticked it, ${commit.slice(0, 12)}, ${why}`;
    const splice = addLine(page.source, item, closingLine({ date: at.slice(0, 10), commit, subject: subjects.get(commit) ?? '', how: 'ticked there' }));
    const judge = (now: Draft): string | null => (now.state === item.state && commit.startsWith(now.closedBy?.commit ?? '-') ? null : 'its pointer would not be read');
    return { splices: [splice], touched: [item], entry: { kind: item.kind, judge, elsewhere: true } };
  };
}
