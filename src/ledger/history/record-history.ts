import type { History } from '../../git/history/history.ts';
import { openHistory } from '../../git/history/open-history.ts';
import { matters, mattersName } from '../commits/commit-facts.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { documentPathspecs } from '../sources/select-files.ts';

const histories = new WeakMap<OpenedRevision, Promise<History>>();

/** The history of the record up to the tip of an opened revision: of its documents, and of the commits whose messages matter. Read once. */
export function openRecordHistory(revision: OpenedRevision): Promise<History> {
  const { repository, tip, vocabulary, cache } = revision;
  const known = histories.get(revision) ?? openHistory(repository, tip, { pathspecs: documentPathspecs(vocabulary), matters, mattersName }, cache);
  histories.set(revision, known);
  return known;
}
