import { Failure } from '../contract/failure.ts';
import type { Entry } from '../contract/schema/entry.ts';
import type { Docket } from '../ledger/open-docket.ts';
import { suggestNearest } from '../queries/nearest.ts';
import { readSubject, type Subject } from './subject.ts';

/** A reproduction in the order in which it is run. */
export interface Queued {
  subject: Subject;
  /** The ids of those that have to hold before it is worth running. */
  needs: readonly string[];
  /** It was asked for by its name; else only because another needs it. */
  asked: boolean;
}

/** Who needs something: a reproduction that stands in the record, or one that is about to. */
export interface Needing {
  id: string;
  phase: string;
  place: Entry['place'] | null;
}

/**
 * The reproductions with those that they need (`needs=a,b`) before them, each once. Throws a usage failure for a need that is not there, is there
 * twice, or waits for itself; `waiting` are those that wait for all of these already.
 */
export async function queueWithNeeds(docket: Docket, subjects: readonly Subject[], waiting: readonly string[] = []): Promise<Queued[]> {
  const asked = new Set(subjects.map(({ entry }) => entry.id));
  const queue = new Map<string, Queued>();
  const visit = async (subject: Subject, path: readonly string[]): Promise<void> => {
    const { entry, found } = subject;
    if (path.includes(entry.id)) throw new Failure('usage', `${[...path.slice(path.indexOf(entry.id)), entry.id].join(' needs ')}, so that none of them could be the first.`, { place: placeOf(entry), next: 'Take one name out of needs=.' });
    if (queue.has(entry.id)) return;
    const needs = await findNeeds(docket, entry, found.reproduction.meta.needs);
    for (const need of needs) await visit(need, [...path, entry.id]);
    queue.set(entry.id, { subject, needs: needs.map((need) => need.entry.id), asked: asked.has(entry.id) });
  };
  for (const subject of subjects) await visit(subject, waiting);
  return [...queue.values()];
}

/** The reproductions that `needs=` names: NAME of the same phase, or PHASE/NAME. Throws a usage failure as above. */
export async function findNeeds(docket: Docket, needing: Needing, names: readonly string[]): Promise<Subject[]> {
  const found: Subject[] = [];
  for (const name of names) found.push(await findNeed(docket, needing, name));
  return found;
}

async function findNeed(docket: Docket, { id, phase, place }: Needing, name: string): Promise<Subject> {
  const wanted = `reproduction:${name.includes('/') ? name : `${phase}/${name}`}`;
  const all = docket.ledger.entries.filter(({ kind, notation, recording, place: own }) => kind === 'reproduction' && notation === 'strict' && own.rev === null && recording?.state !== 'superseded');
  const [first, ...others] = all.filter((entry) => baseOf(entry.id) === wanted);
  const about = place === null ? {} : { place: placeOf({ place }) };
  if (first === undefined) throw new Failure('usage', `${id} needs ${name}, and there is no reproduction of that name.${suggestNearest(wanted, all.map((entry) => baseOf(entry.id)))}`, { ...about, next: 'docket list reproduction' });
  if (others.length > 0) throw new Failure('usage', `${id} needs ${name}, and ${others.length + 1} reproductions are called so.`, { ...about, next: 'docket list reproduction' });
  return readSubject(docket, first);
}

function baseOf(id: string): string {
  return id.replace(/~\d+$/, '');
}

function placeOf({ place: { path, line } }: Pick<Entry, 'place'>): { path: string; line: number } {
  return { path, line };
}
