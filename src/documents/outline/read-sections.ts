import { findConflicts } from './find-conflicts.ts';
import { maskLines } from './mask-lines.ts';
import { readBlocks, type Part, type ReadOptions } from './read-part.ts';
import { scanSections } from './scan-sections.ts';
import type { Stretch } from './scan-state.ts';
import type { Source } from './source.ts';
import type { Block, Placed } from './types.ts';
import { weighStretch, type StretchWeight } from './weigh-stretch.ts';

/** A stretch of a document that starts with a heading in column 0, or at the start of the file. Its place is known without a parse. */
export interface Section extends Placed {
  /** The heading as written, without its marks; null for what stands before the first one and for a document read at once. */
  heading: string | null;
  /** 1 to 6; 0 where `heading` is null. */
  depth: number;
  /** As it stands in the file. */
  text(): string;
  /** In lines of the document. Parsed when asked for, unless it is known. */
  blocks(): Promise<Block[]>;
}

export interface SectionsRead {
  sections: Section[];
  /** Why the document is read at once, as one section; null where it is divided. */
  whole: string | null;
  /** Why the sections may differ from what remark makes of the whole, where the document was too large to read it at once; else null. */
  unsure: string | null;
  /** What went through remark so far. */
  parsed: { sections: number; bytes: number };
}

/** Where the scanner is not sure, a text up to this size is read at once: remark needs some two seconds for it, and twice that for the double. */
const longestWhole = 500_000;
/** Cost of a whole file in microseconds; what comes after that is left out as too large. */
const dearestFile = 4_000_000;

/**
 * The sections of a document, each parsed only when its blocks are asked for, and not at all where `known` has them. Together they give what
 * remark gives for the whole, but for merge conflicts and what is too large or too deep: these become `unread` blocks. What is left out
 * depends on the bytes alone, never on what is known or on the time that something took.
 */
export function readSections(source: Source, options: ReadOptions = {}): SectionsRead {
  const { lineStarts } = source;
  const conflicts = findConflicts(source.text, lineStarts);
  const text = conflicts.length === 0 ? source.text : maskLines(source.text, lineStarts, conflicts);
  const { stretches, unsure } = scanSections(text, lineStarts);
  const parsed = { sections: 0, bytes: 0 };
  const toPart = (stretch: Stretch, weight: StretchWeight): Part => ({ text, lineStarts, stretch, weight, conflicts, sure: unsure === null, parsed });
  if (unsure !== null && text.length <= longestWhole) {
    const all = joinStretches(stretches, source.lines);
    const weight = weighStretch(text, lineStarts, all);
    if (weight.why === null) return { sections: [toSection(source, toPart(all, weight), options)], whole: unsure, unsure: null, parsed };
  }
  let cost = 0;
  const sections = stretches.map((stretch) => {
    const weight = weighStretch(text, lineStarts, stretch);
    if (weight.why === null) cost += weight.cost;
    if (cost > dearestFile) weight.why ??= 'too large: the limit for one file is reached before this section';
    return toSection(source, toPart(stretch, weight), options);
  });
  return { sections, whole: null, unsure, parsed };
}

function joinStretches(stretches: readonly Stretch[], lines: number): Stretch {
  const frontMatter = stretches[0]?.frontMatter ?? false;
  return { line: 1, endLine: lines, headed: false, frontMatter, cuts: [], runs: stretches.flatMap((stretch) => stretch.runs), leaves: stretches.reduce((sum, stretch) => sum + stretch.leaves, 0), endsOpen: true };
}

function toSection(source: Source, part: Part, options: ReadOptions): Section {
  const { line, endLine, headed } = part.stretch;
  const { depth, heading } = headed ? headingOf(source.sliceLines(line, line)) : { depth: 0, heading: null };
  return { line, endLine, heading, depth, text: () => source.sliceLines(line, endLine), blocks: () => readBlocks(part, options) };
}

function headingOf(line: string): { depth: number; heading: string } {
  let depth = 0;
  while (line[depth] === '#') depth++;
  const written = line.slice(depth).trim();
  let end = written.length;
  while (written[end - 1] === '#') end--;
  // A closing run of # needs a blank before it: `# C#` keeps its own.
  const closed = end === 0 || /[ \t]/.test(written[end - 1] ?? '');
  return { depth, heading: closed ? written.slice(0, end).trimEnd() : written };
}
