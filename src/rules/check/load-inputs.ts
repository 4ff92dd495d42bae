import type { Entry } from '../../contract/schema/entry.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { findLines } from '../../git/find-lines.ts';
import { findClaimedBuilds } from '../../gates/builds/claimed-builds.ts';
import { changedPaths } from '../../git/scope/compare-files.ts';
import { filesOfCommit, filesOfWorktree } from '../../git/scope/read-files.ts';
import { scopeOf } from '../../git/scope/scope.ts';
import { collectGateEvents } from '../../gates/gate-events.ts';
import { getStatus } from '../../gates/get-status.ts';
import { findTriggered } from '../../gates/triggers/find-triggered.ts';
import type { Change } from '../../ledger/changes/types.ts';
import { judgeClosings } from '../../ledger/landing/judge-declarations.ts';
import { planLandings } from '../../ledger/landing/plan-landings.ts';
import type { SyncPlan } from '../../ledger/landing/types.ts';
import type { CommitFact, Ledger } from '../../ledger/ledger.ts';
import { recordFolder } from '../../ledger/sources/select-files.ts';
import { readTexts } from '../../ledger/read-bodies.ts';
import type { OpenedRevision } from '../../ledger/sources/open-revision.ts';
import type { SpecFault } from '../../reconcile/inspect/find-faults.ts';
import { readGrown } from '../accept/read-baselines.ts';
import type { GateInputs, InputName, RuleInputs } from '../engine/inputs.ts';
import { inspectInfra } from './inspect-infra.ts';

/** Changes to the record and commits that are judged beside what it says. */
export interface ChangesToJudge {
  changes: readonly Change[];
  /** The commits that are judged; one that is not made yet has no id. */
  facts: readonly CommitFact[];
  /** Declarations of theirs that close nothing. */
  declined: SyncPlan['refused'];
  /** The commits that they stand on, to compare the baseline with. */
  parents: readonly string[];
}

interface Subject extends ChangesToJudge {
  opened: OpenedRevision;
  /** Read in full. */
  ledger: Ledger;
}

/** Makes what rules ask for: only what is in `wanted`. */
export async function loadInputs(subject: Subject, wanted: ReadonlySet<InputName>): Promise<Partial<RuleInputs>> {
  const { opened, ledger, changes, facts, declined, parents } = subject;
  const inputs: Partial<RuleInputs> = { documents: ledger, ledger, linked: ledger, decisions: ledger, changes, commits: { facts, ledger }, declined };
  if (wanted.has('gates') || wanted.has('triggered')) {
    const gates: GateInputs = { status: getStatus(ledger), events: collectGateEvents(ledger) };
    inputs.gates = gates;
    if (wanted.has('triggered')) inputs.triggered = findTriggered(ledger, gates.events);
  }
  if (wanted.has('landing')) inputs.landing = (await planLandings(opened.repository, ledger, { landing: null, acceptWords: false })).plan;
  if (wanted.has('miscited')) inputs.miscited = await judgeClosings(opened.repository, ledger);
  if (wanted.has('citations')) inputs.citations = ledger.entries.some(isRetired) ? await findLines(opened.repository, opened.source, 'DECISIONS|decision:', [recordFolder]) : [];
  if (wanted.has('grown')) inputs.grown = await readGrown(opened, parents);
  if (wanted.has('builds')) inputs.builds = await findClaimedBuilds(opened.repository, ledger);
  if (wanted.has('infra')) inputs.infra = await loadFaults(opened);
  if (wanted.has('evidence')) inputs.evidence = await loadEvidence(opened, ledger);
  if (wanted.has('uncommitted')) inputs.uncommitted = await loadUncommitted(opened, ledger);
  if (wanted.has('texts')) inputs.texts = await loadTexts(opened);
  return inputs;
}

function isRetired({ kind, state }: Entry): boolean {
  return kind === 'decision' && state === 'superseded';
}

/** A specification that cannot be read has no faults of this kind; its own errors are diagnostics of the check. */
async function loadFaults(opened: OpenedRevision): Promise<readonly SpecFault[]> {
  const inspection = await inspectInfra(opened);
  return inspection?.ok ? inspection.faults : [];
}

/** Asked only where a claim is about to be committed: it takes a look at every file of the working tree. */
async function loadUncommitted({ repository, source, tip }: OpenedRevision, { entries }: Ledger): Promise<readonly string[]> {
  if (source.kind === 'commit' || tip === null || !entries.some(({ kind, introduced }) => kind === 'claim' && introduced === null)) return [];
  const [committed, now] = await Promise.all([filesOfCommit(repository, tip), filesOfWorktree(repository)]);
  const everything = scopeOf([]);
  return committed === null ? [] : [...new Set([...changedPaths(committed, now.files, everything), ...[...now.filtered.keys()].filter(everything)])].toSorted();
}

async function loadEvidence(opened: OpenedRevision, ledger: Ledger): Promise<readonly Diagnostic[]> {
  const { lintEvidence } = await import('../../queries/lint-evidence.ts');
  return (await lintEvidence(ledger, ledger.documents, await readTexts(opened, ledger.documents.map(({ path }) => path)))).findings;
}

async function loadTexts(opened: OpenedRevision): Promise<RuleInputs['texts']> {
  const paths = opened.files.documents.map(({ path }) => path);
  const bytes = await readTexts(opened, paths);
  return new Map([...bytes].map(([path, content]) => [path, Buffer.from(content).toString('utf8')]));
}
