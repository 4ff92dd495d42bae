import type { Role } from '../../contract/schema/entry.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { readMerges } from '../../ledger/changes/merge-changes.ts';
import { readChanges } from '../../ledger/changes/read-changes.ts';
import { planLandings } from '../../ledger/landing/plan-landings.ts';
import { siftFindings, standingWaivers } from '../accept/accept-findings.ts';
import { readOwnBaseline } from '../accept/read-baselines.ts';
import type { Finding } from '../engine/finding.ts';
import { gatesOfReproductions } from '../waivers/active-waivers.ts';
import { checkRange } from './check-range.ts';
import { checkShielded, type Reading } from './check-shielded.ts';
import type { CheckOptions, CheckResult, Judgement } from './check-result.ts';
import { checkStaged, parentsOf } from './check-staged.ts';
import { countRules, judgeChanges, judgeState, openLedger, type JudgeOptions, type OpenedLedger } from './judge.ts';
import { specErrors } from './inspect-infra.ts';
import { pendingChanges } from './pending.ts';

/**
 * Judges the record by all rules of its configuration. Executes nothing of the repository. Throws as `openDocket` does, and a `Failure` of kind config for
 * wrong options of rules.
 */
export function checkDocket(dir: string, options: CheckOptions = {}): Promise<CheckResult> {
  return checkShielded(dir, options, judgeDocket);
}

async function judgeDocket(dir: string, options: CheckOptions, reading: Reading): Promise<Judgement> {
  const { scope = { kind: 'state' }, at = null, cache = true, role = null } = options;
  const how: JudgeOptions = { clock: options.clock ?? Date.now() / 1000, past: scope.kind === 'all', atLeast: 'info', landings: scope.kind === 'state' || scope.kind === 'all' };
  if (scope.kind === 'range') {
    const { commits, cut, ...end } = await checkRange(dir, scope.range, { cache, ...reading }, how);
    const { result, opened } = await resultOf(end, 'range', commits, how.clock);
    return { opened, result: cut === 0 ? result : { ...result, diagnostics: [...result.diagnostics, shallow(cut)] } };
  }
  if (scope.kind === 'staged') return resultOf(await checkStaged(dir, { cache, ...reading, committer: role }, how), 'index', 0, how.clock);
  const state = await openLedger(dir, { at, cache, ...reading });
  const findings = [...(await judgeState(state, how)), ...(await judgePending(state, role, how)), ...(scope.kind === 'all' ? await judgeHistory(state, how) : [])];
  return resultOf({ ...state, findings }, scope.kind === 'all' ? 'all' : state.ledger.revision.source, scope.kind === 'all' ? state.ledger.commits.length : 0, how.clock);
}

/** What the working tree changes against its commit. */
async function judgePending(state: OpenedLedger, role: Role | null, how: JudgeOptions): Promise<Finding[]> {
  if (state.opened.source.kind !== 'worktree') return [];
  const changes = await pendingChanges(state.opened, role);
  return judgeChanges(state, { changes, facts: [], declined: [], parents: parentsOf(state) }, how);
}

/** Every commit of the record, by what it did and what its message says; merges by what they made of their sides. */
async function judgeHistory(state: OpenedLedger, how: JudgeOptions): Promise<Finding[]> {
  const { opened, ledger } = state;
  const facts = new Map(ledger.commits.map((fact) => [fact.commit, fact]));
  const { plan } = await planLandings(opened.repository, ledger, { landing: null, acceptWords: false });
  const declined = plan.refused.filter(({ commit }) => facts.has(commit));
  const findings = await judgeChanges(state, { changes: [], facts: ledger.commits, declined, parents: [] }, how);
  for await (const changes of readChanges(opened, facts)) findings.push(...(await judgeChanges(state, { changes, facts: [], declined: [], parents: [] }, how)));
  for await (const changes of readMerges(opened)) findings.push(...(await judgeChanges(state, { changes, facts: [], declined: [], parents: [] }, how)));
  return findings;
}

function shallow(cut: number): Diagnostic {
  return {
    rule: 'shallow-clone', level: 'warning', message: `this clone is shallow: ${cut} ${cut === 1 ? 'commit stands' : 'commits stand'} at its edge and ${cut === 1 ? 'was' : 'were'} not judged`, place: null, related: [], entry: null,
    next: 'git fetch --unshallow', fixable: false,
  };
}

interface Judged extends OpenedLedger {
  findings: Finding[];
}

async function resultOf({ opened, ledger, findings }: Judged, mode: CheckResult['checked']['mode'], commits: number, clock: number): Promise<Judgement> {
  const accepted = { known: (await readOwnBaseline(opened)) ?? [], waivers: standingWaivers(ledger.entries, clock), gates: gatesOfReproductions(ledger.entries) };
  const { known, waived, ...sifted } = siftFindings(findings, accepted);
  const result: CheckResult = {
    ...sifted,
    baseline: { known },
    waived,
    all: findings,
    checked: { mode, revision: ledger.revision.commit, documents: ledger.documents.length, commits, rules: countRules(ledger, 'info') },
    diagnostics: [...ledger.diagnostics.filter(({ rule }) => rule !== 'front-matter'), ...(await specErrors(opened))],
  };
  return { result, opened };
}
