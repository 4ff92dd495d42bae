import { escapeControls } from './escape-controls.ts';
import { isAnyLines } from './any-lines.ts';
import { outputLines } from './output-lines.ts';
import { compileObservation } from './compile-observation.ts';
import type { Redactions } from './compile-pattern.ts';
import type { Observation, Stream } from '../types.ts';

/** The first place where output and contract part. */
export interface Difference {
  readonly stream: Stream | 'status';
  /** Line in the document; null where the contract has ended and the output has not. */
  readonly line: number | null;
  /** 1-based line of the output; null where the output has ended. */
  readonly outputLine: number | null;
  readonly expected: string | null;
  readonly got: string | null;
  readonly message: string;
}

interface ContractLine {
  readonly observation: Observation;
  readonly accepts: (line: string) => boolean;
}

/**
 * Compares one stream with the lines that a step expects of it, all of them and in order; null when they agree. A
 * stream of which nothing is expected agrees with anything. A pattern that does not compile accepts nothing.
 */
export function matchStream(observations: readonly Observation[], stream: Stream, output: string, redactions: Redactions): Difference | null {
  const contract = observations.filter((each) => each.stream === stream && each.mode !== 'status').flatMap(singleLines);
  if (contract.length === 0) return null;
  const lines = outputLines(output);
  const [only] = contract;
  if (contract.length === 1 && only?.text === '' && lines.length === 0) return null;
  return matchSegments(segmentsOf(contract, redactions), lines, stream);
}

/** Loose blocks hold several lines in one observation. */
function singleLines(observation: Observation): Observation[] {
  if (!observation.text.includes('\n')) return [observation];
  const { stream, mode, note, line } = observation;
  return observation.text.split('\n').map((text) => ({ text, stream, mode, note, line }));
}

/** The stretches between the places where any lines may stand. */
function segmentsOf(contract: readonly Observation[], redactions: Redactions): ContractLine[][] {
  const segments: ContractLine[][] = [[]];
  for (const observation of contract) {
    if (isAnyLines(observation)) {
      segments.push([]);
      continue;
    }
    const compiled = compileObservation(observation, redactions);
    segments.at(-1)?.push({ observation, accepts: compiled.ok ? compiled.accepts : () => false });
  }
  return segments;
}

/**
 * The first stretch stands at the start and the last one at the end; those between are looked for from the left, which
 * finds a fit whenever there is one, since no stretch can grow.
 */
function matchSegments(segments: readonly ContractLine[][], lines: readonly string[], stream: Stream): Difference | null {
  const first = segments[0] ?? [];
  const atStart = differenceAt(first, lines, 0, stream);
  if (atStart !== null) return atStart;
  if (segments.length === 1) return first.length === lines.length ? null : extraLine(lines, first.length, stream);
  let from = first.length;
  for (const segment of segments.slice(1, -1)) {
    const found = findSegment(segment, lines, from);
    if (found < 0) return missing(segment, lines.length, stream);
    from = found + segment.length;
  }
  const last = segments.at(-1) ?? [];
  const end = lines.length - last.length;
  if (end < from) return missing(last, lines.length, stream);
  return differenceAt(last, lines, end, stream);
}

/** So many lines are compared for one stretch, then it counts as missing: a contract may not take for ever to judge. */
const mostComparisons = 5_000_000;

function findSegment(segment: readonly ContractLine[], lines: readonly string[], from: number): number {
  const lastStart = lines.length - segment.length;
  let left = mostComparisons;
  for (let at = from; at <= lastStart; at += 1) {
    const refused = segment.findIndex((line, index) => !line.accepts(lines[at + index] ?? ''));
    if (refused < 0) return at;
    left -= refused + 1;
    if (left < 0) return -1;
  }
  return -1;
}

function differenceAt(segment: readonly ContractLine[], lines: readonly string[], at: number, stream: Stream): Difference | null {
  const index = segment.findIndex((line, offset) => at + offset >= lines.length || !line.accepts(lines[at + offset] ?? ''));
  const expected = segment[index]?.observation;
  if (expected === undefined) return null;
  const got = lines[at + index];
  return describe(stream, expected, got === undefined ? null : { text: got, line: at + index + 1 });
}

function missing(segment: readonly ContractLine[], after: number, stream: Stream): Difference | null {
  const expected = segment[0]?.observation;
  return expected === undefined ? null : { ...describe(stream, expected, null), message: `Expected ${nameOf(stream)} to hold ${quote(expected.text)} among its ${String(after)} lines` };
}

function extraLine(lines: readonly string[], at: number, stream: Stream): Difference {
  const got = escapeControls(lines[at] ?? '');
  return { stream, line: null, outputLine: at + 1, expected: null, got, message: `Unexpected ${quote(got)}, expected the end of ${nameOf(stream)}` };
}

function describe(stream: Stream, expected: Observation, got: { text: string; line: number } | null): Difference {
  const text = got === null ? null : escapeControls(got.text);
  return {
    stream, line: expected.line, outputLine: got?.line ?? null, expected: expected.text, got: text,
    message: `Unexpected ${text === null ? `end of ${nameOf(stream)}` : quote(text)}, expected ${quote(expected.text)}`,
  };
}

function nameOf(stream: Stream): string {
  return stream === 'stdout' ? 'the output' : 'the error output';
}

function quote(text: string): string {
  return JSON.stringify(escapeControls(text.length > 120 ? `${text.slice(0, 119)}…` : text));
}
