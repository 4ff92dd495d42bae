import type { Problem, Reproduction } from '../types.ts';
import { compileObservation } from './compile-observation.ts';
import type { Redactions } from './compile-pattern.ts';

/**
 * The patterns of a reproduction that do not compile. Apart from reading, because the RE2 engine takes longer to load
 * than a journal takes to read.
 */
export function checkPatterns(reproduction: Reproduction, redactions: Redactions): Problem[] {
  return reproduction.steps.flatMap((step) => step.observations).flatMap((observation) => {
    const compiled = compileObservation(observation, redactions);
    return compiled.ok ? [] : [{ rule: 'bad-pattern', line: observation.line, message: compiled.message }];
  });
}
