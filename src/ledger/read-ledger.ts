import type { Diagnostic } from '../contract/schema/envelope.ts';
import { nameDocument } from '../documents/name-document.ts';
import { getStatus } from '../gates/get-status.ts';
import type { History } from '../git/history/history.ts';
import { matters, readCommitFact } from './commits/commit-facts.ts';
import { addProofs, readRecordings } from './evidence/read-recordings.ts';
import { committedOrigins, editedOrigins, uncommitted, type LineOrigins } from './history/line-origins.ts';
import { readPastDrafts } from './history/past-drafts.ts';
import { ownerByName, readFileHistories } from './history/read-file-histories.ts';
import { openRecordHistory } from './history/record-history.ts';
import { joinLedger, type Joined } from './join/join.ts';
import { linkLedger } from './links/link-ledger.ts';
import type { AlertFile } from './join/alerts.ts';
import type { FileHistory, SourceDocument } from './join/source-document.ts';
import type { PastDraft } from './join/prepare-drafts.ts';
import type { CommitFact, Ledger, Revision } from './ledger.ts';
import { hideLedger, tellLifted } from './isolation/hide-ledger.ts';
import { raiseShield } from './isolation/shield.ts';
import { findUnjudged, uniteUnjudged, type Unjudged } from './isolation/unjudged.ts';
import { openRevision, type OpenedRevision } from './sources/open-revision.ts';
import { readCommitObject } from './sources/read-commit-object.ts';
import { readDocuments, unreadable, type ReadFile } from './sources/read-documents.ts';
import type { Detail } from './sources/reading-store.ts';
import { isDocument } from './sources/select-files.ts';

/**
 * Reads the ledger of an opened revision. With detail `state` its entries carry no texts, mentions or places of history beyond what decides
 * states: enough for `getStatus`, at a fraction of the cost.
 */
export async function readLedger(opened: OpenedRevision, detail: Detail): Promise<Ledger> {
  const joined = await joinRevision(opened, detail);
  if (detail === 'full') await linkLedger(joined, opened);
  const ledger = withGateStates(joined.ledger);
  return opened.isolation === 'none' ? ledger : isolate(opened, joined, ledger);
}

/** The one place where the Adversary is kept from the Builder's journal: whatever is asked of a docket is asked of what is handed out here. */
async function isolate(opened: OpenedRevision, { phasesWithout }: Joined, ledger: Ledger): Promise<Ledger> {
  const shield = raiseShield(ledger, uniteUnjudged(findUnjudged(getStatus(ledger)), await unjudgedNow(opened)));
  if (opened.isolation === 'lifted') return { ...ledger, diagnostics: [...ledger.diagnostics, ...tellLifted(shield)] };
  opened.shield = shield;
  return hideLedger(ledger, phasesWithout(shield.journals), shield);
}

/** An earlier revision had no claim yet of what is claimed now: what waits in the working tree (of a bare repository: at HEAD) counts everywhere. */
async function unjudgedNow({ repository, source, tip, unjudged }: OpenedRevision): Promise<Unjudged> {
  if (unjudged !== null) return unjudged;
  if (source.kind === 'worktree' || (repository.bare && tip === repository.head)) return new Map();
  return readUnjudged(repository.root);
}

/** The claims of the working tree that wait for a verdict. */
export async function readUnjudged(dir: string): Promise<Unjudged> {
  const { ledger } = await joinRevision(await openRevision(dir, { role: 'operator' }), 'state');
  return findUnjudged(getStatus(ledger));
}

/** The same before its mentions are linked, and without the states of gates. */
export async function joinRevision(opened: OpenedRevision, detail: Detail): Promise<Joined> {
  const { config } = opened;
  const { documents: read, diagnostics } = await readDocuments(opened, detail);
  const history = await openRecordHistory(opened);
  const documents = await withOrigins(opened, history, read);
  const alerts = await readAlerts(opened, history, diagnostics);
  const commits = readCommitFacts(opened, history, documents);
  const histories = await readFileHistories(opened, history, documents, commits);
  const order = new Map(history.ordinals().map((ordinal) => [history.commit(ordinal).commit, ordinal]));
  const joined = joinLedger({
    revision: await readRevision(opened, commits),
    config,
    documents,
    alerts,
    histories,
    ownerOf: ownerByName(opened),
    pastDraft: detail === 'full' ? await openPastDrafts(opened, histories) : () => null,
    commits,
    orderOf: (commit) => order.get(commit) ?? Number.MAX_SAFE_INTEGER,
    firstTouch: firstTouches(opened, history, documents),
    diagnostics,
  });
  addProofs(joined.ledger.entries, await readRecordings(opened, documents, commits, (path) => firstCommit(history, path)));
  return joined;
}

async function readRevision({ repository, source, tip }: OpenedRevision, commits: readonly CommitFact[]): Promise<Revision> {
  const kind = source.kind;
  if (tip === null) return { source: kind, commit: null, at: null, shallow: repository.shallow };
  const { at } = await readCommitObject(repository, tip);
  const newest = commits.reduce((best, fact) => (fact.at > best ? fact.at : best), at);
  return { source: kind, commit: tip, at: newest, shallow: repository.shallow };
}

async function withOrigins(opened: OpenedRevision, history: History, read: readonly ReadFile[]): Promise<SourceDocument[]> {
  const edited = read.filter(({ file }) => history.blob(file.path) !== null && history.blob(file.path) !== file.blob);
  const contents = edited.length === 0 ? null : await opened.readContents(edited.flatMap(({ file }) => [file.blob, history.blob(file.path) ?? file.blob]));
  return read.map(({ file, stored }) => {
    const { path, blob } = file;
    const committed = history.blob(path);
    const bytes = (id: string | null): Buffer | null => (id === null ? null : (contents?.get(id)?.bytes ?? null));
    return { path, blob, stored, origins: committed === null ? uncommitted : originsOf(history, path, committed === blob ? null : { before: bytes(committed), after: bytes(blob) }) };
  });
}

function originsOf(history: History, path: string, edit: { before: Buffer | null; after: Buffer | null } | null): LineOrigins {
  const committed = committedOrigins(history, path);
  if (edit === null) return committed;
  return edit.before && edit.after ? editedOrigins(committed, edit.before, edit.after) : uncommitted;
}

async function readAlerts({ files, readContents }: OpenedRevision, history: History, diagnostics: Diagnostic[]): Promise<AlertFile[]> {
  const contents = files.alerts.length === 0 ? new Map() : await readContents(files.alerts.flatMap(({ blob }) => blob ?? []));
  return files.alerts.flatMap(({ path, blob, unreadable: why }) => {
    const content = blob === null ? undefined : contents.get(blob);
    if (!content?.bytes) {
      diagnostics.push(unreadable(path, why ?? content?.unreadable ?? 'it cannot be read'));
      return [];
    }
    return [{ path, bytes: content.bytes, origins: history.blob(path) === blob ? committedOrigins(history, path) : uncommitted }];
  });
}

function readCommitFacts({ config, vocabulary }: OpenedRevision, history: History, documents: readonly SourceDocument[]): CommitFact[] {
  const phases = new Map(documents.map(({ path, stored }) => [path, stored.reading.phase]));
  const phaseOf = (path: string): string => phases.get(path) ?? nameDocument(path, vocabulary).phase;
  const known = new Set([...config.phases, ...history.paths().map(phaseOf), ...phases.values()]);
  const context = { config, isPhase: (id: string) => known.has(id), isDocument: (path: string) => isDocument(path, vocabulary), phaseOf };
  return history
    .ordinals()
    .map((ordinal) => history.commit(ordinal))
    .filter((commit) => commit.files.length > 0 || matters(commit))
    .map((commit) => readCommitFact(commit, context));
}

function firstCommit(history: History, path: string): string | null {
  const ordinal = history.firstTouch(path);
  return ordinal === null ? null : history.commit(ordinal).commit;
}

function firstTouches({ vocabulary }: OpenedRevision, history: History, documents: readonly SourceDocument[]): (phase: string) => { commit: string; at: string; order: number } | null {
  const phases = new Map(documents.map(({ path, stored }) => [path, stored.reading.phase]));
  const firsts = new Map<string, { commit: string; at: string; order: number }>();
  for (const path of history.paths()) {
    const { kind, phase: named } = nameDocument(path, vocabulary);
    const ordinal = history.firstTouch(path);
    if (kind === 'unknown' || ordinal === null) continue;
    const phase = phases.get(path) ?? named;
    const { commit, commitTime: at } = history.commit(ordinal);
    const best = firsts.get(phase);
    if (!best || at < best.at || (at === best.at && ordinal < best.order)) firsts.set(phase, { commit, at, order: ordinal });
  }
  return (phase) => firsts.get(phase) ?? null;
}

async function openPastDrafts({ vocabulary, cache, readContents }: OpenedRevision, histories: ReadonlyMap<string, FileHistory>): Promise<PastDraft> {
  const wanted = new Map([...histories].map(([path, { claims, messages }]) => [path, [...claims, ...messages].flatMap(({ ended }) => ended?.before ?? [])]));
  const drafts = await readPastDrafts(wanted, vocabulary, cache, readContents);
  return (path, blob, matches) => {
    const draft = drafts(path, blob).find(matches);
    return draft ? { draft, owner: nameDocument(path, vocabulary).owner } : null;
  };
}

/** The state of a gate is that of the status, as of the newest commit. */
function withGateStates(ledger: Ledger): Ledger {
  const states = new Map(getStatus(ledger).phases.flatMap(({ id, gates }) => gates.map((gate) => [`gate:${id}/${gate.id}`, gate.state])));
  for (const entry of ledger.entries) if (entry.kind === 'gate') entry.state = states.get(entry.id) ?? entry.state;
  return ledger;
}
