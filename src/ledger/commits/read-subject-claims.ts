import { findGates, readGates } from '../../documents/vocabulary/gates.ts';
import { findClaims } from '../../documents/vocabulary/words.ts';

/** A `claim(…)` commit that takes a claim back, or says that there is none. */
const takenBack = /\b(?:withdr[ae]wn?|retract(?:ed|s|ing)?|revok(?:e[ds]?|ing)|un-?claim(?:ed|s|ing)?|no claim|not claimed|nothing (?:is )?claimed|none claimed|(?:un)?premature)\b/iu;

/**
 * The gates that a commit claims: those of its scope, else those beside the word CLAIMED, else the first that its text names. Only `claim` and
 * `status` commits claim anything, `status` only in so many words.
 */
export function readSubjectClaims(parts: readonly string[], scopeGates: readonly string[], masked: string): string[] {
  const claims = parts.some((part) => part === 'claim' || part === 'reclaim' || part === 're-claim');
  if (takenBack.test(masked) || !(claims || parts.includes('status'))) return [];
  const said = gatesBesideClaim(masked);
  if (!claims) return said;
  if (scopeGates.length > 0) return [...scopeGates];
  return said.length > 0 ? said : (findGates(masked)[0]?.gates ?? []);
}

/** `Gate WC4+WC7 CLAIMED`, `CLAIMED: M1`, `RE-CLAIMED M1`: the nearest gates before each claim word, else right behind it. */
function gatesBesideClaim(masked: string): string[] {
  const gates = new Set<string>();
  const lists = findGates(masked);
  for (const claim of findClaims(masked)) {
    const before = lists.findLast((list) => list.end <= claim.start && /^[\s:—–(-]*(?:is|are|now|gate)?\s*$/iu.test(masked.slice(list.end, claim.start)));
    const gap = /^(?:\s|:|—|–|-|\(|gates?\b)*/iu.exec(masked.slice(claim.end))?.[0].length ?? 0;
    for (const gate of (before ?? readGates(masked, claim.end + gap))?.gates ?? []) gates.add(gate);
  }
  return [...gates];
}
