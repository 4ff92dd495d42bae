import type { Ledger } from '../../ledger/ledger.ts';
import { findByTail } from '../resolve-id.ts';
import type { NodeName } from './link-graph.ts';

/** What `text` names beside an entry: a phase (`pvfix`, `phase:pvfix`); a commit, which git has to say (`commit:1a2b3c4`, or digits that no entry has). */
export type RootQuestion = { root: NodeName } | { commit: string } | { entry: string };

/** Reads what a trace is asked for. A phase comes before an entry whose id ends like it; digits are a commit where no entry is called so. */
export function readRoot(ledger: Ledger, text: string): RootQuestion {
  const word = text.trim();
  const phase = word.replace(/^phase:/u, '');
  if (isPhase(ledger, phase)) return { root: { node: 'phase', id: phase } };
  const named = /^commit:(.+)$/u.exec(word)?.[1];
  if (named !== undefined) return { commit: named };
  const isCommit = /^[0-9a-f]{4,64}$/iu.test(word) || /^(?:HEAD|@)(?:[~^]\d*)*$/u.test(word);
  return isCommit && findByTail(ledger.entries, word).length === 0 ? { commit: word } : { entry: word };
}

function isPhase({ phases, entries }: Ledger, id: string): boolean {
  return id !== '-' && (phases.some((phase) => phase.id === id) || entries.some((entry) => entry.phase === id));
}
