import { Failure } from '../../contract/failure.ts';
import { findEvidence } from '../../documents/evidence/find-evidence.ts';
import { readOutline } from '../../documents/outline/read-outline.ts';
import { readSource } from '../../documents/outline/source.ts';
import { readWorktreeFile } from '../../git/read-worktree.ts';
import { resolveRevision } from '../../git/resolve-revision.ts';
import { wholeTextsOf, type Docket } from '../../ledger/open-docket.ts';
import type { Mutation as PatchFence } from '../../repro/read-mutation.ts';
import { emptyMeta } from '../../repro/notation/read-info.ts';
import { readReproduction } from '../../repro/read-reproduction.ts';
import type { Meta, Reproduction, Role, Step } from '../../repro/types.ts';
import { findSubjects, refuseProblems, type Subject } from '../subject.ts';

/** A step as it was typed. `how` says of a negative control what is done to the code: a patch, `revert`, a revision, or nothing (`input`). */
export interface TypedStep {
  role: Role;
  at: string | null;
  how: string | null;
  /** Null for a negative control with the command of green. */
  command: string | null;
}

/** Where the steps come from. Only what was typed is consented to by its being there. */
export type RecordSource =
  | { kind: 'typed'; steps: readonly TypedStep[] }
  | { kind: 'standing' }
  | { kind: 'file'; name: string; text: string }
  | { kind: 'import'; from: string };

/** What is to be recorded. */
export interface Recordable {
  steps: Step[];
  meta: Meta;
  /** Whether the steps bring their contracts; else what they print becomes the contract. */
  hasContract: boolean;
  patches: readonly PatchFence[];
  /** The reproduction of that name that stands in the journal; null where there is none. */
  standing: Subject | null;
}

/** Reads the steps that are to be run. Throws a usage failure for what cannot be read, with its line. */
export async function readRecordable(docket: Docket, name: string, source: RecordSource): Promise<Recordable> {
  const standing = await findStanding(docket, name);
  switch (source.kind) {
    case 'typed':
      return readTyped(docket, name, source.steps, standing);
    case 'standing': {
      if (standing === null) throw new Failure('usage', `There is no reproduction ${name} to run, and no step was given.`, { next: `docket record ${name} --red 'REV' 'COMMAND' --green 'COMMAND' --neg revert` });
      return { ...checked(docket, standing.found.reproduction, standing.entry.place.path), patches: standing.patches, standing };
    }
    case 'file':
      return { ...(await readFile(docket, source, name)), standing };
    case 'import':
      return { ...(await readLoose(docket, source.from, name)), standing };
  }
}

async function findStanding(docket: Docket, name: string): Promise<Subject | null> {
  const wanted = name.replace(/^reproduction:/, '');
  const known = docket.ledger.entries.some(({ kind, id, recording, notation, hidden }) => kind === 'reproduction' && hidden === undefined && notation === 'strict' && recording?.state !== 'superseded' && matches(id, wanted));
  return known ? ((await findSubjects(docket, wanted)).at(-1) ?? null) : null;
}

function matches(id: string, wanted: string): boolean {
  const own = id.slice(id.indexOf(':') + 1).replace(/~\d+$/, '');
  return own === wanted || lastPart(own) === wanted;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

async function patchesOf(docket: Docket, standing: Subject | null): Promise<readonly PatchFence[]> {
  if (standing !== null) return standing.patches;
  const journals = docket.ledger.documents.filter(({ kind }) => kind === 'journal').map(({ path }) => path);
  const texts = await wholeTextsOf(docket, journals);
  const found = await Promise.all([...texts.values()].map(async (bytes) => findEvidence((await readOutline(readSource(bytes))).blocks).mutations));
  return found.flat();
}

async function readTyped(docket: Docket, name: string, typed: readonly TypedStep[], standing: Subject | null): Promise<Recordable> {
  const patches = await patchesOf(docket, standing);
  const green = typed.find(({ role }) => role === 'green')?.command ?? null;
  const steps: Step[] = [];
  for (const step of typed) {
    const command = step.command ?? green;
    if (command === null) throw new Failure('usage', `Unexpected ${step.role} without a command, and no green whose command it could have.`, { next: `Give it one, as in --${step.role} ${step.how ?? ''} 'COMMAND'.` });
    const how = step.how === null ? { at: step.at, patch: null } : await readHow(docket, step.how, patches);
    steps.push(stepOf(step.role, how, command));
  }
  return { steps, meta: { ...(standing?.found.reproduction.meta ?? emptyMeta), id: lastPart(name) }, hasContract: false, patches, standing };
}

type How = Pick<Step, 'at' | 'patch'>;

/** What a negative control does to the code: nothing, going back, a patch in a document or a file, another revision. */
async function readHow({ repository }: Docket, how: string, patches: readonly PatchFence[]): Promise<How> {
  if (how === 'input' || how === 'environment') return { at: null, patch: null };
  if (how === 'revert' || patches.some(({ id }) => id === how) || readWorktreeFile(repository, how).bytes !== null) return { at: null, patch: how };
  try {
    await resolveRevision(repository, how);
    return { at: how, patch: null };
  } catch {
    throw new Failure('usage', `Unexpected "${how}" for --neg, expected a patch file, the name of a patch in the journal, revert, input, environment, or a revision.`, { next: 'docket record --help' });
  }
}

function stepOf(role: Role, { at, patch }: How, command: string): Step {
  // oxlint-disable-next-line no-control-regex -- what drives a terminal is looked for
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/u.test(command)) throw new Failure('usage', `Unexpected control character in the command of ${role}, expected text.`, { next: "Write it as an escape that the shell reads, such as $'\\x1b'." });
  if (command.trim() === '') throw new Failure('usage', `Unexpected empty command for ${role}, expected what bash is to run.`);
  return { role, guessed: false, heading: null, at, patch, line: 0, endLine: 0, comments: [], commands: [{ text: command, line: 0, endLine: 0 }], observations: [] };
}

/** A block that is not wholly in the notation is not run: what was not understood might be what counts. */
function checked(docket: Docket, reproduction: Reproduction, path: string): Pick<Recordable, 'steps' | 'meta' | 'hasContract'> {
  refuseProblems(docket, reproduction.problems, path);
  const { steps, meta } = reproduction;
  return { steps: [...steps], meta, hasContract: steps.some(({ observations }) => observations.length > 0) };
}

async function readFile(docket: Docket, { name: file, text }: Extract<RecordSource, { kind: 'file' }>, name: string): Promise<Pick<Recordable, 'steps' | 'meta' | 'hasContract' | 'patches'>> {
  const { reproductions, mutations } = findEvidence((await readOutline(readSource(Buffer.from(text)))).blocks);
  const strict = reproductions.filter(({ reproduction }) => reproduction.notation === 'strict');
  const own = strict.find(({ reproduction }) => reproduction.meta.id === lastPart(name)) ?? (strict.length === 1 ? strict[0] : undefined);
  if (own === undefined && strict.length > 1) throw new Failure('usage', `${file} holds ${strict.length} reproductions, and none is called ${lastPart(name)}.`, { next: `Give one of them id=${lastPart(name)}.` });
  const reproduction = own?.reproduction ?? readReproduction({ lang: 'console', meta: `repro id=${lastPart(name)}`, body: text.trimEnd(), line: 1 });
  if (reproduction === null) throw new Failure('usage', `${file} holds no reproduction.`, { next: 'Write `# green`, `$ command` and what it prints behind arrows.' });
  return { ...checked(docket, { ...reproduction, meta: { ...reproduction.meta, id: lastPart(name) }, problems: reproduction.problems.filter(({ rule }) => rule !== 'no-id') }, file), patches: mutations };
}

/** A loose block gives its commands and, as far as they can be guessed, its roles; what it says they printed is left aside. */
async function readLoose(docket: Docket, from: string, name: string): Promise<Pick<Recordable, 'steps' | 'meta' | 'hasContract' | 'patches'>> {
  const entry = docket.ledger.entries.find(({ kind, id, notation, hidden }) => kind === 'reproduction' && hidden === undefined && notation === 'loose' && matches(id, from.replace(/^reproduction:/, '')));
  if (entry === undefined) throw new Failure('usage', `There is no loose reproduction called "${from}".`, { next: 'docket repro lint' });
  const bytes = (await wholeTextsOf(docket, [entry.place.path])).get(entry.place.path);
  const evidence = findEvidence((await readOutline(readSource(bytes ?? Buffer.alloc(0)))).blocks);
  const steps = evidence.reproductions.find(({ code }) => code.line === entry.place.line)?.reproduction.steps ?? [];
  const kept = steps.filter(({ commands }) => commands.length > 0).map(withoutOutput);
  return { steps: kept, meta: { ...emptyMeta, id: lastPart(name) }, hasContract: false, patches: evidence.mutations };
}

function withoutOutput(step: Step): Step {
  return { ...step, guessed: false, comments: [], observations: [] };
}
