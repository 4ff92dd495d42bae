import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Status } from '../contract/schema/status.ts';
import { keyOfRevision } from './sources/revision-key.ts';
import { readSteadily } from './sources/read-contents.ts';
import { openRevision, type OpenedRevision, type OpenOptions } from './sources/open-revision.ts';

/** The status of a revision with what the command that shows it needs beside it. */
export interface StatusAnswer {
  status: Status;
  /** Every phase that a document or an entry belongs to. */
  phases: string[];
  documents: number;
  entries: number;
  diagnostics: Diagnostic[];
}

/**
 * The status of every phase at a revision, as `getStatus` gives it for the opened docket. It is kept by all that it depends on (the commit, the
 * blobs of the documents, the configuration, this build), so that the next call reads one file and loads no parser. Throws as `openDocket` does.
 */
export function openStatus(dir: string, options: OpenOptions = {}): Promise<StatusAnswer> {
  return readSteadily(() => readOrKeep(dir, options));
}

async function readOrKeep(dir: string, options: OpenOptions): Promise<StatusAnswer> {
  const opened = await openRevision(dir, options);
  const key = keyOfRevision('status', opened);
  // What waits in the working tree hides what an earlier revision says: there is no key for that.
  const isKept = opened.isolation === 'none' || opened.source.kind === 'worktree';
  const kept = isKept ? opened.cache.read(key) : null;
  if (kept) return JSON.parse(kept.toString('utf8')) as StatusAnswer;
  const answer = await readStatus(opened);
  // What could not be read today may be readable tomorrow under the same ids.
  if (isKept && !answer.diagnostics.some(({ rule }) => rule === 'unreadable')) opened.cache.write(key, Buffer.from(JSON.stringify(answer), 'utf8'));
  return answer;
}

async function readStatus(opened: OpenedRevision): Promise<StatusAnswer> {
  const [{ readLedger }, { getStatus }] = await Promise.all([import('./read-ledger.ts'), import('../gates/get-status.ts')]);
  const ledger = await readLedger(opened, 'state');
  const phases = new Set([...ledger.phases.map(({ id }) => id), ...ledger.documents.map(({ phase }) => phase), ...ledger.entries.map(({ phase }) => phase)]);
  return { status: getStatus(ledger), phases: [...phases], documents: ledger.documents.length, entries: ledger.entries.length, diagnostics: ledger.diagnostics };
}
