import type { Entry } from '../../contract/schema/entry.ts';
import type { Finding } from '../engine/finding.ts';
import { activeWaivers, findWaiver, type Waivable } from '../waivers/active-waivers.ts';
import type { Waiver } from '../waivers/read-waiver.ts';
import type { KnownFinding } from './baseline.ts';

/** What is accepted: known from the baseline, or waived by a decision. */
export interface Accepted {
  known: readonly KnownFinding[];
  waivers: readonly Waiver[];
  /** The gate of each reproduction that is recorded for one, by its id. */
  gates: ReadonlyMap<string, string>;
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
export function siftFindings(findings: readonly Finding[], { known, waivers, gates }: Accepted): Sifted {
  const fingerprints = new Set(known.map(({ fingerprint }) => fingerprint));
  const sifted: Sifted = { findings: [], known: 0, waived: 0 };
  for (const finding of findings) {
    if (fingerprints.has(finding.fingerprint)) sifted.known += 1;
    else if (findWaiver(waivers, aboutOf(finding, gates)) !== null) sifted.waived += 1;
    else sifted.findings.push(finding);
  }
  return sifted;
}

function aboutOf({ rule, entry, place }: Finding, gates: Accepted['gates']): Waivable {
  const gate = gates.get(entry ?? '');
  return { rule, entry, path: place?.path ?? null, gates: gate === undefined ? [] : [gate] };
}
