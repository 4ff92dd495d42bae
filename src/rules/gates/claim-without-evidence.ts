import type { Entry } from '../../contract/schema/entry.ts';
import { findEvidence } from '../../gates/evidence/evidence-of-gate.ts';
import type { EvidenceLevel } from '../../ledger/config/config.ts';
import { entriesOf } from '../engine/entries.ts';
import { toPlace } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

const strength: readonly string[] = ['none', 'claimed', 'recorded', 'replayed', 'attested'];

/** Claims whose gate rests on less than the configuration asks for a claim. */
export const claimWithoutEvidence = defineRule({
  id: 'claim-without-evidence',
  inputs: ['linked'],
  *check({ linked }, { past }) {
    const byPhase = new Map<string, Entry[]>();
    for (const entry of linked.entries) byPhase.set(entry.phase, [...(byPhase.get(entry.phase) ?? []), entry]);
    for (const claim of entriesOf(linked, 'claim', past)) {
      const gate = claim.gate ?? '';
      const needed: EvidenceLevel = linked.config.evidence.claim;
      const { level, reproductions } = findEvidence(byPhase.get(claim.phase) ?? [], claim.phase, gate);
      if (strength.indexOf(level) >= strength.indexOf(needed)) continue;
      const rests = reproductions.length === 0 ? 'no reproduction' : `reproductions of level ${level}`;
      yield {
        found: `claim of ${claim.phase}/${gate} that rests on ${rests}`, expected: `red, green and neg of level ${needed}`,
        place: toPlace(claim.place, claim.place.line), entry: claim.id, commit: claim.introduced?.commit ?? null, key: 'evidence', next: `docket gate ${claim.phase}/${gate}`,
      };
    }
  },
});
