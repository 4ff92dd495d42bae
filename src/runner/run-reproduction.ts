import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Repository } from '../git/open-repository.ts';
import { pairsOf, sectionsOf, type Section } from '../repro/judge/sections.ts';
import { outcomeOf, type StepRun } from '../repro/judge/step-outcome.ts';
import type { NegControl, ReproductionRun } from '../repro/judge/types.ts';
import type { Redactions } from '../repro/match/compile-pattern.ts';
import { normaliseOutput } from '../repro/match/normalise-output.ts';
import { scriptOf, type Step } from '../repro/types.ts';
import { openIsolation, type Isolation } from './isolate.ts';
import { killRun } from './kill-processes.ts';
import { defaultLimits } from './limits.ts';
import { makeEnvironment, type RunFolders } from './make-environment.ts';
import type { Masker } from './mask-secrets.ts';
import { mutate, type Mutation } from './mutate.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { runScript } from './run-script.ts';
import type { Session } from './session.ts';
import { changedSinceReady, overlayFiles, readChanges, resetWorkspace, type Workspace, type WorkspaceKind } from './workspace.ts';

/** What is run, and where. Everything in it has been consented to. */
export interface RunRequest {
  repository: Repository;
  /** As bash gets them: secrets are not masked here. */
  steps: readonly Step[];
  /** The commit of each step, by index. */
  commits: readonly string[];
  /** The commit under test, in which setup, green, neg and teardown run. */
  head: string;
  /** Files of the working tree to be put over those of `head`. */
  overlay: readonly string[];
  /** By index of a neg step that has a patch. */
  mutations: ReadonlyMap<number, Mutation>;
  kind: WorkspaceKind;
  prepare: readonly (readonly string[])[];
  limitMs: number;
  /** Steps get a network without a way out; what `prepare` installs does not. */
  isolate: boolean;
  /** Names of variables to pass. */
  env: readonly string[];
  masker: Masker;
  redactions: Redactions;
  progress: (line: string) => void;
  /** True once the run is to end early: what is left is skipped, the teardown is not. */
  aborted: () => boolean;
}

/** One time through all steps. */
export interface TimedRun extends ReproductionRun {
  /** By step, in milliseconds. */
  ms: readonly number[];
}

interface Running {
  request: RunRequest;
  session: Session;
  workspaces: Map<string, Workspace | string>;
  steps: (StepRun | null)[];
  controls: (NegControl | null)[];
  ms: number[];
  releases: (() => void)[];
  scripts: number;
  isolation: Isolation | null;
  /** Why the steps that are left are not run. */
  stopped: string | null;
}

/** A step that names no limit is ended after this long. */
export const defaultLimitMs = 120_000;

/** Runs all steps `times` times in one session. The workspaces are kept from one time to the next, with tracked files as they were. */
export async function runReproduction(request: RunRequest, session: Session, times: number): Promise<TimedRun[]> {
  // Files that are checked out and made get the same modes for everybody; the folder around them is closed to others.
  const umask = process.umask(0o022);
  try {
    return await runTimes(request, session, times);
  } finally {
    process.umask(umask);
  }
}

async function runTimes(request: RunRequest, session: Session, times: number): Promise<TimedRun[]> {
  const workspaces = new Map<string, Workspace | string>();
  const runs: TimedRun[] = [];
  for (let turn = 0; turn < times && !request.aborted(); turn += 1) {
    if (turn > 0) for (const workspace of workspaces.values()) if (typeof workspace !== 'string') await resetWorkspace(workspace);
    // A tool that prints the time shows it only where two runs do not fall into one second.
    if (turn > 0) await pause(1000 - (Date.now() % 1000));
    request.progress(times > 1 ? `run ${turn + 1} of ${times}` : 'run');
    // Each time has a network of its own: no port is taken there yet.
    const isolation = request.isolate ? await openIsolation() : null;
    try {
      runs.push(await runOnce({ request, session, workspaces, steps: request.steps.map(() => null), controls: request.steps.map(() => null), ms: request.steps.map(() => 0), releases: [], scripts: 0, isolation, stopped: null }));
    } finally {
      isolation?.close();
    }
    // What has passed a limit would do so again, and says nothing beside a run that has not.
    const ended = runs.find(({ steps }) => steps.some((step) => step?.unusable?.outcome === 'killed'));
    if (ended !== undefined) return [ended];
  }
  return runs;
}

async function runOnce(running: Running): Promise<TimedRun> {
  const { steps } = running.request;
  const sections = sectionsOf(steps);
  const head = await workspaceOf(running, running.request.head);
  if (typeof head !== 'string') await layChanges(running, head);
  for (const section of sections) {
    if (section.role === 'teardown') continue;
    if (running.request.aborted()) running.stopped ??= 'the run was broken off';
    if (section.role === 'neg') await runNeg(running, section);
    else for (const index of section.steps) await runStep(running, index);
  }
  running.stopped = null;
  for (const section of sections) if (section.role === 'teardown') for (const index of section.steps) await runStep(running, index);
  for (const release of running.releases) release();
  await killRun(running.session);
  return { steps: running.steps, controls: running.controls, ms: running.ms };
}

/** Puts the uncommitted changes that are to be tested over the commit. */
async function layChanges({ request, workspaces }: Running, head: Workspace): Promise<void> {
  overlayFiles(request.repository.root, request.overlay, head);
  workspaces.set(request.head, { ...head, changes: await readChanges(head) });
}

async function runStep(running: Running, index: number): Promise<void> {
  const step = running.request.steps[index];
  if (step === undefined || step.commands.length === 0) return;
  const { run, ms } = running.stopped === null ? await runIn(running, running.request.commits[index] ?? running.request.head, step) : notRun('skipped', running.stopped);
  running.steps[index] = run;
  running.ms[index] = ms;
  running.request.progress(`${step.role}${step.line > 0 ? ` (line ${step.line})` : ''}: ${describe(run)}`);
  if (step.role === 'setup' && outcomeOf(step, run, running.request.redactions).outcome !== 'match') running.stopped ??= 'the setup did not succeed';
}

interface RunOfStep {
  run: StepRun;
  /** Of the commands alone, without what a workspace costs. */
  ms: number;
}

/** The commands of a step in the workspace of a commit. */
async function runIn(running: Running, commit: string, step: Step): Promise<RunOfStep> {
  const workspace = await workspaceOf(running, commit);
  if (typeof workspace === 'string') return notRun('infra', workspace);
  const { request } = running;
  // What passes has to be what is claimed, not what an earlier step has made of it.
  const changed = step.role === 'green' ? await changedSinceReady(workspace) : [];
  if (changed.length > 0) return notRun('infra', `an earlier step changed what is tested: ${changed.slice(0, 5).join(', ')}`);
  running.scripts += 1;
  const { home, tmp } = foldersOf(running);
  // A mark of its own for each: what one step leaves behind is ended without what the setup has started.
  const mark = `${running.session.mark}.${running.scripts}.`;
  const end = await runScript(scriptOf(step), {
    cwd: workspace.folder, environment: makeEnvironment(process.env, { home, tmp }, request.env, mark), limitMs: request.limitMs, keepsRunning: step.role === 'setup', mark,
    run: running.session, limits: defaultLimits(), within: running.isolation?.within ?? [],
  });
  if (step.role === 'setup') running.releases.push(end.release);
  if (end.notStarted !== null) return notRun('infra', `bash could not be started: ${end.notStarted}`);
  if (end.passed !== null) {
    running.stopped ??= `an earlier step was ended: ${end.passed}`;
    return notRun('killed', `it was ended: ${end.passed}`);
  }
  const [stdout, stderr] = [end.stdout, end.stderr].map(({ bytes }) => normaliseOutput(bytes, { root: workspace.folder, tmp, home }));
  for (const text of [stdout ?? '', stderr ?? '']) await request.masker.learn(text);
  const run: StepRun = {
    stdout: request.masker.mask(stdout ?? ''), stderr: request.masker.mask(stderr ?? ''), code: end.code, signal: end.signal, timedOut: end.timedOut,
    truncated: end.stdout.truncated || end.stderr.truncated, unusable: null,
  };
  return { run, ms: end.ms };
}

/** Where nothing is set up that the steps have to share, each has folders of its own, so that none can leave word for the next. */
function foldersOf({ request, session, scripts }: Running): RunFolders {
  if (request.steps.some(({ role }) => role === 'setup')) return session;
  const own = join(session.folder, `step-${scripts}-${randomUUID()}`);
  const folders = { home: join(own, 'home'), tmp: join(own, 'tmp') };
  for (const folder of [folders.home, folders.tmp]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folders;
}

/** The workspace of a commit, made and prepared when it is first needed; or why there is none. */
async function workspaceOf({ request, session, workspaces }: Running, commit: string): Promise<Workspace | string> {
  const known = workspaces.get(commit);
  if (known !== undefined) return known;
  const made = await prepareWorkspace(request, session, commit);
  workspaces.set(commit, made);
  return made;
}

/** A negative control: green right before it, the mutation, the check, and green again once it is taken back. */
async function runNeg(running: Running, section: Section): Promise<void> {
  const { request } = running;
  const [first = -1] = section.steps;
  const mutation = request.mutations.get(first);
  const workspace = mutation === undefined ? null : await workspaceOf(running, request.commits[first] ?? request.head);
  if (mutation === undefined || workspace === null || typeof workspace === 'string' || running.stopped !== null) {
    for (const index of section.steps) await runStep(running, index);
    return;
  }
  const green = request.steps[pairsOf(request.steps, section)[0]?.green ?? -1];
  const runGreen = async (): Promise<StepRun | null> => (green === undefined ? null : (await runIn(running, workspace.commit, green)).run);
  const before = await runGreen();
  const made = await mutate(workspace, mutation);
  const control = { mutation: mutation.kind === 'revert' ? ('revert' as const) : ('patch' as const), before };
  if (made.broken !== null) {
    running.controls[first] = { ...control, changed: null, broken: request.masker.mask(made.broken), after: null };
    return;
  }
  for (const index of section.steps) await runStep(running, index);
  const left = await made.undo();
  running.controls[first] = { ...control, changed: made.changed, broken: null, after: left === null ? await runGreen() : notRun('infra', left).run };
}

function notRun(outcome: 'infra' | 'skipped' | 'killed', why: string): RunOfStep {
  return { run: { stdout: '', stderr: '', code: null, signal: null, timedOut: false, truncated: false, unusable: { outcome, why } }, ms: 0 };
}

function describe(run: StepRun): string {
  if (run.unusable !== null) return run.unusable.why;
  return run.timedOut ? 'time limit' : (run.signal ?? `exit ${run.code ?? '?'}`);
}
