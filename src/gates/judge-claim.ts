import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Entry } from '../contract/schema/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { findEvidence } from './evidence-of-gate.ts';

/** One reproduction that a gate rests on. */
export interface GateEvidence {
  reproduction: string;
  notation: 'strict' | 'loose';
  level: string;
  /** Roles of its steps that the notation states; guessed ones prove nothing and are not among them. */
  roles: string[];
}

export interface ClaimJudgement {
  allowed: boolean;
  /** Sentences, each naming what is missing. */
  missing: string[];
  evidence: GateEvidence[];
  /** The same with rule, place and the command that mends it. */
  diagnostics: Diagnostic[];
}

const required = [
  ['red', 'a red step: the check failing before the change'],
  ['green', 'a green step: the same check passing now'],
  ['neg', 'a neg step: a negative control that shows the check can fail'],
] as const;

function describe(entry: Entry): GateEvidence {
  const roles = (entry.steps ?? []).filter((step) => !step.guessed && step.role !== null).map((step) => step.role ?? '');
  return { reproduction: entry.id, notation: entry.notation ?? 'loose', level: entry.level ?? 'claimed', roles: [...new Set(roles)] };
}

function isRecorded(evidence: GateEvidence): boolean {
  return evidence.notation === 'strict' && evidence.level !== 'claimed' && evidence.level !== 'none';
}

/**
 * May this gate be claimed? At least one recorded reproduction with red, green and neg is needed; loose ones, written by hand, prove nothing. It
 * fails closed: no reproduction at all is a refusal.
 */
export function judgeClaim(ledger: Ledger, phase: string, gate: string): ClaimJudgement {
  const entries = ledger.entries.filter((entry) => entry.phase === phase);
  const { reproductions } = findEvidence(entries, phase, gate);
  const found = reproductions.flatMap((id) => entries.filter((entry) => entry.id === id));
  const evidence = found.map(describe);
  const record = `Record a reproduction of ${phase}/${gate} with red, green and neg steps in machine-docs/JOURNAL-${phase}.md.`;
  const diagnostics: Diagnostic[] = [];
  const refuse = (message: string, entry: Entry | null): void => {
    const place = entry ? { path: entry.place.path, line: entry.place.line, endLine: entry.place.endLine, rev: entry.place.rev } : null;
    diagnostics.push({ rule: 'claim-without-evidence', level: 'error', message, place, related: [], entry: entry?.id ?? `gate:${phase}/${gate}`, next: record, fixable: false });
  };
  if (found.length === 0) refuse(`gate ${phase}/${gate} rests on no reproduction, expected at least one recorded with red, green and neg`, null);
  for (const [index, entry] of found.entries()) {
    const one = evidence[index];
    if (one && !isRecorded(one)) refuse(`${entry.id} is ${one.notation === 'loose' ? 'loose: written by hand, never recorded' : 'not recorded'} (level ${one.level}), expected a recorded reproduction`, entry);
  }
  const proven = new Set(evidence.filter(isRecorded).flatMap((one) => one.roles));
  for (const [role, what] of required) if (!proven.has(role)) refuse(`gate ${phase}/${gate} has no ${role} recorded, expected ${what}`, null);
  return { allowed: diagnostics.length === 0, missing: diagnostics.map(({ message }) => message), evidence, diagnostics };
}
