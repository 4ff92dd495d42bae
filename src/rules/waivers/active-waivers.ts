import type { Entry } from '../../contract/schema/entry.ts';
import { readWaiver, type Waiver } from './read-waiver.ts';

/** A waiver that counts, and the decision that it stands in. */
export interface ActiveWaiver extends Waiver {
  decision: string;
}

/** The waivers in force on a day (`YYYY-MM-DD`): of decisions that are exceptions and not superseded, complete, and not expired. */
export function activeWaivers(entries: readonly Entry[], today: string): ActiveWaiver[] {
  return entries.flatMap((entry): ActiveWaiver[] => {
    if (entry.kind !== 'decision' || entry.state !== 'exception' || entry.place.rev !== null) return [];
    return (entry.fields['Waiver'] ?? '').split('\n').flatMap((value) => {
      const waiver = readWaiver(value);
      return waiver === null || waiver.until < today ? [] : [{ ...waiver, decision: entry.id }];
    });
  });
}

/** The waiver that accepts a finding of a rule about one of these (an entry, a gate, a path); null where none does. */
export function findWaiver(waivers: readonly ActiveWaiver[], rule: string, targets: readonly (string | null)[]): ActiveWaiver | null {
  return waivers.find((waiver) => waiver.rule === rule && targets.some((target) => target !== null && (target === waiver.target || target === `gate:${waiver.target}` || target.replace(/~\d+$/u, '') === waiver.target))) ?? null;
}
