import type { Entry, Place } from '../../contract/schema/entry.ts';
import type { Diagnostic, DiagnosticPlace, Level } from '../../contract/schema/envelope.ts';

/** What a rule says of one fault. The engine adds the rule, its level, the words around `found` and `expected`, and a fingerprint. */
export interface RuleFinding {
  /** Half a sentence that goes on "Unexpected …". */
  found: string;
  /** Half a sentence that goes on "expected …". */
  expected: string;
  place: DiagnosticPlace | null;
  entry?: string | null;
  /** The commit that is at fault, where one is. */
  commit?: string | null;
  related?: Diagnostic['related'];
  /** What to do about this one; the rule's own next step where it says nothing. */
  next?: string;
  /**
   * What tells this finding from others of its rule in the same entry or document, without line numbers: a cited sha, the words of the line.
   * `found` where it says nothing.
   */
  key?: string;
  fixable?: boolean;
  /** The level is not raised above this one, whatever the rule's own. */
  atMost?: Level;
}

/** A finding as `check` gives it: a diagnostic that can be told from others from one run to the next. */
export interface Finding extends Diagnostic {
  found: string;
  expected: string;
  commit: string | null;
  /** The same for the same fault while lines move and other text changes; different for every finding of one answer. */
  fingerprint: string;
}

/** The lines of an entry, or one line of it. */
export function placeOf(entry: Pick<Entry, 'place'>, line?: number): DiagnosticPlace {
  return toPlace(entry.place, line);
}

export function toPlace(place: Place, line?: number): DiagnosticPlace {
  const { path, rev } = place;
  const from = line ?? place.line;
  return { path, line: from, ...(line === undefined && place.endLine > from ? { endLine: place.endLine } : {}), ...(rev === null ? {} : { rev }) };
}

/** A finding without what only `check` tells of it. */
export function toDiagnostic({ found: _found, expected: _expected, fingerprint: _fingerprint, ...diagnostic }: Finding): Diagnostic {
  return diagnostic;
}
