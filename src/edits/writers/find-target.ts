import { Failure } from '../../contract/failure.ts';
import type { Entry, Kind } from '../../contract/schema/entry.ts';
import type { Draft } from '../../documents/reading.ts';
import { blobId } from '../../git/blob-id.ts';
import { findByTail, resolveId } from '../../queries/resolve-id.ts';
import type { OpenPage } from '../writer/open-page.ts';
import type { Pen } from '../writer/pen.ts';

const plurals: Partial<Record<Kind, string>> = { decision: 'decisions', deferred: 'deferred items', finding: 'findings', task: 'tasks' };

/** The entry of one of some kinds that an id, or a unique tail of one, names. Throws a usage failure that lists the nearest. */
export function findTarget({ docket }: Pen, id: string, kinds: readonly Kind[]): Entry {
  const { ledger } = docket;
  const entries = ledger.entries.filter(({ kind, place }) => kinds.includes(kind) && place.rev === null);
  const [other] = findByTail(entries, id.trim()).length > 0 ? [] : findByTail(ledger.entries, id.trim());
  if (other) throw new Failure('usage', `Unexpected id "${id}": it names ${other.id}, expected one of the ${kinds.map((kind) => plurals[kind] ?? kind).join(' or ')}.`, { next: `docket list ${kinds.join(' ')}` });
  return resolveId({ ...ledger, entries }, id);
}

/**
 * The draft of an entry in its document as it stands now. Throws a `Failure` of kind locked when the document has changed since the entry was looked
 * up, so that it cannot be told which one is meant.
 */
export function findDraft({ docket }: Pen, page: OpenPage, entry: Entry): Draft {
  const blob = docket.ledger.documents.find(({ path }) => path === page.path)?.blob;
  const same = page.reading.drafts.filter(({ kind, title, phase, key }) => kind === entry.kind && title === entry.title && (kind === 'deferred' || phase === entry.phase) && (key === undefined || entry.id.replace(/~\d+$/u, '').endsWith(`/${key}`)));
  const isUnchanged = blob === blobId(page.source.bytes, docket.repository.objectFormat);
  const found = same.filter(({ line }) => !isUnchanged || line === entry.place.line);
  const [draft] = found;
  if (draft && found.length === 1) return draft;
  throw new Failure('locked', `${page.path} changed while it was read, and ${entry.id} ${draft ? 'now stands there more than once' : 'stands there no more'}; nothing was written`, { next: 'Run the same command again.' });
}
