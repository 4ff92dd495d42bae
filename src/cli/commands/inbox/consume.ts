import type { Diagnostic } from '../../../contract/schema/envelope.ts';
import { warnForeignHand } from '../../../edits/writer/warn.ts';
import { consumeInbox } from '../../../edits/writers/consume-inbox.ts';
import { readReader } from '../../../edits/writers/send-message.ts';
import { quoteWord } from '../../../queries/shell-word.ts';
import { renderConsumed } from '../../../reports/inbox-text.ts';
import type { Invocation } from '../../invocation.ts';
import { answer, type Outcome } from '../../outcome.ts';
import { openDocumentPenFor } from '../../write.ts';

/** `docket inbox consume builder|adversary`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const reader = readReader('ROLE', invocation.arguments[0] ?? '');
  const pen = await openDocumentPenFor(invocation);
  const { path, messages, diff, committed } = await consumeInbox(pen, reader);
  const { dryRun } = pen.options;
  const isDone = messages.length > 0 && !dryRun;
  const place = quoteWord(`:/${path}`);
  return answer({
    data: { entry: messages.at(-1) ?? null, messages, path, diff, dryRun },
    render: renderConsumed,
    diagnostics: [...(messages.length > 0 ? warnForeignHand(pen, reader, `The inbox of the ${reader}`, path) : []), ...(committed ? [] : [uncommitted(path)])],
    next: isDone && committed ? [`git commit -m ${quoteWord(`inbox(${reader}): consumed`)} -- ${place}`] : [],
  });
}

function uncommitted(path: string): Diagnostic {
  return { rule: 'inbox-uncommitted', level: 'warning', message: `${path} held what was never committed, so history will not tell of it`, place: { path, line: 1 }, related: [], entry: null, next: 'Keep the diff of this answer, and commit messages when they are sent.', fixable: false };
}
