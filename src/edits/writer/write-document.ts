import { Failure } from '../../contract/failure.ts';
import type { Entry } from '../../contract/schema/entry.ts';
import type { Draft } from '../../documents/reading.ts';
import { openDocket } from '../../ledger/open-docket.ts';
import { recordFolder } from '../../ledger/sources/select-files.ts';
import { createDocument, replaceDocument, sweepTemporaries } from '../replace-document.ts';
import { diffOfFile } from '../unified-diff.ts';
import { withLock } from '../with-lock.ts';
import { readTarget } from './check-target.ts';
import { pageOpener, type OpenPage, type PageOpener } from './open-page.ts';
import type { Pen } from './pen.ts';
import type { Plan } from './plan.ts';
import { verifyPlan } from './verify-plan.ts';

/** An edit of one document. */
export interface Writing {
  /** From the repository's root. */
  path: string;
  /** What the document holds before the edit, where it is not there yet; null: then there is nothing to edit. */
  preamble: string | null;
  /** The ways to make the edit, best first: the first that reads back as meant is taken. None: there is nothing to do. Called under the lock. */
  plan: (page: OpenPage) => readonly Plan[] | Promise<readonly Plan[]>;
}

/** What was written, or on a dry run would be. */
export interface Written {
  /** The entry as it reads back in the whole docket, with its id; null where the edit makes none. */
  entry: Entry | null;
  path: string;
  /** Empty where there was nothing to do. */
  diff: string;
}

interface Edit {
  before: Buffer | null;
  after: Buffer;
  draft: Draft | null;
}

const patience = 5;

/**
 * The one way in which docket writes an entry. Under the lock of the clone: reads the document, tries the plans on copies of it, and puts the first
 * one in place that reads back as meant with everything else unchanged; so the document is old or new at any moment. Bytes outside the splices stay,
 * byte order mark and line ends too. Throws a usage failure, and nothing has changed, when no plan reads back as meant.
 */
export async function writeDocument(pen: Pen, writing: Writing): Promise<Written> {
  const { repository } = pen.docket;
  const edit = pen.options.dryRun ? await planEdit(pen, writing) : await withLock(repository.commonDir, () => carryOut(pen, writing));
  return {
    entry: edit.draft === null ? null : await readEntry(pen, writing.path, edit.after, edit.draft),
    path: writing.path,
    diff: diffOfFile(writing.path, edit.before, edit.after),
  };
}

/** An editor that knows nothing of the lock may write while we plan: then the plan is made anew. */
async function carryOut(pen: Pen, writing: Writing): Promise<Edit> {
  const { root } = pen.docket.repository;
  for (let attempt = 0; attempt < patience; attempt += 1) {
    const edit = await planEdit(pen, writing);
    if (edit.before?.equals(edit.after)) return edit;
    if (!isAsRead(root, writing.path, edit.before)) continue;
    sweepTemporaries(root, recordFolder);
    if (edit.before !== null) replaceDocument(root, writing.path, edit.after);
    else if (!createDocument(root, writing.path, edit.after)) continue;
    return edit;
  }
  throw new Failure('locked', `${writing.path} keeps changing while it is read; nothing was written`, { next: 'Run the same command again when nothing else writes there.' });
}

function isAsRead(root: string, path: string, before: Buffer | null): boolean {
  const now = readTarget(root, path);
  return before === null || now === null ? before === now : before.equals(now);
}

async function planEdit(pen: Pen, writing: Writing): Promise<Edit> {
  const { path, preamble } = writing;
  const { root } = pen.docket.repository;
  const before = readTarget(root, path);
  if (before === null && preamble === null) throw new Failure('usage', `There is no ${path} here.`, { next: 'docket list documents' });
  const start = before ?? Buffer.from(preamble ?? '');
  const open = pageOpener(pen.vocabulary);
  const page = await open(path, start);
  refuseConflict(page);
  const plans = await writing.plan(page);
  if (plans.length === 0) return { before: before ?? start, after: start, draft: null };
  return { before, ...(await firstThatHolds(page, plans, open)) };
}

async function firstThatHolds(page: OpenPage, plans: readonly Plan[], open: PageOpener): Promise<{ after: Buffer; draft: Draft | null }> {
  let first: string | null = null;
  for (const plan of plans) {
    const verified = await verifyPlan(page, plan, open);
    if (verified.ok) return { after: verified.bytes, draft: verified.draft };
    first ??= verified.why;
  }
  throw new Failure('usage', `${first ?? 'it cannot be written'}; nothing was written`, { next: 'Reword it, or quote it in a fence, then run the same command again.' });
}

function refuseConflict({ path, blocks }: OpenPage): void {
  const conflict = blocks.find((block) => block.type === 'unread' && block.why === 'conflict marker');
  if (conflict) throw new Failure('usage', `${path}:${conflict.line} holds a merge conflict that is not resolved; nothing was written`, { place: { path, line: conflict.line }, next: `Resolve the conflict in ${path}, then run the same command again.` });
}

/** The entry in the whole docket, as it is (or would be) with this document written, whatever others write meanwhile. */
async function readEntry(pen: Pen, path: string, bytes: Buffer, draft: Draft): Promise<Entry> {
  const { dir, cache } = pen.options;
  const { ledger } = await openDocket(dir, { cache, overlay: new Map([[path, bytes]]) });
  const entry = ledger.entries.find(({ kind, place, title }) => kind === draft.kind && place.path === path && place.line === draft.line && place.rev === null && title === draft.title);
  if (entry === undefined) throw new Error(`${path}:${draft.line} does not hold the ${draft.kind} "${draft.title}" in the ledger, though it does in the document`);
  return entry;
}
