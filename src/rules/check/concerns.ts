import type { Change } from '../../ledger/changes/types.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Finding } from '../engine/finding.ts';

/** Does a finding stand in lines that a change touched, or in an entry that has such lines? */
export function standsInTouched(finding: Pick<Finding, 'place' | 'entry'>, changes: readonly Change[], ledger: Ledger): boolean {
  const places = [...(finding.place === null || finding.place.rev ? [] : [finding.place]), ...ledger.entries.flatMap(({ id, place }) => (id === finding.entry && place.rev === null ? [place] : []))];
  return places.some(({ path, line, endLine }) => changes.some(({ touched }) => touched.some((one) => one.path === path && one.line <= (endLine ?? line) && one.endLine >= line)));
}
