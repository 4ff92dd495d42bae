import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../contract/schema/entry.ts';
import { Failure } from '../contract/failure.ts';
import { readSource } from '../documents/outline/source.ts';
import { readDocument } from '../documents/read-document.ts';
import type { Draft } from '../documents/reading.ts';
import type { Vocabulary } from '../documents/vocabulary/vocabulary.ts';
import { deferredItems, planLandings } from '../ledger/landing/plan-landings.ts';
import type { SyncPlan } from '../ledger/landing/types.ts';
import type { Docket } from '../ledger/open-docket.ts';
import { recordFolder } from '../ledger/sources/select-files.ts';
import { addLine, closingLine, markBox, reopeningLine } from './close-item.ts';
import { moveWith } from './move-item.ts';
import { replaceDocument, readyFolder } from './replace-document.ts';
import { applySplices, type Splice } from './splice.ts';
import { diffOfFile } from './unified-diff.ts';
import { pageOpener } from './writer/open-page.ts';
import { verifyPlan } from './writer/verify-plan.ts';

export interface SyncOptions {
  landing: string | null;
  dryRun: boolean;
  acceptWords: boolean;
}

export interface SyncResult {
  plan: SyncPlan;
  /** The landing ref that was used. */
  landing: string;
  /** What changed, or would change. */
  diff: string;
  written: string[];
}

interface Change {
  entry: Entry;
  mark: ' ' | 'x';
  line: string;
}

function changesOf(plan: SyncPlan, items: readonly Entry[]): Change[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const changes: Change[] = [];
  for (const close of plan.closed) {
    const entry = byId.get(close.entry);
    if (entry) changes.push({ entry, mark: 'x', line: closingLine({ date: close.at.slice(0, 10), commit: close.as, subject: close.subject, how: `landed by ${close.route}` }) });
  }
  for (const reopen of plan.reopened) {
    const entry = byId.get(reopen.entry);
    if (entry) changes.push({ entry, mark: ' ', line: reopeningLine({ date: reopen.at.slice(0, 10), commit: reopen.commit, subject: reopen.subject }) });
  }
  return changes;
}

/** A row of a table has room for no further line: what would close it waits for a person. */
function keepRows(plan: SyncPlan, items: readonly Entry[], root: string): void {
  const meant = new Set([...plan.closed, ...plan.reopened].map(({ entry }) => entry));
  const rows = new Set(items.filter(({ id, place }) => meant.has(id) && isRow(root, place)).map(({ id }) => id));
  const why = 'its fix has landed, but the item is a row of a table, where no closing can be added: say so in the row';
  for (const { entry, commit } of plan.closed) if (rows.has(entry)) plan.pending.push({ entry, commit, why });
  plan.closed = plan.closed.filter(({ entry }) => !rows.has(entry));
  plan.reopened = plan.reopened.filter(({ entry }) => !rows.has(entry));
}

function isRow(root: string, { path, line }: Entry['place']): boolean {
  return readSource(readFileSync(join(root, path))).sliceLines(line, line).trimStart().startsWith('|');
}

function splicesOf(bytes: Buffer, drafts: readonly Draft[], changes: readonly Change[], path: string): Splice[] {
  const source = readSource(bytes);
  return changes.flatMap((change) => {
    const draft = drafts.find((candidate) => candidate.kind === 'deferred' && candidate.line === change.entry.place.line && candidate.title === change.entry.title);
    if (!draft) throw new Failure('locked', `${path} changed while sync was reading it`, { next: 'docket sync' });
    const tick = draft.boxLine === undefined ? null : markBox(source, draft.boxLine, change.mark);
    return [...(tick ? [tick] : []), addLine(source, draft, change.line)];
  });
}

/** Moves changed items to the sections of their new state, one after the other; one that could not be read there as it was stays where it is. */
async function moveItems(path: string, bytes: Buffer, changes: readonly Change[], vocabulary: Vocabulary): Promise<Buffer> {
  const open = pageOpener(vocabulary);
  let moved = bytes;
  for (const { entry, mark } of changes) {
    const page = await open(path, moved);
    const state = mark === 'x' ? 'closed' : 'open';
    const item = page.reading.drafts.find(({ kind, title, date, state: now }) => kind === 'deferred' && title === entry.title && (date === null || date === entry.date) && (now === 'closed') === (state === 'closed'));
    const move = item ? moveWith(page, item, [], state) : null;
    if (!item || !move) continue;
    const judge = (now: Draft): string | null => (now.title === item.title && now.state === item.state ? null : 'it would read otherwise');
    const verified = await verifyPlan(page, { splices: [move.left, move.put], written: [move.put], touched: [item], entry: { kind: item.kind, judge } }, open);
    if (verified.ok) moved = verified.bytes;
  }
  return moved;
}

/**
 * Closes the deferred items whose fix has landed and reopens those whose fix was undone. Ticks the box and adds one line to each item (and moves it,
 * where the configuration wants that); no other byte changes, and doing it twice changes nothing. To be called under the lock, with a docket that was opened under it.
 */
export async function syncDocket(docket: Docket, options: SyncOptions): Promise<SyncResult> {
  const { ledger, repository } = docket;
  const { plan, landing } = await planLandings(repository, ledger, options);
  const items = deferredItems(ledger);
  const vocabulary = { defaultPhase: ledger.config.defaultPhase, renames: ledger.config.documents };
  keepRows(plan, items, repository.root);
  const changes = changesOf(plan, items);
  const files = [...new Set(changes.map(({ entry }) => entry.place.path))];
  const diffs: string[] = [];
  for (const path of files) {
    const before = readFileSync(join(repository.root, path));
    const reading = await readDocument(path, before, vocabulary);
    const own = changes.filter(({ entry }) => entry.place.path === path);
    const changed = applySplices(before, splicesOf(before, reading.drafts, own, path));
    const after = ledger.config.deferred.sections === 'move' ? await moveItems(path, changed, own, vocabulary) : changed;
    diffs.push(diffOfFile(path, before, after));
    if (options.dryRun) continue;
    readyFolder(repository, recordFolder);
    replaceDocument(repository.root, path, after);
  }
  return { plan, landing, diff: diffs.join(''), written: options.dryRun ? [] : files };
}
