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

/** The waivers that a gate takes: the Builder does not excuse his own claim. */
export function gateWaivers(entries: readonly Entry[], today: string): ActiveWaiver[] {
  return activeWaivers(entries, today).filter(({ by }) => !/^(?:the\s+)?builder\b/iu.test(by));
}

/** What a finding is about, as far as a waiver may name it. */
export interface Waivable {
  rule: string;
  entry: string | null;
  path: string | null;
  /** Gates that it concerns besides those whose claim or verdict the entry is, as `PHASE/GATE`. */
  gates: readonly string[];
}

/**
 * The waiver that accepts a finding; null where none does. Its TARGET is one of three: an entry by its id, with or without the kind; a path, with all below
 * a folder; a gate (`gate:PHASE/GATE` or `PHASE/GATE`) with its claims, its verdicts and the reproductions that are recorded for it.
 */
export function findWaiver<W extends Waiver>(waivers: readonly W[], about: Waivable): W | null {
  return waivers.find(({ rule, target }) => rule === about.rule && covers(target, about)) ?? null;
}

function covers(target: string, { entry, path, gates }: Waivable): boolean {
  if (path !== null && (path === target || path.startsWith(`${target.replace(/\/$/u, '')}/`))) return true;
  if (entry !== null && namesOf(entry).includes(target)) return true;
  const gate = target.replace(/^gate:/u, '');
  return gates.includes(gate) || (entry !== null && gateOf(entry) === gate);
}

/** A reproduction that was recorded again (`~2`) is still the one of its name. */
function namesOf(entry: string): string[] {
  const names = entry.startsWith('reproduction:') ? [entry, entry.replace(/~\d+$/u, '')] : [entry];
  return names.flatMap((name) => [name, name.slice(name.indexOf(':') + 1)]);
}

function gateOf(entry: string): string | null {
  return /^(?:claim|verdict|gate):(.+?)(?:#\d+)?$/u.exec(entry)?.[1] ?? null;
}

/** The gate of each reproduction that is recorded for one, by the reproduction's id. */
export function gatesOfReproductions(entries: readonly Entry[]): Map<string, string> {
  return new Map(entries.flatMap(({ kind, id, phase, gate }) => (kind === 'reproduction' && gate !== undefined ? [[id, gate.includes('/') ? gate : `${phase}/${gate}`] as const] : [])));
}
