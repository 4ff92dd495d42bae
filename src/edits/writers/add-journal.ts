import { composeEntry, datedHeadings, firstOf, judgeTitle, spellings } from '../writer/compose-heading.ts';
import { checkBody, checkTitle } from '../writer/check-text.ts';
import type { DocumentPen } from '../writer/pen.ts';
import { appendText } from '../writer/place-text.ts';
import { writeDocument, type Written } from '../writer/write-document.ts';
import { judgeDate, readWrittenDate } from '../writer/written-date.ts';
import { choosePhase, findPhaseDocument } from './find-document.ts';
import type { GivenBody } from './given-body.ts';

export interface JournalEntry {
  phase: string | null;
  title: string;
  date: string | null;
  body: GivenBody;
}

/** Appends an entry to the journal of a phase: `## DATE — Title`. */
export async function addJournal(pen: DocumentPen, entry: JournalEntry): Promise<Written> {
  const phase = choosePhase(pen, entry.phase);
  const title = checkTitle(entry.title);
  const when = readWrittenDate(entry.date);
  const body = await checkBody(entry.body.name, entry.body.text, 2);
  return writeDocument(pen, {
    ...findPhaseDocument(pen, 'journal', phase),
    plan: (page) =>
      datedHeadings(2, when.text, spellings(title)).map((heading) => ({
        splices: [appendText(page, composeEntry(heading, body))],
        entry: { kind: 'journal', judge: (draft) => firstOf(judgeTitle(draft, title), judgeDate(draft, when), draft.phase === phase ? null : `its phase would read ${draft.phase}`) },
        given: { name: entry.body.name, text: body },
      })),
  });
}
