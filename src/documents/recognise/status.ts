import type { Page } from '../page.ts';
import { nameGatesOfUnits, recogniseClaims } from './claims.ts';
import { gateWord } from './read-claim.ts';
import { findDone } from './done.ts';
import { recogniseNotes } from './notes.ts';
import { readJudgements } from './verdicts.ts';
import { walkUnits } from '../units.ts';

/** What the document tells of its gates' verdicts: the last word on each. */
function noteReports(page: Page): void {
  for (const unit of walkUnits(page.root)) {
    for (const { gate, result } of readJudgements(unit, [])) {
      const named = page.gates.find((each) => each.gate === gate);
      if (named) named.says = result;
    }
  }
}

/** STATUS: claims with their WHAT, HOW, EXPECTED, WHERE; the gates that it names and what it tells of them; the DONE marker; dated sections as notes. */
export function recogniseStatus(page: Page): void {
  nameGatesOfUnits(page);
  recogniseClaims(page, { headingsOnly: false, sectionOf: () => undefined });
  noteReports(page);
  page.done = findDone(page.root);
  recogniseNotes(page, { except: (section) => section.line === page.done?.line || gateWord.test(section.masked) });
}
