import type { Page } from '../page.ts';
import { nameGatesOfUnits, recogniseClaims } from './claims.ts';
import { gateWord } from './read-claim.ts';
import { findDone } from './done.ts';
import { recogniseNotes } from './notes.ts';

/** STATUS: claims with their WHAT, HOW, EXPECTED, WHERE; the gates that it names; the DONE marker; dated sections as notes. */
export function recogniseStatus(page: Page): void {
  nameGatesOfUnits(page);
  recogniseClaims(page, { headingsOnly: false, sectionOf: () => undefined });
  page.done = findDone(page.root);
  recogniseNotes(page, { except: (section) => section.line === page.done?.line || gateWord.test(section.masked) });
}
