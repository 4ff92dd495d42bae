import { pairsOf, sectionsOf } from '../judge/sections.ts';
import type { StepRun } from '../judge/step-outcome.ts';
import { compilePattern, type Redactions } from '../match/compile-pattern.ts';
import { observeOutput } from '../match/observe-output.ts';
import { outputLines } from '../match/output-lines.ts';
import type { Observation, Step, Stream } from '../types.ts';
import { unifyLines } from './unify-lines.ts';

/** A line that differed from run to run, and the pattern that was put in its place; null where there is none that is safe. */
export interface Unstable {
  step: number;
  stream: Stream;
  /** 1-based, of the output. */
  outputLine: number;
  seen: string[];
  pattern: string | null;
}

export interface ProposedContract {
  steps: Step[];
  unstable: Unstable[];
}

/** Longer outputs stand in a contract with their ends only; the receipt has all of it. */
const mostLines = 120;
const keptLines = 40;

/**
 * Writes down what steps printed as their contracts, from one or more runs by step. What every run printed stands there to the letter, what differed
 * becomes a pattern; but never where the pattern would accept what a step of the other colour printed there. Red and neg have to fail, so that a
 * success is not taken down for one: their contract then asks for a failure, and the verdict says that it did not come.
 */
export function proposeContract(steps: readonly Step[], runs: readonly (readonly (StepRun | null)[])[], redactions: Redactions): ProposedContract {
  const unstable: Unstable[] = [];
  const drafts = steps.map((step, index) => draftOf(step, runs.flatMap((run) => run[index] ?? []), redactions));
  const observed = drafts.map((draft, index): Observation[] => {
    const rivals = rivalsOf(steps, index).flatMap((rival) => drafts[rival] ?? []);
    const output = (['stdout', 'stderr'] as const).flatMap((stream) => settle(draft, stream, rivals, { step: index, unstable }, redactions));
    return output.concat(statusOf(draft));
  });
  return { steps: steps.map((step, index) => withObservations(step, observed[index] ?? [])), unstable };
}

function withObservations(step: Step, observations: Observation[]): Step {
  return { ...step, observations };
}

interface DraftLine {
  seen: string[];
  pattern: string | null;
}

interface Draft {
  step: Step;
  runs: StepRun[];
  lines: Record<Stream, DraftLine[] | null>;
}

function draftOf(step: Step, runs: StepRun[], redactions: Redactions): Draft {
  const usable = runs.filter((run) => run.unusable === null);
  return { step, runs: usable, lines: { stdout: linesOf(usable, 'stdout', redactions), stderr: linesOf(usable, 'stderr', redactions) } };
}

/** The lines of a stream over all runs; null where the runs have different numbers of them. */
function linesOf(runs: readonly StepRun[], stream: Stream, redactions: Redactions): DraftLine[] | null {
  const all = runs.map((run) => outputLines(run[stream]));
  const [first = []] = all;
  if (all.some((lines) => lines.length !== first.length)) return null;
  return first.map((line, at) => {
    const seen = [...new Set(all.map((lines) => lines[at] ?? ''))];
    return { seen, pattern: seen.length === 1 ? null : unifyLines(seen, redactions) };
  });
}

/** The steps that a step is put beside by its judge: green beside red and neg, and the other way round. */
function rivalsOf(steps: readonly Step[], index: number): number[] {
  const pairs = sectionsOf(steps).filter(({ role }) => role === 'red' || role === 'neg').flatMap((section) => pairsOf(steps, section));
  return pairs.flatMap(({ failing, green }) => (failing === index ? [green] : green === index ? [failing] : []));
}

interface Findings {
  step: number;
  unstable: Unstable[];
}

function settle(draft: Draft, stream: Stream, rivals: readonly Draft[], { step, unstable }: Findings, redactions: Redactions): Observation[] {
  const lines = draft.lines[stream];
  const observations = lines === null ? commonEnds(draft, stream) : lines.map((line, at): Observation => {
    const [literal] = observeOutput(`${line.seen[0] ?? ''}\n`, stream);
    const plain: Observation = literal ?? { text: '', stream, mode: 'plain', note: null, line: 0 };
    const passing = patternOfMoment(line, at, stream, rivals, redactions);
    if (line.seen.length === 1 && passing === null) return plain;
    const pattern = passing ?? (line.pattern !== null && isSafe(line.pattern, at, stream, rivals, redactions) ? line.pattern : null);
    unstable.push({ step, stream, outputLine: at + 1, seen: line.seen, pattern });
    return pattern === null ? plain : { text: pattern, stream, mode: 'pattern', note: null, line: 0 };
  });
  if (lines === null) unstable.push({ step, stream, outputLine: 1, seen: draft.runs.map((run) => `${outputLines(run[stream]).length} lines`), pattern: '…' });
  return observations.length <= mostLines ? observations : [...observations.slice(0, keptLines), anyLines(stream), ...observations.slice(-keptLines)];
}

/**
 * The pattern of a line that tells of the moment and nothing else: it came out differently from run to run, here or in the step beside it, and all that
 * differs is a time, a duration, a name of a temporary file or the like. That two runs fell into one second makes no line of it.
 */
function patternOfMoment(line: DraftLine, at: number, stream: Stream, rivals: readonly Draft[], redactions: Redactions): string | null {
  const beside = rivals.flatMap((rival) => rival.lines[stream]?.[at] ?? []);
  if (![line, ...beside].some(({ seen }) => seen.length > 1)) return null;
  const pattern = unifyLines([...new Set([line, ...beside].flatMap(({ seen }) => seen))], redactions);
  const names = pattern?.match(/\[[A-Z.]+\]/g)?.filter((name) => !(line.seen[0] ?? '').includes(name)) ?? [];
  return pattern !== null && names.length > 0 && names.every((name) => ofMoment.has(name)) ? pattern : null;
}

const ofMoment: ReadonlySet<string> = new Set(['[TIME]', '[DATE]', '[DUR]', '[TMP]', '[UUID]']);

/** Whether a pattern leaves red and green apart: a rival's line there is the same pattern, or is not accepted. */
function isSafe(pattern: string, at: number, stream: Stream, rivals: readonly Draft[], redactions: Redactions): boolean {
  const compiled = compilePattern(pattern, redactions);
  return rivals.every((rival) => {
    const line = rival.lines[stream]?.[at];
    return line === undefined || line.pattern === pattern || !compiled.ok || !line.seen.some(compiled.accepts);
  });
}

/** What runs of different length have in common at their ends. */
function commonEnds(draft: Draft, stream: Stream): Observation[] {
  const [first = [], ...others] = draft.runs.map((run) => outputLines(run[stream]));
  const same = (at: (lines: readonly string[]) => string | undefined): boolean => at(first) !== undefined && others.every((lines) => at(lines) === at(first));
  let head = 0;
  while (same((lines) => lines[head])) head += 1;
  const most = Math.min(...[first, ...others].map((lines) => lines.length)) - head;
  let tail = 0;
  while (tail < most && same((lines) => lines.at(-1 - tail))) tail += 1;
  const text = (lines: readonly string[]): string => (lines.length === 0 ? '' : `${lines.join('\n')}\n`);
  return [...observeOutput(text(first.slice(0, head)), stream), anyLines(stream), ...observeOutput(text(first.slice(first.length - tail)), stream)];
}

function anyLines(stream: Stream): Observation {
  return { text: '…', stream, mode: 'plain', note: null, line: 0 };
}

function statusOf({ step, runs }: Draft): Observation[] {
  const [run] = runs;
  const failing = step.role === 'red' || step.role === 'neg';
  if (run === undefined) return [];
  const ended = run.timedOut ? 'timeout' : (run.signal ?? String(run.code));
  const text = failing ? (run.code === 0 ? '!0' : ended) : '0';
  const note: Observation['note'] = failing ? { verdict: 'fails', text: '' } : step.role === 'green' ? { verdict: 'passes', text: '' } : null;
  return [{ text, stream: 'stdout', mode: 'status', note, line: 0 }];
}
