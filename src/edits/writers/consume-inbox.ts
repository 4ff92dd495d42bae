import type { Entry } from '../../contract/schema/entry.ts';
import { openDocket } from '../../ledger/open-docket.ts';
import { deleteDocument } from '../replace-document.ts';
import { diffOfFile } from '../unified-diff.ts';
import { withLock } from '../with-lock.ts';
import { readTarget } from '../writer/check-target.ts';
import { readingOptions, type DocumentPen } from '../writer/pen.ts';
import { inboxPath, type Reader } from './send-message.ts';

/** A message with its text. */
export type ReadMessage = Entry & { body: string };

export interface ConsumedInbox {
  path: string;
  /** The messages that were read, oldest first. */
  messages: ReadMessage[];
  diff: string;
  /** False where git has no commit of the inbox as it was read: then its messages leave no trace in history. */
  committed: boolean;
}

/**
 * Reads an inbox and takes it away: a commit without it is what tells the sender that it was read. What is deleted is what was read, byte for byte,
 * under the lock of the clone. An inbox that is not there holds no messages.
 */
export async function consumeInbox(pen: DocumentPen, reader: Reader): Promise<ConsumedInbox> {
  const path = inboxPath(pen, reader);
  if (pen.options.dryRun) return read(pen, path);
  return withLock(pen.repository.commonDir, async () => {
    const { root } = pen.repository;
    for (;;) {
      const consumed = await read(pen, path);
      if (consumed.bytes === null) return consumed;
      if (readTarget(root, path)?.equals(consumed.bytes) !== true) continue;
      deleteDocument(root, path);
      return consumed;
    }
  });
}

async function read(pen: DocumentPen, path: string): Promise<ConsumedInbox & { bytes: Buffer | null }> {
  const bytes = readTarget(pen.repository.root, path);
  if (bytes === null) return { path, messages: [], diff: '', committed: true, bytes };
  const docket = await openDocket(pen.options.dir, { ...readingOptions(pen.options), overlay: new Map([[path, bytes]]) });
  const unread = docket.ledger.entries.filter(({ kind, place }) => kind === 'inbox' && place.path === path && place.rev === null);
  const bodies = await docket.bodies(unread);
  const committed = unread.every(({ introduced, changed }) => introduced && changed);
  return { path, messages: unread.map((entry) => withBody(entry, bodies.get(entry) ?? '')), diff: diffOfFile(path, bytes, null), committed, bytes };
}

function withBody(entry: Entry, body: string): ReadMessage {
  return { ...entry, body };
}
