import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { nameDocument } from '../../documents/name-document.ts';
import type { Change } from '../../ledger/changes/types.ts';
import type { OpenOptions } from '../../ledger/sources/open-revision.ts';
import type { Finding } from '../engine/finding.ts';
import type { IndexCheckOptions } from './index-check-options.ts';
import { rulesBeyond } from './judge-alone.ts';
import type { StagedRecord } from './open-staged.ts';

interface Beyond {
  findings: Finding[];
  diagnostics: Diagnostic[];
  /** Rules that were left out; see `IndexCheck`. */
  left: string[];
  /** Does the same index on the same commit always get this answer? Not where it was asked what a forge said, what a remote has, or how old a PASS is. */
  lasts: boolean;
}

/** The commit-msg hook judges what a message declares; here no message is known. */
const ofMessages: ReadonlySet<string> = new Set(['misattributed-close']);
const ofServices: ReadonlySet<string> = new Set(['gate-cycle', 'toothless-gate', 'identity-blind']);

/**
 * Judges by the rules that need more than the staged documents, each only where the commit bears on it: services by their files, DONE by the documents of its
 * phase, recordings by the documents that hold one, the baseline by itself; and the whole record only where the configuration makes errors of what is none, and
 * where it was read before: in a fresh clone nobody waits for all of it to be parsed.
 */
export async function judgeBeyond(record: StagedRecord, changes: readonly Change[], options: IndexCheckOptions): Promise<Beyond> {
  const ids = new Set<string>(rulesBeyond(record).map(({ rule }) => rule.id).filter((id) => !ofMessages.has(id)));
  const findings: Finding[] = [];
  const diagnostics: Diagnostic[] = [];
  const services = [...ofServices].filter((id) => ids.delete(id));
  if (services.length > 0) {
    const { judgeServices } = await import('./judge-services.ts');
    const judged = await judgeServices(record, new Set(services), options);
    findings.push(...judged.findings);
    diagnostics.push(...judged.diagnostics);
  }
  if (ids.delete('baseline-grown')) findings.push(...(await judgeBaseline(record, options)));
  const done = ids.delete('done-not-allowed') ? await phasesDone(record, changes) : [];
  if (done.length > 0) findings.push(...(await judgePart(record, changes, options, { only: new Set(['done-not-allowed']), isWanted: (path) => done.includes(nameDocument(path, record.vocabulary).phase) })));
  const { aboutRecordings } = await import('../evidence/lint-rules.ts');
  const recordings = new Set([...ids].filter((id) => aboutRecordings.has(id) && ids.delete(id)));
  const recorded = recordings.size > 0 ? await documentsWithReceipts(record) : new Set<string>();
  if (recorded.size > 0) findings.push(...(await judgePart(record, changes, options, { only: recordings, isWanted: (path) => recorded.has(path) })));
  const asksWhole = ids.size > 0 && record.documents.length > 0;
  const left = asksWhole && (await isMostlyUnread(record)) ? [...ids].toSorted() : [];
  if (asksWhole && left.length === 0) findings.push(...(await judgePart(record, changes, options, { only: ids, isWanted: () => true })));
  return { findings, diagnostics, left, lasts: !asksWhole && done.length === 0 };
}

async function isMostlyUnread(record: StagedRecord): Promise<boolean> {
  const { hasMuchUnread } = await import('./unread-documents.ts');
  return hasMuchUnread(record);
}

interface Part {
  only: ReadonlySet<string>;
  isWanted: (path: string) => boolean;
}

/** Judges a part of the record by some rules; what it said before the commit stays quiet, unless the commit touches it. */
async function judgePart(record: StagedRecord, changes: readonly Change[], { role: _role, clock }: IndexCheckOptions, { only, isWanted }: Part): Promise<Finding[]> {
  const [{ judgeState, openPart }, { standsInTouched }] = await Promise.all([import('../check/judge.ts'), import('../check/concerns.ts')]);
  const how = { clock, past: false, atLeast: 'error', landings: false, only } as const;
  const options: OpenOptions = { source: 'index', onto: record.parents[0] ?? null };
  const state = await openPart(record.dir, options, isWanted);
  const now = await judgeState(state, how);
  const others = now.filter((finding) => !standsInTouched(finding, changes, state.ledger));
  if (others.length === 0) return now;
  const before = new Set<string>();
  for (const at of record.parents) for (const { fingerprint } of await judgeState(await openPart(record.dir, { at }, isWanted), how)) before.add(fingerprint);
  return now.filter((finding) => !others.includes(finding) || !before.has(finding.fingerprint));
}

/** The phases that are marked DONE and whose gates, findings or vetoes the commit touches. */
async function phasesDone(record: StagedRecord, changes: readonly Change[]): Promise<string[]> {
  const touched = new Set(record.documents.map(({ path }) => nameDocument(path, record.vocabulary)).filter(({ kind }) => kind === 'status' || kind === 'review' || kind === 'backlog').map(({ phase }) => phase));
  if (touched.size === 0) return [];
  const { ledgerOfDocuments } = await import('./ledger-of-documents.ts');
  const done: string[] = [];
  for (const phase of touched) {
    const name = phase === record.config.defaultPhase ? 'STATUS.md' : `STATUS-${phase}.md`;
    const paths = [`machine-docs/${name}`, name, ...Object.keys(record.config.documents).filter((path) => nameDocument(path, record.vocabulary).phase === phase), ...changes.flatMap(({ documents }) => documents.map(({ path }) => path))];
    for (const path of new Set(paths)) {
      const { kind, phase: own } = nameDocument(path, record.vocabulary);
      const file = kind === 'status' && own === phase ? await record.readIndexed(path) : null;
      if (file === null || !/^#{1,6}.*\bDONE\b|^DONE\b/mu.test(file.bytes.toString('utf8'))) continue;
      const { phases } = await ledgerOfDocuments(record, [{ path, blob: file.blob }]);
      if (phases.some(({ id, done: mark }) => id === phase && mark.marked)) done.push(phase);
    }
  }
  return done;
}

async function documentsWithReceipts(record: StagedRecord): Promise<Set<string>> {
  const contents = await record.readContents(record.documents.flatMap(({ after }) => after ?? []));
  return new Set(record.documents.flatMap(({ path, after }) => (contents.get(after ?? '')?.bytes?.includes('docket-receipt') ? [path] : [])));
}

async function judgeBaseline(record: StagedRecord, { clock }: IndexCheckOptions): Promise<Finding[]> {
  const { baselinePath, grownBy, readBaseline } = await import('../accept/baseline.ts');
  const file = record.staged.files.find(({ path }) => path === baselinePath);
  if (!file?.after || file.before === null) return [];
  const contents = await record.readContents([file.before, file.after]);
  const [before, after] = [file.before, file.after].map((blob) => readBaseline(contents.get(blob)?.bytes?.toString('utf8') ?? ''));
  const [{ runRules, activeRules }, { baselineGrown }] = await Promise.all([import('../engine/run-rules.ts'), import('../files/baseline-grown.ts')]);
  return runRules(activeRules([baselineGrown], record.config, 'error'), { grown: grownBy(before ?? [], after ?? []) }, { clock, past: false });
}
