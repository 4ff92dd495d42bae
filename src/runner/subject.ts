import { Failure } from '../contract/failure.ts';
import type { Entry } from '../contract/schema/entry.ts';
import { findEvidence, type FoundReproduction } from '../documents/evidence/find-evidence.ts';
import { readOutline } from '../documents/outline/read-outline.ts';
import { readSource } from '../documents/outline/source.ts';
import { shieldOf, wholeTextsOf, type Docket } from '../ledger/open-docket.ts';
import { suggestNearest } from '../queries/nearest.ts';
import type { Mutation as PatchFence } from '../repro/read-mutation.ts';

/** A reproduction as it stands in a document, with the patches that stand beside it. */
export interface Subject {
  entry: Entry;
  found: FoundReproduction;
  patches: readonly PatchFence[];
}

/** The reproductions that a name, an id or a gate (`M1`, `pxgate/M1`) means: those in force, in the exact notation. Throws a usage failure for none. */
export async function findSubjects(docket: Docket, wanted: string): Promise<Subject[]> {
  const name = wanted.replace(/^(?:reproduction|gate):/, '');
  const all = docket.ledger.entries.filter(({ kind, place, recording, hidden }) => kind === 'reproduction' && hidden === undefined && place.rev === null && recording?.state !== 'superseded');
  const byName = all.filter(({ id }) => nameOf(id) === name || id.slice(id.indexOf(':') + 1) === name || lastPart(nameOf(id)) === name);
  const byGate = all.filter(({ phase, gate, notation }) => gate !== undefined && notation === 'strict' && (gate === name || `${phase}/${gate}` === name));
  const meant = byName.length > 0 ? byName : byGate;
  if (meant.length === 0) {
    throw new Failure('usage', `There is no reproduction, and no gate with one, called "${wanted}".${suggestNearest(name, all.map(({ id }) => nameOf(id)))}`, { next: 'docket list reproduction' });
  }
  const phases = new Set(meant.map(({ phase }) => phase));
  if (phases.size > 1) throw new Failure('usage', `Several phases have ${wanted}: ${meant.map(({ id }) => nameOf(id)).join(', ')}.`, { next: `docket replay ${nameOf(meant[0]?.id ?? '')}` });
  const loose = meant.find(({ notation }) => notation === 'loose');
  if (loose) throw new Failure('usage', `${loose.id} is loose: its roles and outputs are guesses, so it cannot be run again.`, { place: { path: loose.place.path, line: loose.place.line }, next: `docket record ${lastPart(nameOf(loose.id))} --import` });
  return Promise.all(meant.map((entry) => readSubject(docket, entry)));
}

/** A reproduction of the docket with its fence and the patches beside it. */
export async function readSubject(docket: Docket, entry: Entry): Promise<Subject> {
  const { path, line } = entry.place;
  const bytes = (await wholeTextsOf(docket, [path])).get(path);
  if (bytes === undefined) throw new Failure('unreadable', `${path} cannot be read any more`, { place: { path, line } });
  const { reproductions, mutations } = findEvidence((await readOutline(readSource(bytes))).blocks);
  const found = reproductions.find(({ code }) => code.line === line);
  if (found === undefined) throw new Failure('locked', `${path} changed while it was read`, { place: { path, line }, next: 'Run the same command again.' });
  return { entry, found, patches: mutations };
}

/** Throws a usage failure for the first line that was not understood: it may be the one that counts. Words that are hidden from who asks are not quoted. */
export function refuseProblems(docket: Docket, problems: FoundReproduction['reproduction']['problems'], path: string): void {
  const [problem] = problems;
  if (problem === undefined) return;
  const said = shieldOf(docket)?.documents.has(path) === true ? `the line is not in the notation (${problem.rule}); its words are hidden until the verdict` : problem.message;
  throw new Failure('usage', `${path}:${problem.line}: ${said}`, { place: { path, line: Math.max(1, problem.line) }, next: 'Write the line in the notation, then run the same command again.' });
}

/** `pxgate/pxgate-m1` of `reproduction:pxgate/pxgate-m1~2`. */
function nameOf(id: string): string {
  return id.slice(id.indexOf(':') + 1).replace(/~\d+$/, '');
}

function lastPart(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
