import { weighContainers } from './weigh-containers.ts';

/**
 * Costs in microseconds, measured on remark with gfm (see the bench). They need not be exact: they tell a long text from one that was
 * made to stop a parser, and bound the sum of a file without a look at the clock, so that the same bytes always read the same.
 */
const perByte = 0.6;
const perLine = 20;
const perMark = 12;
/** Emphasis marks and brackets look back over those before them. */
const perPairOfMarks = 0.005;
/** Emphasis in emphasis and brackets in brackets: each level copies all that is in it. */
const perCubeOfLevels = 0.002;
/** What nothing closes (a code span, a comment) is looked for up to the end of the paragraph. */
const perSearchedByte = 0.02;
/** A quote or a list item that a line opens. */
const perContainer = 45;
/** Each line walks through all containers that are open; lists nest by two columns at least. */
const perNestedColumn = 8;

/** Levels of emphasis that use up the stack of what walks the tree are some 1,000. */
const deepestEmphasis = 500;

export interface RunWeight {
  cost: number;
  /** Part of the cost that stands for nesting and for what is never closed. */
  depthCost: number;
  /** Quotes, lists or marks stand too deep in each other. */
  tooDeep: boolean;
}

const marks = new Uint8Array(128);
for (const mark of '*_~[]<`&|\\!@:') marks[mark.charCodeAt(0)] = 1;

/** What it costs to parse some lines without a blank line between: an upper bound where it is long: searches end sooner in truth, and less is nested. */
export function weighRun(written: string): RunWeight {
  const run = written.includes('\r') ? written.replace(/\r\n?/g, '\n') : written;
  const { lines, containers, nestedColumns, tooDeep } = weighContainers(run);
  let cost = run.length * perByte + lines * perLine + containers * perContainer + nestedColumns * perNestedColumn;
  // Too short to hold a trap, and most runs are: no need to count.
  if (run.length < 256) return { cost: cost * 1.5, depthCost: 0, tooDeep };
  cost += countMarks(run) * perMark;
  let depthCost = 0;
  let deepest = 0;
  for (const inline of inlineContexts(run)) {
    const { levels, marks } = boundLevels(inline);
    deepest = Math.max(deepest, levels);
    depthCost += marks ** 2 * perPairOfMarks + levels ** 3 * perCubeOfLevels + (searchedForTicks(inline) + searchedForHtml(inline)) * perSearchedByte;
  }
  return { cost: cost + depthCost, depthCost, tooDeep: tooDeep || deepest > deepestEmphasis };
}

function countMarks(run: string): number {
  let count = 0;
  for (let at = 0; at < run.length; at++) {
    const code = run.charCodeAt(at);
    if (code < 128) count += marks[code] ?? 0;
  }
  return count;
}

/** Inline marks pair within a paragraph, so within a run at most; in a table within a row. Only what is surely a table counts as one. */
function inlineContexts(run: string): string[] {
  if (!run.startsWith('|')) return [run];
  const rows = run.split('\n');
  const [head = '', delimiters = ''] = rows;
  if (head.includes('\\') || !/^\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t\r]*$/.test(delimiters) || !/\|[ \t\r]*$/.test(head)) return [run];
  if (head.split('|').length !== delimiters.split('|').length) return [run];
  const end = rows.findIndex((row) => !row.startsWith('|'));
  return end === -1 ? rows : [...rows.slice(0, end), rows.slice(end).join('\n')];
}

/**
 * No less than the levels to which `text` nests emphasis, strikes and brackets (of each mark, the openers before and the closers after some
 * point), and the number of their marks.
 */
function boundLevels(text: string): { levels: number; marks: number } {
  const stars = delimitersOf(text, /\*+/g);
  // Between letters, as in snake_case, it marks nothing.
  const underscores = delimitersOf(text, /(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])/g);
  const tildes = delimitersOf(text, /~+/g);
  const brackets = [...text.matchAll(/[[\]]/g)].map(([bracket]) => ({ opens: bracket === '[' ? 1 : 0, closes: bracket === '[' ? 0 : 1 }));
  const kinds = [stars, underscores, tildes, brackets];
  return { levels: kinds.reduce((sum, kind) => sum + boundPairs(kind), 0), marks: kinds.reduce((sum, kind) => sum + kind.length, 0) };
}

interface Delimiter {
  opens: number;
  closes: number;
}

/** A run of marks opens before a character that is no blank, and closes after one; two marks make one level of strong emphasis. */
function delimitersOf(text: string, runs: RegExp): Delimiter[] {
  return [...text.matchAll(runs)].map(({ 0: marks, index }) => {
    const levels = Math.ceil(marks.length / 2);
    const before = text[index - 1] ?? ' ';
    const after = text[index + marks.length] ?? ' ';
    return { opens: after.trim() === '' ? 0 : levels, closes: before.trim() === '' ? 0 : levels };
  });
}

function boundPairs(delimiters: readonly Delimiter[]): number {
  let closersAfter = 0;
  for (const { closes } of delimiters) closersAfter += closes;
  let openersBefore = 0;
  let bound = 0;
  for (const { opens, closes } of delimiters) {
    bound = Math.max(bound, Math.min(openersBefore, closersAfter));
    openersBefore += opens;
    closersAfter -= closes;
  }
  return bound;
}

/** Each run of back-ticks looks for the next one of its length; after an escape it is one shorter. */
function searchedForTicks(run: string): number {
  if (!run.includes('`')) return 0;
  const next = new Map<number, number>();
  let searched = 0;
  for (const found of [...run.matchAll(/`+/g)].reverse()) {
    const length = found[0].length;
    let end = next.get(length) ?? run.length;
    if (run[found.index - 1] === '\\') end = Math.max(end, next.get(length - 1) ?? run.length);
    searched += end - found.index;
    next.set(length, found.index);
  }
  return searched;
}

const htmlEnds: readonly [start: string, end: string][] = [['<!--', '-->'], ['<![CDATA[', ']]>'], ['<?', '?>'], ['<', '>']];

function searchedForHtml(run: string): number {
  const next = new Map<string, number>();
  let searched = 0;
  for (let at = run.indexOf('<'); at !== -1; at = run.indexOf('<', at + 1)) {
    const end = htmlEnds.find(([start]) => run.startsWith(start, at))?.[1] ?? '>';
    let found = next.get(end) ?? 0;
    if (found < at) {
      found = run.indexOf(end, at);
      if (found === -1) found = run.length;
      next.set(end, found);
    }
    searched += found - at;
  }
  return searched;
}
