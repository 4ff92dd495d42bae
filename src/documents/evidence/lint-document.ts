import { findReasoning } from '../../repro/lint/find-reasoning.ts';
import type { KnownOutputs } from '../../repro/lint/find-paraphrases.ts';
import { lintReproduction } from '../../repro/lint/lint-reproduction.ts';
import type { LintFinding } from '../../repro/lint/types.ts';
import type { Redactions } from '../../repro/match/compile-pattern.ts';
import type { Step } from '../../repro/types.ts';
import type { Block } from '../outline/types.ts';
import type { Source } from '../outline/source.ts';
import { findEvidence, type FoundReproduction } from './find-evidence.ts';

/** Lines of a document that belong together: a journal entry, a claim. */
export interface ProsePart {
  line: number;
  endLine: number;
}

export interface DocumentLintInput {
  blocks: readonly Block[];
  source: Source;
  /** Where reasoning in the place of a run is looked for. */
  parts: readonly ProsePart[];
  redactions: Redactions;
  /** What commands are known to have printed, from receipts. */
  known: KnownOutputs;
}

export interface LintedReproduction {
  found: FoundReproduction;
  findings: LintFinding[];
}

export interface DocumentLint {
  reproductions: LintedReproduction[];
  /** Of the prose, and of receipts gone astray. */
  findings: LintFinding[];
}

/** What the reproductions of one document lack, and what its prose says was only reasoned. Pure; executes nothing. */
export function lintDocument({ blocks, source, parts, redactions, known }: DocumentLintInput): DocumentLint {
  const evidence = findEvidence(blocks);
  const reproductions = evidence.reproductions.map((found) => ({
    found,
    findings: lintReproduction(found.reproduction, { recorded: found.receipt !== null, redactions, known }),
  }));
  const quoted = quotedLines(blocks);
  const findings = parts.flatMap((part) => {
    const lines = linesOf(part).filter((line) => !quoted.has(line)).map((line) => ({ text: source.sliceLines(line, line).trimEnd(), line }));
    const own = evidence.reproductions.filter(({ code }) => code.line >= part.line && code.endLine <= part.endLine);
    return findReasoning(lines, own.some(({ reproduction }) => reproduction.steps.some(isRunNeg)));
  });
  return { reproductions, findings };
}

function isRunNeg(step: Step): boolean {
  return step.role === 'neg' && !step.guessed && step.commands.length > 0;
}

function linesOf({ line, endLine }: ProsePart): number[] {
  return Array.from({ length: endLine - line + 1 }, (_, index) => line + index);
}

/** Lines of fences, of indented code and of HTML: they quote, or hold receipts. */
function quotedLines(blocks: readonly Block[]): Set<number> {
  const lines = new Set<number>();
  const visit = (block: Block): void => {
    if (block.type === 'code' || block.type === 'html') for (const line of linesOf(block)) lines.add(line);
    if (block.type === 'quote' || block.type === 'other') block.children.forEach(visit);
    if (block.type === 'list') for (const item of block.items) item.children.forEach(visit);
  };
  blocks.forEach(visit);
  return lines;
}
