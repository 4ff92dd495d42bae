import type { Entry } from '../../contract/schema/entry.ts';
import { nameDocument } from '../../documents/name-document.ts';
import type { Ledger } from '../ledger.ts';
import type { Unjudged } from './unjudged.ts';

/** What is hidden from the Adversary of one revision, and what of it is shown all the same. */
export interface Shield {
  unjudged: Unjudged;
  /** The journals of the phases with a claim that has no verdict yet. */
  journals: ReadonlySet<string>;
  /** Is this one of them, or was it in another revision? */
  hides(path: string): boolean;
  /** The documents of these phases, journals among them: comments of reproductions are hidden in all. */
  documents: ReadonlySet<string>;
  /** Begin and end of the reproductions in them that a claim cites, by document. */
  shown: ReadonlyMap<string, readonly number[]>;
  /** The id that each hidden entry is shown by. */
  ids: ReadonlyMap<string, string>;
}

/** Says what of a ledger is hidden while these claims wait for their verdicts. */
export function raiseShield(ledger: Ledger, unjudged: Unjudged): Shield {
  const ofPhases = ledger.documents.filter(({ phase }) => unjudged.has(phase));
  const journals = new Set(ofPhases.filter(({ kind }) => kind === 'journal').map(({ path }) => path));
  const isCited = openCitations(ledger, unjudged);
  const hidden = ledger.entries.filter((entry) => journals.has(entry.place.path) && entry.kind !== 'gate' && !isCited(entry));
  const shown = new Map<string, number[]>();
  for (const entry of ledger.entries) {
    if (isCited(entry)) shown.set(entry.place.path, [...(shown.get(entry.place.path) ?? []), entry.place.line]);
  }
  return { unjudged, journals, hides: openPaths(ledger, unjudged, journals), documents: new Set(ofPhases.map(({ path }) => path)), shown, ids: numberHidden(hidden) };
}

function openPaths({ config }: Ledger, unjudged: Unjudged, journals: ReadonlySet<string>): Shield['hides'] {
  const vocabulary = { defaultPhase: config.defaultPhase, renames: config.documents };
  return (path) => {
    if (journals.has(path)) return true;
    const { kind, phase } = nameDocument(path, vocabulary);
    return kind === 'journal' && unjudged.has(phase);
  };
}

/** What a claim cites, and what that needs: without it nothing that is cited could be replayed. */
function openCitations(ledger: Ledger, unjudged: Unjudged): (entry: Entry) => boolean {
  const isNamed = openNames(ledger, unjudged);
  const own = ledger.entries.filter(({ kind, phase, place }) => kind === 'reproduction' && place.rev === null && unjudged.has(phase));
  const cited = new Set<Entry>();
  const cite = (entry: Entry): void => {
    if (cited.has(entry)) return;
    cited.add(entry);
    for (const name of entry.needs ?? []) {
      const id = `reproduction:${name.includes('/') ? name : `${entry.phase}/${name}`}`;
      for (const need of own) if (need.notation === 'strict' && baseOf(need.id) === id) cite(need);
    }
  };
  for (const entry of own) if (isNamed(entry)) cite(entry);
  return (entry) => cited.has(entry);
}

/** A claim names reproductions, and some name the claimed gate themselves. */
function openNames(ledger: Ledger, unjudged: Unjudged): (reproduction: Entry) => boolean {
  const cited = new Set<string>();
  const names = new Map<string, Set<string>>();
  for (const { kind, phase, refs } of ledger.entries) {
    if (kind !== 'claim' || !unjudged.has(phase)) continue;
    for (const { type, target, value } of refs) {
      if (type !== 'reproduction') continue;
      if (target !== null) cited.add(baseOf(target));
      else names.set(phase, (names.get(phase) ?? new Set<string>()).add(value.slice(value.lastIndexOf('/') + 1)));
    }
  }
  return ({ id, phase, gate }) => cited.has(baseOf(id)) || (gate !== undefined && (unjudged.get(phase) ?? []).includes(gate)) || (names.get(phase)?.has(baseOf(id).slice(id.indexOf('/') + 1)) ?? false);
}

/** Recorded again it has the same name, and a number. */
function baseOf(id: string): string {
  return id.replace(/~\d+$/u, '');
}

/** `journal:P/DATE#N`: the entries of a journal in file order, then what is hidden inside of them. */
function numberHidden(hidden: readonly Entry[]): Map<string, string> {
  const counts = new Map<string, number>();
  const ids = new Map<string, string>();
  const isInside = ({ kind }: Entry): number => Number(kind !== 'journal');
  for (const { id, phase, date } of hidden.toSorted((a, b) => isInside(a) - isInside(b))) {
    const base = `journal:${phase}/${date ?? 'undated'}`;
    const number = (counts.get(base) ?? 0) + 1;
    counts.set(base, number);
    ids.set(id, `${base}#${number}`);
  }
  return ids;
}
