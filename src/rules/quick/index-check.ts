import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { Finding } from '../engine/finding.ts';

/** What the hook has to say of the index. */
export interface IndexCheck {
  /** Errors only. */
  findings: Finding[];
  known: number;
  waived: number;
  /** How many documents are staged. */
  documents: number;
  /** What cannot be read, where the commit touches it. */
  diagnostics: Diagnostic[];
  /** Rules that need the whole record and were left out, since most of it was never read in this clone. */
  left: string[];
}
