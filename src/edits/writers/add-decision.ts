import { Failure } from '../../contract/failure.ts';
import type { Entry } from '../../contract/schema/entry.ts';
import type { Draft } from '../../documents/reading.ts';
import { checkBody, checkTitle } from '../writer/check-text.ts';
import { composeEntry, datedHeadings, firstOf, judgeTitle, spellings } from '../writer/compose-heading.ts';
import type { DocumentPen } from '../writer/pen.ts';
import { appendText } from '../writer/place-text.ts';
import { writeDocument, type Written } from '../writer/write-document.ts';
import { judgeDate, readWrittenDate } from '../writer/written-date.ts';
import { chooseSharedPhase, findSharedDocument } from './find-document.ts';
import type { GivenBody } from './given-body.ts';

export interface Decision {
  phase: string | null;
  title: string;
  date: string | null;
  /** The decision that it retires. */
  supersedes: Entry | null;
  state: 'settled' | 'proposed' | 'exception' | null;
  body: GivenBody;
}

/** A heading and the title that it is to read as. */
interface Head {
  heading: string;
  title: string;
}

/** Appends a decision: `## DATE — PHASE: Title`, with the state and what it supersedes as fields where the words alone do not say them. */
export async function addDecision(pen: DocumentPen, decision: Decision): Promise<Written> {
  const phase = chooseSharedPhase(pen, decision.phase);
  const title = checkTitle(decision.title);
  const when = readWrittenDate(decision.date);
  const body = await checkBody(decision.body.name, decision.body.text, 2);
  const retired = decision.supersedes;
  const judge = (draft: Draft, head: Head): string | null =>
    firstOf(
      judgeTitle(draft, head.title),
      judgeDate(draft, when),
      draft.phase === phase ? null : `its phase would read ${draft.phase}; name another one with --phase, or reword the beginning of the title`,
      judgeState(draft, decision.state),
      retired === null || draft.supersedes?.includes(retired.id) ? null : `it would not read as superseding ${retired.id}`,
    );
  return writeDocument(pen, {
    ...findSharedDocument(pen, 'decisions'),
    plan: (page) =>
      headsOf(phase, title, when.text).flatMap((head) =>
        fieldsOf(decision.state, retired).map((fields) => ({
          splices: [appendText(page, composeEntry(head.heading, fields, body))],
          entry: { kind: 'decision' as const, judge: (draft: Draft) => judge(draft, head) },
          given: { name: decision.body.name, text: body },
        })),
      ),
  });
}

/** `pxgate: Title` where that names the phase; `Phase 2W — Title` for ids that would be taken for words. */
function headsOf(phase: string, title: string, when: string): Head[] {
  const titles = phase === '-' ? [title] : [`${phase}: ${title}`, `Phase ${phase} — ${title}`];
  return titles.flatMap((each) => datedHeadings(2, when, spellings(each)).map((heading) => ({ heading, title: each })));
}

/** The fields below the heading, sparest first. A decision whose text is a list of points needs one, or each point would be a decision. */
function fieldsOf(state: Decision['state'], retired: Entry | null): string[] {
  const supersedes = retired === null ? [] : [`**Supersedes:** ${retired.id}`];
  const stated = [`**Status:** ${state ?? 'settled'}`, ...supersedes].join('\n');
  return state === 'proposed' ? [stated] : [supersedes.join('\n'), stated];
}

function judgeState(draft: Draft, state: Decision['state']): string | null {
  if (state === null) return draft.state === 'superseded' ? 'it would read as superseded already' : null;
  return draft.state === state ? null : `its state would read ${draft.state ?? 'as none'}, not ${state}`;
}

/** Throws a usage failure for anything but a state that a new decision can have. */
export function readDecisionState(given: string | null): Decision['state'] {
  if (given === null || given === 'settled' || given === 'proposed' || given === 'exception') return given;
  throw new Failure('usage', `Unexpected state "${given}" for --state, expected settled, proposed or exception.`);
}
