import type { Role } from '../../contract/schema/entry.ts';
import { nameDocument } from '../../documents/name-document.ts';
import { splitMessage, utcTime, type Commit } from '../../git/commit-format.ts';
import { listTracked } from '../../git/list-tracked.ts';
import { readCommitFact } from '../../ledger/commits/commit-facts.ts';
import { hideInJournals } from '../../ledger/isolation/hide-findings.ts';
import { judgePending } from '../../ledger/landing/judge-declarations.ts';
import type { SyncPlan } from '../../ledger/landing/types.ts';
import type { CommitFact, Ledger } from '../../ledger/ledger.ts';
import { isDocument, recordFolder } from '../../ledger/sources/select-files.ts';
import { standsInTouched } from '../check/concerns.ts';
import { openPart } from '../check/judge.ts';
import { allRules } from '../all-rules.ts';
import type { Finding } from '../engine/finding.ts';
import { activeRules, runRules } from '../engine/run-rules.ts';
import { ledgerOfDocuments, type NamedDocument } from './ledger-of-documents.ts';
import { withStagedRecord, type StagedCommit, type StagedRecord } from './open-staged.ts';
import { stagedChanges } from './staged-changes.ts';

export interface MessageCheckOptions {
  role: Role | null;
  author: { name: string; email: string } | null;
  clock: number;
}

/** Rules that a message lets judge: whose commit it is, what it claims, and what it declares closed. */
const ofMessages: ReadonlySet<string> = new Set(['not-owner', 'other-side-ticked', 'commit-scope', 'commit-trailer-hidden', 'inbox-unread-at-claim', 'misattributed-close']);

/** Judges a commit that is about to be made by its message and what is staged. Warnings are told too: once the commit is made they cannot be mended any more. */
export function checkMessage(commit: StagedCommit, message: string, options: MessageCheckOptions): Promise<Finding[]> {
  return withStagedRecord(commit, (record) => judgeMessage(record, message, options));
}

async function judgeMessage(record: StagedRecord, message: string, options: MessageCheckOptions): Promise<Finding[]> {
  const fact = await readFact(record, message, options);
  const role = options.role ?? fact.role;
  const changes = record.documents.length === 0 ? [] : await stagedChanges(record, role);
  const documents = record.documents.flatMap(({ path, after }) => (after === null ? [] : [{ path, blob: after }]));
  const inbox = fact.claims.length === 0 ? [] : await unreadInbox(record, documents);
  const ledger = await ledgerOfDocuments(record, [...documents, ...inbox]);
  const touched = new Set(ledger.entries.filter(({ id, place }) => standsInTouched({ place, entry: id }, changes, ledger)));
  const brought: Ledger = { ...ledger, entries: ledger.entries.filter((entry) => touched.has(entry) || entry.kind === 'inbox').map((entry) => markSent(entry, inbox)) };
  const rules = activeRules(allRules, record.config, 'warning').filter(({ rule }) => ofMessages.has(rule.id));
  const declined = /closes-deferred/iu.test(message) ? await judgeDeclared(record, message) : [];
  const findings = runRules(rules, { changes, commits: { facts: [{ ...fact, role }], ledger: brought }, declined, miscited: [], ledger }, { clock: options.clock, past: false });
  return role === 'adversary' ? hideInJournals(findings, record.vocabulary) : findings;
}

/** What the commit will say by its message and its files. */
async function readFact(record: StagedRecord, message: string, { author, clock }: MessageCheckOptions): Promise<CommitFact> {
  const { vocabulary, config, staged } = record;
  const phases = new Set([...config.phases, ...(await listTracked(record.repository, { kind: 'index' }, [recordFolder])).map(({ path }) => nameDocument(path, vocabulary).phase)]);
  const at = utcTime(clock);
  const commit: Commit = {
    commit: '', parents: record.parents, author: author ?? { name: '', email: '' }, authorTime: at, commitTime: at, ...splitMessage(message), message,
    files: staged.files.map(({ path, before, after, gone }) => ({ path, status: gone ? 'D' : before === null ? 'A' : 'M', before, after, from: null, regular: after !== null })),
  };
  return readCommitFact(commit, { config, isPhase: (id) => phases.has(id), isDocument: (path) => isDocument(path, vocabulary), phaseOf: (path) => nameDocument(path, vocabulary).phase });
}

/** The Builder's inbox as it stood before this commit, where the commit leaves it alone. */
async function unreadInbox(record: StagedRecord, documents: readonly NamedDocument[]): Promise<NamedDocument[]> {
  const path = `${recordFolder}/BUILDER-INBOX.md`;
  const file = documents.some((document) => document.path === path) ? null : await record.readIndexed(path);
  return file === null ? [] : [{ path, blob: file.blob }];
}

/** A message of a file that the commit leaves alone was sent before it. */
function markSent<E extends Ledger['entries'][number]>(entry: E, inbox: readonly NamedDocument[]): E {
  return inbox.some(({ path }) => path === entry.place.path) ? { ...entry, sent: { commit: 'earlier', at: '' } } : entry;
}

async function judgeDeclared(record: StagedRecord, message: string): Promise<SyncPlan['refused']> {
  const { ledger } = await openPart(record.dir, { source: 'index', onto: record.parents[0] ?? null }, (path) => nameDocument(path, record.vocabulary).kind === 'deferred');
  return judgePending(record.repository, ledger, { message, files: record.staged.files.map(({ path }) => ({ path, from: null })) });
}
