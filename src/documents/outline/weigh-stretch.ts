import { type RunWeight, weighRun } from './weigh-run.ts';
import type { Stretch } from './scan-state.ts';
import type { Unread } from './types.ts';

/** A run that costs more is left out, and the rest of its section read. Microseconds. */
const dearestRun = 700_000;
/** A section of more characters or of more cost is left out as a whole. */
const longestStretch = 1_000_000;
const dearestStretch = 2_000_000;
/** A section for itself, its heading included. */
const perStretch = 120;
/** A fence or an HTML block of the document's own level. */
const perLeaf = 60;
/** A blank line, or one in a fence or an HTML block. */
const perQuietLine = 8;
/** remark slows down with the length of what it gets at once: what takes this long when cut small takes twice as long in one piece. */
const slowing = 250_000;

export interface StretchWeight {
  /** What it costs to parse the stretch, in microseconds. */
  cost: number;
  /** Runs that are not to be parsed, in lines of the document. */
  unread: Unread[];
  /** Why the whole stretch is not to be parsed, or null. */
  why: string | null;
}

export function weighStretch(text: string, lineStarts: readonly number[], stretch: Stretch): StretchWeight {
  const size = (lineStarts[stretch.endLine] ?? text.length) - (lineStarts[stretch.line - 1] ?? 0);
  if (size > longestStretch) return { cost: 0, unread: [], why: `too large: ${size} characters in one section, more than ${longestStretch}` };
  const unread: Unread[] = [];
  let cost = perStretch + stretch.leaves * perLeaf;
  let piece = 0;
  let quietLines = stretch.endLine - stretch.line + 1;
  let cut = 0;
  for (let at = 0; at < stretch.runs.length; at += 2) {
    const line = stretch.runs[at] ?? 0;
    const endLine = stretch.runs[at + 1] ?? 0;
    quietLines -= endLine - line + 1;
    for (; (stretch.cuts[cut]?.line ?? Infinity) <= line; cut++) {
      cost += slowed(piece);
      piece = 0;
    }
    const run = weighRun(text.slice(lineStarts[line - 1], lineStarts[endLine]));
    const why = whyNot(run);
    if (why === null) piece += run.cost;
    else unread.push({ type: 'unread', line, endLine, why });
  }
  cost += slowed(piece) + quietLines * perQuietLine;
  const why = cost > dearestStretch ? `too large: a section of ${stretch.endLine - stretch.line + 1} lines and ${size} characters` : null;
  return { cost, unread, why };
}

function slowed(piece: number): number {
  return piece * (1 + piece / slowing);
}

function whyNot(run: RunWeight): string | null {
  if (run.tooDeep) return 'too deep: quotes, lists or marks in each other';
  if (run.cost <= dearestRun) return null;
  return run.depthCost > run.cost / 2 ? 'too deep: marks in each other, or never closed' : 'too large: lines without a blank line between';
}
