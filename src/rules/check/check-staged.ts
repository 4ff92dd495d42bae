import type { Role } from '../../contract/schema/entry.ts';
import type { Change } from '../../ledger/changes/types.ts';
import type { SyncPlan } from '../../ledger/landing/types.ts';
import type { CommitFact } from '../../ledger/ledger.ts';
import type { OpenOptions } from '../../ledger/sources/open-revision.ts';
import { readMergeHeads } from '../../git/merge-heads.ts';
import type { Finding } from '../engine/finding.ts';
import { standsInTouched } from './concerns.ts';
import { judgeChanges, judgeState, openLedger, type JudgeOptions, type OpenedLedger } from './judge.ts';
import { pendingChanges } from './pending.ts';

export interface StagedOptions extends OpenOptions {
  /** Whose commit it is to be, where that is known. */
  committer: Role | null;
}

export interface StagedResult extends OpenedLedger {
  findings: Finding[];
}

/**
 * Judges the index as it would be committed: what it changes, and what it makes wrong or touches of what the record says. Findings that stand elsewhere, and
 * stood there before, stay quiet.
 */
export async function checkStaged(dir: string, options: StagedOptions, how: JudgeOptions): Promise<StagedResult> {
  const { committer, ...rest } = options;
  const state = await openLedger(dir, { ...rest, source: 'index' });
  const changes = await pendingChanges(state.opened, committer);
  const findings = await judgePending(dir, { state, changes, facts: [], declined: [], parents: parentsOf(state) }, rest, how);
  return { ...state, findings };
}

interface Pending {
  state: OpenedLedger;
  changes: readonly Change[];
  facts: readonly CommitFact[];
  declined: SyncPlan['refused'];
  parents: readonly string[];
}

/** Judges what is about to be committed on top of what `options` opens. */
async function judgePending(dir: string, { state, ...judged }: Pending, options: OpenOptions, how: JudgeOptions): Promise<Finding[]> {
  const own = await judgeChanges(state, judged, how);
  if (judged.changes.length === 0) return own;
  const now = await judgeState(state, how);
  const touched = new Set(now.filter((finding) => standsInTouched(finding, judged.changes, state.ledger)));
  const others = now.filter((finding) => !touched.has(finding));
  const before = others.length === 0 ? new Set<string>() : await knownBefore(dir, state, options, how);
  return [...own, ...now.filter((finding) => touched.has(finding) || !before.has(finding.fingerprint))];
}

/** What the next commit is to stand on: the tip, and what a merge that is under way brings in. */
export function parentsOf({ opened }: Pick<OpenedLedger, 'opened'>): string[] {
  return opened.tip === null ? [] : [opened.tip, ...readMergeHeads(opened.repository)];
}

/** The fingerprints of what the commits said that the new one is to stand on. */
async function knownBefore(dir: string, { opened }: OpenedLedger, options: OpenOptions, how: JudgeOptions): Promise<Set<string>> {
  const known = new Set<string>();
  for (const at of parentsOf({ opened })) for (const { fingerprint } of await judgeState(await openLedger(dir, { ...options, source: 'worktree', at }), how)) known.add(fingerprint);
  return known;
}
