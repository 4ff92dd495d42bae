import { recordFolder } from '../../ledger/sources/select-files.ts';
import { roleOfAuthor } from '../../ledger/commits/commit-facts.ts';
import { hideInJournals } from '../../ledger/isolation/hide-findings.ts';
import type { Change } from '../../ledger/changes/types.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { siftFindings, type Accepted } from '../accept/accept-findings.ts';
import { gatesOfReproductions } from '../waivers/active-waivers.ts';
import type { Finding } from '../engine/finding.ts';
import { standsInTouched } from '../check/concerns.ts';
import type { IndexCheck } from './index-check.ts';
import { isEmptyCommit, keepCheck, keptCheck } from './kept-check.ts';
import type { IndexCheckOptions } from './index-check-options.ts';
import { withStagedRecord, type StagedCommit, type StagedRecord } from './open-staged.ts';

const clean: IndexCheck = { findings: [], known: 0, waived: 0, documents: 0, diagnostics: [], left: [] };

/**
 * Judges the index as fast as a hook has to: by the rules that can give errors, and of those that need more than the staged documents only where the commit
 * bears on them. The same index on the same commit costs no more than looking it up. Throws a `Failure` of kind config for a broken configuration.
 */
export async function checkIndex(commit: StagedCommit, options: IndexCheckOptions): Promise<IndexCheck> {
  if (isEmptyCommit(commit)) return clean;
  const kept = keptCheck(commit, options);
  if (kept !== null) return kept;
  const { check, lasts } = await withStagedRecord(commit, (record) => judgeRecord(record, options));
  if (lasts) keepCheck(commit, options, check);
  return check;
}

async function judgeRecord(record: StagedRecord, options: IndexCheckOptions): Promise<{ check: IndexCheck; lasts: boolean }> {
  const { judgeBeyond } = await import('./judge-beyond.ts');
  const own = record.documents.length === 0 && record.parents.length < 2 ? nothingOfDocuments : await judgeDocuments(record, options);
  const beyond = await judgeBeyond(record, own.changes, options);
  const findings = [...own.findings, ...beyond.findings];
  const sifted = findings.length === 0 ? { findings, known: 0, waived: 0 } : siftFindings(findings, await readAccepted(record, own.gates, options.clock));
  const role = options.role ?? (options.author === null ? null : roleOfAuthor(options.author, [], record.config));
  const shown = role === 'adversary' ? hideInJournals(sifted.findings, record.vocabulary) : sifted.findings;
  return { check: { ...sifted, findings: shown, documents: record.documents.length, diagnostics: beyond.diagnostics, left: beyond.left }, lasts: beyond.lasts };
}

interface OfDocuments {
  findings: Finding[];
  changes: Change[];
  /** The gates of their reproductions, by id. */
  gates: Accepted['gates'];
}

const nothingOfDocuments: OfDocuments = { findings: [], changes: [], gates: new Map() };

/** The staged documents by themselves, and what the commit does to them. */
async function judgeDocuments(record: StagedRecord, { role, author, clock }: IndexCheckOptions): Promise<OfDocuments> {
  const [{ stagedChanges }, { ledgerOfDocuments }, { entriesNeeded, judgeAlone, judgeChangesAlone }] = await Promise.all([import('./staged-changes.ts'), import('./ledger-of-documents.ts'), import('./judge-alone.ts')]);
  const after = record.documents.flatMap(({ path, after: blob }) => (blob === null ? [] : [{ path, blob }]));
  const ledger = await ledgerOfDocuments(record, after, entriesNeeded(record));
  const changes = await stagedChanges(record, role ?? (author === null ? null : roleOfAuthor(author, [], record.config)));
  const now = await judgeAlone(record, ledger, clock);
  const others = now.filter((finding) => !standsInTouched(finding, changes, ledger));
  const before = others.length === 0 ? new Set<string>() : await fingerprintsBefore(record, clock);
  return { findings: [...(await judgeChangesAlone(record, changes, clock)), ...now.filter((finding) => !others.includes(finding) || !before.has(finding.fingerprint))], changes, gates: gatesOfReproductions(ledger.entries) };
}

/** What the staged documents said before: of that the commit is not at fault. */
async function fingerprintsBefore(record: StagedRecord, clock: number): Promise<Set<string>> {
  const [{ ledgerOfDocuments }, { entriesNeeded, judgeAlone }] = await Promise.all([import('./ledger-of-documents.ts'), import('./judge-alone.ts')]);
  const before = record.documents.flatMap(({ path, before: blob }) => (blob === null ? [] : [{ path, blob }]));
  const ledger: Ledger = await ledgerOfDocuments(record, before, entriesNeeded(record));
  return new Set((await judgeAlone(record, ledger, clock)).map(({ fingerprint }) => fingerprint));
}

async function readAccepted(record: StagedRecord, gates: Accepted['gates'], clock: number): Promise<Accepted> {
  const [{ baselinePath, readBaseline }, { standingWaivers }, { ledgerOfDocuments }] = await Promise.all([import('../accept/baseline.ts'), import('../accept/accept-findings.ts'), import('./ledger-of-documents.ts')]);
  const baseline = await record.readIndexed(baselinePath);
  const decisions = await record.readIndexed(decisionsPath);
  const entries = decisions === null ? [] : (await ledgerOfDocuments(record, [{ path: decisionsPath, blob: decisions.blob }])).entries;
  return { known: baseline === null ? [] : readBaseline(baseline.bytes.toString('utf8')), waivers: standingWaivers(entries, clock), gates };
}

const decisionsPath = `${recordFolder}/DECISIONS.md`;
