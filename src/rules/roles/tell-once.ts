import type { Change, ChangedDocument } from '../../ledger/changes/types.ts';

/** Says of every fault whether it is new: what a merge does to an entry that several of its sides have is seen from each of them, and told once. */
export function openTeller(): (change: Change, document: ChangedDocument, fault: string) => boolean {
  const told = new Map<string, Change>();
  return (change, document, fault) => {
    const name = JSON.stringify([change.commit, document.path, fault]);
    const first = told.get(name) ?? change;
    told.set(name, first);
    return first === change;
  };
}
