import type { Redactions } from '../match/compile-pattern.ts';
import type { Step } from '../types.ts';
import { pairsOf, sectionsOf } from './sections.ts';
import type { Pair, Section } from './sections.ts';
import { keepsWrittenContract } from './step-outcome.ts';
import type { StepRun } from './step-outcome.ts';

/** How a pair of steps compares when each output is held against the other's contract. */
export interface CrossedPair extends Pair {
  /** What the failing step printed satisfies what green expects. */
  readonly failingPassesGreen: boolean;
  /** What green printed satisfies what the failing step expects. */
  readonly greenPassesFailing: boolean;
}

/** A red section or negative control whose contract cannot be told from green's by any of its steps. */
export interface Vacuity {
  readonly section: Section;
  readonly pairs: readonly CrossedPair[];
  readonly why: string;
}

/**
 * Finds the sections that prove nothing because one output satisfies the other's contract: a lone `…`, a pattern that
 * is too wide, a check of an exit status that never changes. Executes nothing.
 */
export function crossMatch(steps: readonly Step[], runs: readonly (StepRun | null)[], redactions: Redactions): Vacuity[] {
  return sectionsOf(steps).flatMap((section) => {
    if (section.role !== 'red' && section.role !== 'neg') return [];
    const pairs = crossPairs(steps, runs, section, redactions);
    const [first] = pairs;
    if (first === undefined || pairs.some((pair) => !pair.failingPassesGreen && !pair.greenPassesFailing)) return [];
    return [{ section, pairs, why: explain(first, steps) }];
  });
}

function crossPairs(steps: readonly Step[], runs: readonly (StepRun | null)[], section: Section, redactions: Redactions): CrossedPair[] {
  return pairsOf(steps, section).flatMap((pair) => {
    const failing = steps[pair.failing];
    const green = steps[pair.green];
    const failed = runs[pair.failing] ?? null;
    const passed = runs[pair.green] ?? null;
    if (failing === undefined || green === undefined || failed === null || passed === null) return [];
    if (failed.unusable !== null || passed.unusable !== null) return [];
    return [{
      ...pair,
      failingPassesGreen: keepsWrittenContract(green, failed, redactions),
      greenPassesFailing: keepsWrittenContract(failing, passed, redactions),
    }];
  });
}

function explain(pair: CrossedPair, steps: readonly Step[]): string {
  const failing = `${steps[pair.failing]?.role ?? ''} (line ${String(steps[pair.failing]?.line)})`;
  const green = `green (line ${String(steps[pair.green]?.line)})`;
  return pair.failingPassesGreen ? `what ${failing} printed satisfies what ${green} expects` : `what ${green} printed satisfies what ${failing} expects`;
}
