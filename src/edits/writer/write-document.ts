import { Failure } from '../../contract/failure.ts';
import type { Entry } from '../../contract/schema/entry.ts';
import type { Draft } from '../../documents/reading.ts';
import { nameDocument } from '../../documents/name-document.ts';
import { wholeOf } from '../../ledger/isolation/withheld.ts';
import { openDocket } from '../../ledger/open-docket.ts';
import { keptSections } from '../../ledger/sources/reading-store.ts';
import { recordFolder } from '../../ledger/sources/select-files.ts';
import { createDocument, replaceDocument, readyFolder } from '../replace-document.ts';
import { diffOfFile } from '../unified-diff.ts';
import { withLock } from '../with-lock.ts';
import { readTarget } from './check-target.ts';
import { pageOpener, type OpenPage, type PageOpener } from './open-page.ts';
import { readingOptions, type DocumentPen } from './pen.ts';
import type { Plan } from './plan.ts';
import { verifyPlan } from './verify-plan.ts';

/** An edit of one document. */
export interface Writing {
  /** From the repository's root. */
  path: string;
  /** What the document holds before the edit, where it is not there yet; null: then there is nothing to edit. */
  preamble: string | null;
  /** The ways to make the edit, best first: the first that reads back as meant is taken. None: there is nothing to do. Called anew where the document changed meanwhile. */
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
 * The one way in which docket writes an entry: reads the document, tries the plans on copies of it, and puts the first one in place that reads back as
 * meant with everything else unchanged; so the document is old or new at any moment. Bytes outside the splices stay, byte order mark and line ends
 * too. Throws a usage failure, and nothing has changed, when no plan reads back as meant. The lock of the clone is held while the document is put in
 * place, no longer: what was planned before counts only where the document is still the same.
 */
export async function writeDocument(pen: DocumentPen, writing: Writing): Promise<Written> {
  const open = pageOpener(pen.vocabulary, keptSections(pen.cache, writing.path));
  const plan = (): Promise<Edit> => planEdit(pen, writing, open);
  const planned = await plan();
  const edit = pen.options.dryRun ? planned : await withLock(pen.repository.commonDir, () => carryOut(pen, writing.path, planned, plan));
  return {
    entry: edit.draft === null ? null : await readEntry(pen, writing.path, edit.after, edit.draft),
    path: writing.path,
    diff: diffOfFile(writing.path, edit.before, edit.after, { context: hidesProse(pen, writing.path) ? 0 : 3 }),
  };
}

/** The Adversary does not read the Builder's journal before the verdict, not even the lines around one of its own. */
function hidesProse({ role, vocabulary }: DocumentPen, path: string): boolean {
  return role === 'adversary' && nameDocument(path, vocabulary).kind === 'journal';
}

/** Another process may have written while we waited for the lock, and an editor that knows nothing of it at any time: then the plan is made anew. */
async function carryOut(pen: DocumentPen, path: string, planned: Edit, plan: () => Promise<Edit>): Promise<Edit> {
  const { root } = pen.repository;
  let edit = planned;
  for (let attempt = 0; attempt < patience; attempt += 1) {
    if (isAsRead(root, path, edit.before)) {
      if (edit.before?.equals(edit.after)) return edit;
      readyFolder(pen.repository, recordFolder);
      if (put(root, path, edit)) return edit;
    }
    edit = await plan();
  }
  throw new Failure('locked', `${path} keeps changing while it is read; nothing was written`, { next: 'Run the same command again when nothing else writes there.' });
}

/** False where a document that was not there has come meanwhile. */
function put(root: string, path: string, { before, after }: Edit): boolean {
  if (before === null) return createDocument(root, path, after);
  replaceDocument(root, path, after);
  return true;
}

function isAsRead(root: string, path: string, before: Buffer | null): boolean {
  const now = readTarget(root, path);
  return before === null || now === null ? before === now : before.equals(now);
}

async function planEdit(pen: DocumentPen, writing: Writing, open: PageOpener): Promise<Edit> {
  const { path, preamble } = writing;
  const { root } = pen.repository;
  const before = readTarget(root, path);
  if (before === null && preamble === null) throw new Failure('usage', `There is no ${path} here.`, { next: 'docket list documents' });
  const start = before ?? Buffer.from(preamble ?? '');
  const page = await open(path, start);
  refuseConflict(page);
  const plans = await writing.plan(page);
  if (plans.length === 0) return { before: start, after: start, draft: null };
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
async function readEntry(pen: DocumentPen, path: string, bytes: Buffer, draft: Draft): Promise<Entry> {
  const { ledger } = await openDocket(pen.options.dir, { ...readingOptions(pen.options), overlay: new Map([[path, bytes]]) });
  const entry = ledger.entries.find((each) => {
    const { kind, place, title } = wholeOf(each);
    return kind === draft.kind && place.path === path && place.line === draft.line && place.rev === null && title === draft.title;
  });
  if (entry === undefined) throw new Error(`${path}:${draft.line} does not hold the ${draft.kind} "${draft.title}" in the ledger, though it does in the document`);
  return entry;
}
