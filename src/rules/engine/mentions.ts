import type { Entry, Ref } from '../../contract/schema/entry.ts';
import type { DiagnosticPlace } from '../../contract/schema/envelope.ts';
import type { Ledger } from '../../ledger/ledger.ts';

interface Mention {
  entry: Entry;
  ref: Ref;
  place: DiagnosticPlace;
}

/** What the entries of the revision itself mention, each mention at its place; one that several entries share (a bullet with two claims) once. */
export function* mentionsOf(ledger: Pick<Ledger, 'entries'>): Generator<Mention> {
  const seen = new Set<string>();
  for (const entry of ledger.entries) {
    if (entry.place.rev !== null) continue;
    for (const ref of entry.refs) {
      const { path } = entry.place;
      const name = `${path}\0${ref.line}\0${ref.column ?? 0}\0${ref.type}\0${ref.value}`;
      if (seen.has(name)) continue;
      seen.add(name);
      yield { entry, ref, place: { path, line: ref.line, ...(ref.column === undefined ? {} : { column: ref.column }) } };
    }
  }
}
