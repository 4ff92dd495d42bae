import type { Ledger } from '../ledger/ledger.ts';

/** Whether there is nothing to read at all; a file that is there but cannot be read is something. */
export function isEmptyDocket({ documents, entries, diagnostics }: Ledger): boolean {
  return documents.length + entries.length === 0 && diagnostics.every(({ rule }) => rule !== 'unreadable');
}
