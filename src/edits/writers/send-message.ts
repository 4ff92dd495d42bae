import { Failure } from '../../contract/failure.ts';
import type { Role } from '../../contract/schema/entry.ts';
import type { Draft } from '../../documents/reading.ts';
import { recordFolder } from '../../ledger/sources/select-files.ts';
import { checkBody, checkTitle } from '../writer/check-text.ts';
import { composeEntry, datedHeadings, firstOf, judgeTitle, spellings } from '../writer/compose-heading.ts';
import type { DocumentPen } from '../writer/pen.ts';
import { appendText } from '../writer/place-text.ts';
import { roleName } from '../writer/warn.ts';
import { writeDocument, type Written } from '../writer/write-document.ts';
import { judgeDate, readWrittenDate } from '../writer/written-date.ts';
import type { GivenBody } from './given-body.ts';

/** Who reads an inbox. */
export type Reader = 'builder' | 'adversary';

/** Throws a usage failure for anything but a role that has an inbox. */
export function readReader(name: string, given: string): Reader {
  if (given === 'builder' || given === 'adversary') return given;
  throw new Failure('usage', `Unexpected "${given}" for ${name}, expected builder or adversary.`, { next: 'docket inbox list' });
}

export interface Message {
  to: Reader;
  title: string;
  date: string | null;
  body: GivenBody;
}

/** The inbox of a reader, there or not. */
export function inboxPath({ documents, vocabulary }: DocumentPen, to: Reader): string {
  const name = `${to.toUpperCase()}-INBOX.md`;
  const known = documents.filter(({ kind, path }) => kind === 'inbox' && (vocabulary.renames[path] ?? path).toUpperCase().endsWith(name.toUpperCase())).map(({ path }) => path);
  return known.find((path) => path.startsWith(`${recordFolder}/`)) ?? known[0] ?? `${recordFolder}/${name}`;
}

/** The other side. */
export function otherSide(reader: Reader): Reader {
  return reader === 'builder' ? 'adversary' : 'builder';
}

/** Adds a message to an inbox, never over one that is unread: `## DATE — Title`, signed. */
export async function sendMessage(pen: DocumentPen, message: Message): Promise<Written> {
  const from: Role = pen.role ?? otherSide(message.to);
  const title = checkTitle(message.title);
  const when = readWrittenDate(message.date);
  const body = await checkBody(message.body.name, message.body.text, 0);
  const signature = `— ${roleName(from)}`;
  const addressed = `${roleName(from)} → ${roleName(message.to)}: ${title}`;
  return writeDocument(pen, {
    path: inboxPath(pen, message.to),
    preamble: `# ${message.to.toUpperCase()}-INBOX\n`,
    // Who writes stands in the heading only where the words of the message would say somebody else.
    plan: (page) =>
      [title, addressed].flatMap((wanted) =>
        datedHeadings(2, when.text, spellings(wanted)).map((heading) => ({
          splices: [appendText(page, composeEntry(heading, body, signature))],
          entry: {
            kind: 'inbox' as const,
            judge: (draft: Draft) => firstOf(judgeTitle(draft, wanted), judgeDate(draft, when), draft.from === from ? null : `it would read as sent by the ${draft.from ?? 'unknown'}`),
          },
          given: { name: message.body.name, text: body },
        })),
      ),
  });
}
