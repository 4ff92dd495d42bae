import type { Probe } from '../spec/types.ts';
import { digestOf } from './canonical-json.ts';

/** What a gate is, whatever line of the file it stands in: alerts and negative controls belong to one definition of it.
 *  Versions are not in it, so that it stays the same gate from one version to the next. */
export function gateDigest(probes: readonly Probe[]): string {
  return digestOf(probes.map(withoutPlace));
}

function withoutPlace({ place: _place, ...probe }: Probe): unknown {
  return probe;
}
