import { renderMessages } from '../../../reports/inbox-text.ts';
import type { Invocation } from '../../invocation.ts';
import { openFor, readBodies } from '../../open.ts';
import { answer, type Outcome } from '../../outcome.ts';

/** `docket inbox list [READER]`. */
export async function run({ arguments: [reader], globals }: Invocation): Promise<Outcome> {
  const docket = await openFor(globals);
  const unread = docket.ledger.entries.filter(({ id, kind, state }) => kind === 'inbox' && state === 'unread' && (reader === undefined || id.startsWith(`inbox:${reader}/`)));
  const bodyOf = await readBodies(docket, unread);
  const entries = unread.map((entry) => ({ ...entry, body: bodyOf(entry) }));
  const readers = [...new Set(unread.map(({ id }) => id.slice('inbox:'.length, id.indexOf('/'))))];
  return answer({ data: { entries, total: entries.length }, render: (data, view) => renderMessages(data.entries, view), diagnostics: docket.ledger.diagnostics, next: readers.map((each) => `docket inbox consume ${each}`) });
}
