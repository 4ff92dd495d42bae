import { createHash } from 'node:crypto';
import type { Finding } from './finding.ts';

/** A finding before it has its fingerprint, with what tells it from others. */
export interface Unmarked {
  key: string;
  finding: Omit<Finding, 'fingerprint'>;
}

/**
 * Gives every finding its fingerprint: of rule, document, entry, commit and key, never of lines, so that it stays while text above it grows. Findings
 * that share all of these are told apart by their order.
 */
export function giveFingerprints(found: readonly Unmarked[]): Finding[] {
  const counts = new Map<string, number>();
  return found.map(({ key, finding }) => {
    const name = JSON.stringify([finding.rule, finding.place?.path ?? '', finding.entry ?? '', finding.commit ?? '', key]);
    const number = (counts.get(name) ?? 0) + 1;
    counts.set(name, number);
    return { ...finding, fingerprint: createHash('sha256').update(`${name}#${number}`).digest('hex').slice(0, 32) };
  });
}
