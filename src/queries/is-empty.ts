import type { Ledger } from '../ledger/ledger.ts';
import type { StatusAnswer } from '../ledger/open-status.ts';

/** Whether there is nothing to read at all; a file that is there but cannot be read is something. */
export function isEmptyDocket({ documents, entries, diagnostics }: Ledger): boolean {
  return isEmptyStatus({ documents: documents.length, entries: entries.length, diagnostics });
}

/** The same where only the numbers are at hand. */
export function isEmptyStatus({ documents, entries, diagnostics }: Pick<StatusAnswer, 'documents' | 'entries' | 'diagnostics'>): boolean {
  return documents + entries === 0 && diagnostics.every(({ rule }) => rule !== 'unreadable');
}
