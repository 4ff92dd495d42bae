import type { Entry, Role } from '../../contract/schema/entry.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { DraftRef } from '../../documents/reading.ts';
import type { Config } from '../config/config.ts';
import type { CommitFact, Ledger, LedgerDocument, Phase, Revision } from '../ledger.ts';
import { readAlert, type AlertFile } from './alerts.ts';
import { entryOfDraft } from './entry-of-draft.ts';
import { listGateEntries } from './gate-entries.ts';
import { compareBegin, numberEntries } from './number-entries.ts';
import { listPhases, type PhaseSources } from './phases.ts';
import { prepareDrafts, preparePast, type PastDraft } from './prepare-drafts.ts';
import type { FileHistory, Prepared, SourceDocument } from './source-document.ts';

/** Everything that a ledger is joined from. */
export interface JoinInput {
  revision: Revision;
  config: Config;
  /** By path. */
  documents: SourceDocument[];
  alerts: AlertFile[];
  /** By path: of STATUS, BACKLOG and inbox files that are or ever were. */
  histories: ReadonlyMap<string, FileHistory>;
  /** The side that owns a file by its name. */
  ownerOf: (path: string) => Role | null;
  pastDraft: PastDraft;
  commits: CommitFact[];
  /** Place of a commit in history. */
  orderOf: (commit: string) => number;
  firstTouch: PhaseSources['firstTouch'];
  diagnostics: Diagnostic[];
}

export interface Joined {
  ledger: Ledger;
  /** What each entry mentions, as its document has it. */
  mentions: Map<Entry, readonly DraftRef[]>;
  /** The phases as they would be without some of the documents. */
  phasesWithout: (paths: ReadonlySet<string>) => Phase[];
}

/** Joins documents and history into the ledger. Mentions have no targets yet, and gates no state. */
export function joinLedger(input: JoinInput): Joined {
  const present = input.documents.map((document) => ({ document, drafts: prepareDrafts(document, input.histories.get(document.path)) }));
  const past = [...input.histories.values()].flatMap((history) => preparePast(history, input.ownerOf(history.path), input.pastDraft));
  const ids = numberEntries([...present.flatMap(({ drafts }) => drafts), ...past], input.orderOf);
  const roles = new Map(input.commits.map(({ commit, role }) => [commit, role]));
  const mentions = new Map<Entry, readonly DraftRef[]>();
  const toEntry = (prepared: Prepared): Entry => {
    const entry = entryOfDraft(prepared, ids.get(prepared) ?? '', (commit) => roles.get(commit) ?? null);
    mentions.set(entry, prepared.draft.refs);
    return entry;
  };
  const alerts = input.alerts.map(readAlert);
  const standing = present.flatMap(({ drafts }) => drafts.toSorted((a, b) => a.draft.line - b.draft.line).map(toEntry));
  const gone = past.toSorted((a, b) => compareBegin(a, b, input.orderOf)).map(toEntry);
  const recorded = [...standing, ...alerts.flatMap((alert) => ('entry' in alert ? [alert.entry] : []))];
  const phasesWithout = (paths: ReadonlySet<string>): Phase[] => listPhases({ ...input, documents: input.documents.filter(({ path }) => !paths.has(path)), order: input.config.phases, entries: [...recorded, ...gone] });
  const phases = phasesWithout(new Set());
  const documents = present.map(({ document, drafts }) => toDocument(document, drafts.map((draft) => ids.get(draft) ?? '')));
  const ledger: Ledger = {
    revision: input.revision,
    phases,
    documents,
    entries: [...recorded, ...listGateEntries(phases, input.documents, gone), ...gone],
    commits: input.commits,
    diagnostics: [...input.diagnostics, ...input.documents.flatMap(({ stored }) => stored.reading.diagnostics), ...alerts.flatMap((alert) => ('diagnostic' in alert ? [alert.diagnostic] : []))],
    config: input.config,
  };
  return { ledger, mentions, phasesWithout };
}

function toDocument({ path, blob, stored: { reading } }: SourceDocument, ids: string[]): LedgerDocument {
  const { kind, phase, owner, bytes, lines, unparsed, spans, frontMatter } = reading;
  return {
    path,
    kind,
    phase,
    owner,
    bytes,
    lines,
    entries: ids,
    unparsed,
    spans: spans.map(({ line, endLine, type, draft }) => ({ line, endLine, type, entry: draft === null ? null : (ids[draft] ?? null) })),
    blob,
    frontMatter,
  };
}
