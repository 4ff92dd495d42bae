import type { Entry } from '../../contract/schema/entry.ts';
import type { Finding } from '../engine/finding.ts';
import { activeWaivers } from '../waivers/active-waivers.ts';
import type { Waiver } from '../waivers/read-waiver.ts';
import type { KnownFinding } from './baseline.ts';

/** What is accepted: known from the baseline, or waived by a decision. */
export interface Accepted {
  known: readonly KnownFinding[];
  waivers: readonly Waiver[];
}

export interface Sifted {
  /** What still counts. */
  findings: Finding[];
  known: number;
  waived: number;
}

/** The waivers that have not expired at a moment. `clock` is in seconds. */
export function standingWaivers(entries: readonly Entry[], clock: number): Waiver[] {
  return activeWaivers(entries, new Date(clock * 1000).toISOString().slice(0, 10));
}

/** Parts findings into those that count and those that are accepted. */
export function siftFindings(findings: readonly Finding[], { known, waivers }: Accepted): Sifted {
  const fingerprints = new Set(known.map(({ fingerprint }) => fingerprint));
  const sifted: Sifted = { findings: [], known: 0, waived: 0 };
  for (const finding of findings) {
    if (fingerprints.has(finding.fingerprint)) sifted.known += 1;
    else if (waivers.some((waiver) => covers(waiver, finding))) sifted.waived += 1;
    else sifted.findings.push(finding);
  }
  return sifted;
}

/** Is a finding about what is waived: the entry, the gate with its claims and verdicts, the file or the folder? */
function covers({ rule, target }: Waiver, finding: Finding): boolean {
  if (rule !== finding.rule) return false;
  const path = finding.place?.path ?? '';
  if (target === finding.entry || target === path || path.startsWith(`${target.replace(/\/$/u, '')}/`)) return true;
  const gate = /^gate:([^/]+\/.+)$/u.exec(target)?.[1];
  return gate !== undefined && (finding.entry?.replace(/^(?:claim|verdict|gate):/u, '').replace(/#\d+$/u, '') === gate);
}
