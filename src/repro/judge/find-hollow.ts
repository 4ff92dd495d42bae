import { scriptOf } from '../types.ts';
import type { Step } from '../types.ts';
import { includesInstrument, isWrapped, readInstrument, type Instrument } from './instrument.ts';
import { pairsOf, sectionsOf, type Pair, type Section } from './sections.ts';
import type { StepRun } from './step-outcome.ts';

/** A section whose outcome its own words made, not the code that it ran on. */
export interface Hollow {
  readonly section: Section;
  readonly verdict: 'vacuous' | 'toothless' | 'void';
  readonly why: string;
}

type Shape = Pick<Hollow, 'verdict' | 'why'>;

/**
 * Finds the red sections and negative controls of which no step shows anything of the code: it looks at nothing, it fails by its last words, a negative
 * control runs another check than green, or it prints what green prints and only its own words make it fail; and greens that look at nothing.
 * Executes nothing.
 */
export function findHollow(steps: readonly Step[], runs: readonly (StepRun | null)[]): Hollow[] {
  return sectionsOf(steps).flatMap((section): Hollow[] => {
    const own = section.steps.filter((index) => (steps[index]?.commands.length ?? 0) > 0);
    if (own.length === 0) return [];
    const faults = section.role === 'green' ? own.map((index) => faultOfGreen(instrumentAt(steps, index))) : section.role === 'red' || section.role === 'neg' ? faultsOfFailing(steps, runs, section) : [];
    const [first] = faults;
    if (first === undefined || first === null || faults.includes(null)) return [];
    return [{ section, ...first }];
  });
}

function instrumentAt(steps: readonly Step[], index: number): Instrument {
  return readInstrument(scriptOf(steps[index] ?? { commands: [] }));
}

function faultOfGreen({ looks }: Instrument): Shape | null {
  return looks ? null : { verdict: 'vacuous', why: 'green looks at nothing but its own words, so that no code could make it fail' };
}

/** One for each step beside green; null for one that shows something. */
function faultsOfFailing(steps: readonly Step[], runs: readonly (StepRun | null)[], section: Section): (Shape | null)[] {
  return pairsOf(steps, section).map((pair) => {
    const [failing, green] = [steps[pair.failing], steps[pair.green]];
    if (failing === undefined || green === undefined || scriptOf(failing).trim() === scriptOf(green).trim()) return null;
    const [isNeg, own, passing] = [section.role === 'neg', instrumentAt(steps, pair.failing), instrumentAt(steps, pair.green)];
    return faultOfWords(isNeg, own, passing, green) ?? (isWrapped(own, passing) ? faultOfOutput(isNeg, runs, pair) : null);
  });
}

function faultOfWords(isNeg: boolean, own: Instrument, green: Instrument, { commands }: Step): Shape | null {
  const role = isNeg ? 'neg' : 'red';
  if (!own.looks) return { verdict: isNeg ? 'void' : 'vacuous', why: `${role} looks at nothing but its own words, so that it fails whatever the code is` };
  if (own.ownFailure !== null) return { verdict: isNeg ? 'toothless' : 'vacuous', why: `${role} ends in \`${own.ownFailure}\`, so that it fails whatever the code is` };
  if (!isNeg || includesInstrument(own, green)) return null;
  return { verdict: 'void', why: `it does not run what green runs (${(commands[0]?.text ?? '').slice(0, 80)}), so that it shows nothing of that check` };
}

/** The same words, and something put around the command: that made it end otherwise. Where nothing is printed there is nothing to compare. */
function faultOfOutput(isNeg: boolean, runs: readonly (StepRun | null)[], { failing, green }: Pair): Shape | null {
  const [failed, passed] = [runs[failing] ?? null, runs[green] ?? null];
  if (failed === null || passed === null || failed.unusable !== null || passed.unusable !== null) return null;
  if (failed.stdout + failed.stderr === '' || failed.stdout !== passed.stdout || failed.stderr !== passed.stderr) return null;
  return { verdict: isNeg ? 'toothless' : 'vacuous', why: `${isNeg ? 'neg' : 'red'} and green print the same and run different commands: the command made the difference, not the code` };
}
