import { Failure } from '../../contract/failure.ts';
import type { Draft } from '../../documents/reading.ts';
import { walkSections, type Section } from '../../documents/sections.ts';
import { readFindingId } from '../../documents/vocabulary/gates.ts';
import type { Splice } from '../splice.ts';
import { checkBody, checkLineIfGiven, checkTitle } from '../writer/check-text.ts';
import { composeEntry, firstOf, judgeTitle, spellings } from '../writer/compose-heading.ts';
import type { OpenPage } from '../writer/open-page.ts';
import type { DocumentPen } from '../writer/pen.ts';
import { appendText, placeInSection } from '../writer/place-text.ts';
import { writeDocument, type Written } from '../writer/write-document.ts';
import { judgeDate, readWrittenDate } from '../writer/written-date.ts';
import { choosePhase, findPhaseDocument } from './find-document.ts';
import type { GivenBody } from './given-body.ts';

export interface Finding {
  phase: string | null;
  /** `A1`. */
  id: string;
  title: string;
  severity: string | null;
  date: string | null;
  body: GivenBody;
}

/**
 * Files a finding below *Adversary findings* of a phase's backlog: `### A1 [adversary] Title`, then when it was filed, its severity and its status.
 * Throws a usage failure where the phase has a finding of that id.
 */
export async function addFinding(pen: DocumentPen, finding: Finding): Promise<Written> {
  const phase = choosePhase(pen, finding.phase);
  const title = checkTitle(finding.title);
  const severity = checkLineIfGiven('--severity', finding.severity);
  const when = readWrittenDate(finding.date);
  const body = await checkBody(finding.body.name, finding.body.text, 3);
  if (readFindingId(finding.id, 0)?.id !== finding.id) throw new Failure('usage', `Unexpected id "${finding.id}" for --id, expected a capital, then letters, digits and hyphens with a digit among them, such as A1 or F2-14c.`, { next: 'docket list findings' });
  const document = findPhaseDocument(pen, 'backlog', phase);
  const fields = [`- **Filed:** ${when.text} by Adversary`, ...(severity === null ? [] : [`- **Severity:** ${severity}`]), '- **Status:** OPEN'].join('\n');
  return writeDocument(pen, {
    ...document,
    plan: (page) => {
      refuseKnown(page, finding.id);
      const { depth, put } = findFindings(page);
      const marks = '#'.repeat(depth);
      return spellings(title)
        .flatMap((each) => [`${marks} ${finding.id} [adversary] ${each}`, `${marks} ${when.text} — ${finding.id} [adversary] ${each}`, `${marks} ${when.text} — ${finding.id} [adversary]: ${each}`])
        .map((heading) => ({
          splices: [put(composeEntry(`${heading}\n${fields}`, body))],
          entry: {
            kind: 'finding' as const,
            judge: (draft: Draft) =>
              firstOf(
                draft.key === finding.id ? null : `its id would read ${draft.key ?? 'as none'}`,
                judgeTitle(draft, title),
                judgeDate(draft, when),
                draft.state === 'open' ? null : `its state would read ${draft.state ?? 'as none'}, not open`,
                severity === null || draft.severity === severity ? null : `its severity would read ${draft.severity ?? 'as none'}`,
              ),
          },
          given: { name: finding.body.name, text: body },
        }));
    },
  });
}

function refuseKnown({ path, reading }: OpenPage, id: string): void {
  const known = reading.drafts.filter(({ kind }) => kind === 'finding');
  const same = known.find(({ key }) => key === id);
  if (!same) return;
  const keys = new Set(known.map(({ key }) => key));
  const [, stem = 'A', number = '1'] = /^(.*?)(\d+)$/u.exec(id) ?? [];
  let next = Number(number) + 1;
  while (keys.has(`${stem}${next}`)) next += 1;
  throw new Failure('usage', `${path}:${same.line} holds the finding ${id} of this phase ("${same.title}")`, { place: { path, line: same.line }, next: `Give it another id, such as ${stem}${next}.` });
}

/** The section of the Adversary's findings; where there is none it is made at the end. */
function findFindings(page: OpenPage): { depth: number; put: (text: string) => Splice } {
  const named = [...walkSections(page.root)].filter(({ heading, depth }) => heading !== null && depth > 1 && depth < 6);
  const section = named.find(({ masked }) => /\badversary\b/iu.test(masked) && /\bfindings?\b/iu.test(masked)) ?? named.find(isFindings);
  return section ? { depth: section.depth + 1, put: (text) => placeInSection(page, section, text) } : { depth: 3, put: (text) => appendText(page, `## Adversary findings\n\n${text}`) };
}

function isFindings({ masked }: Section): boolean {
  return /^\W*findings?\b/iu.test(masked);
}
