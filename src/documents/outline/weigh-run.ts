/**
 * Costs in microseconds, measured on remark with gfm (see the bench). They need not be exact: they tell a long text from one that was
 * made to stop a parser, and keep the sum of a file in bounds without a look at the clock, so that the same bytes always read the same.
 */
const perByte = 0.6;
const perLine = 20;
const perMark = 12;
/** Each emphasis mark or bracket looks back over those before it. */
const perPairOfMarks = 0.005;
/** A code span or HTML that nothing closes is looked for up to the end of the paragraph. */
const perSearchedByte = 0.02;
/** Every line walks through all the containers that are open. */
const perNestedColumn = 10;
const perPairOfLines = 0.01;

/** Nesting that no reader follows. 100 levels take remark 90 ms, 200 half a second, 2000 never end. */
const deepest = 100;

export interface RunWeight {
  cost: number;
  /** Quotes or lists stand deeper in each other than `deepest`. */
  tooDeep: boolean;
}

const marks = new Uint8Array(128);
for (const mark of '*_~[]<`&|\\!@:>') marks[mark.charCodeAt(0)] = 1;

const LF = 10;
const LESS = 60;
const BACKTICK = 96;

/** What it would cost to parse the text from `start` to `end`, which has no blank line. */
export function weighRun(text: string, start: number, end: number, lines: number): RunWeight {
  const size = end - start;
  // Nothing so short can cost much more than its size says.
  if (size < 256) return { cost: size * 2 * perByte + lines * 2 * perLine, tooDeep: weighContainers(text, start, end).tooDeep };
  const containers = weighContainers(text, start, end);
  let count = 0;
  let searched = 0;
  const ends = openEnds(text, end);
  const lastTicks = new Map<number, number>();
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code > 127 || marks[code] === 0) continue;
    count++;
    if (code === LESS) searched += ends(at) - at;
    else if (code === BACKTICK) {
      const length = ticksAt(text, at, end);
      searched += searchForTicks(lastTicks, length, at);
      at += length - 1;
    }
  }
  for (const at of lastTicks.values()) searched += end - at;
  const cost =
    size * perByte + lines * perLine + lines * lines * perPairOfLines + count * perMark + count * count * perPairOfMarks +
    searched * perSearchedByte + containers.cost;
  return { cost, tooDeep: containers.tooDeep };
}

function ticksAt(text: string, at: number, end: number): number {
  let next = at;
  while (next < end && text.charCodeAt(next) === BACKTICK) next++;
  return next - at;
}

/** A run of back-ticks is searched from the last run of its length, which an escape before it makes one shorter. */
function searchForTicks(lastTicks: Map<number, number>, length: number, at: number): number {
  let searched = 0;
  for (const open of [length, length + 1]) {
    const from = lastTicks.get(open);
    if (from !== undefined && open === length) searched += at - from;
  }
  lastTicks.set(length, at);
  return searched;
}
