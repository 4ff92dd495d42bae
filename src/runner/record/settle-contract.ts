import { proposeContract, type Unstable } from '../../repro/propose/propose-contract.ts';
import { printBody } from '../../repro/notation/print-reproduction.ts';
import type { Redactions } from '../../repro/match/compile-pattern.ts';
import { readReproduction } from '../../repro/read-reproduction.ts';
import type { Meta, Step } from '../../repro/types.ts';
import type { Masker } from '../mask-secrets.ts';
import type { TimedRun } from '../run-reproduction.ts';

/** The block as it is written, and as it reads back: lines count from 1 in its body. */
export interface SettledContract {
  body: string;
  steps: readonly Step[];
  unstable: Unstable[];
}

/** Makes the contract from what the steps printed. */
export function contractFromRuns(steps: readonly Step[], runs: readonly TimedRun[], meta: Meta, redactions: Redactions): SettledContract {
  const proposed = proposeContract(steps, runs.map((run) => run.steps), redactions);
  return { ...readBack(printBody(proposed.steps), meta), unstable: proposed.unstable };
}

/** Takes the contract that the block brings. */
export function contractAsWritten(steps: readonly Step[], meta: Meta): SettledContract {
  return { ...readBack(printBody(steps), meta), unstable: [] };
}

function readBack(body: string, meta: Meta): Pick<SettledContract, 'body' | 'steps'> {
  const reproduction = readReproduction({ lang: 'console', meta: `repro id=${meta.id ?? 'x'}`, body, line: 1 });
  if (reproduction === null || reproduction.problems.length > 0) throw new Error(`a block that was printed does not read back: ${reproduction?.problems[0]?.message ?? 'no reproduction'}`);
  return { body, steps: reproduction.steps };
}

/** A step without its secrets, as it may be written down. */
export function maskStep(step: Step, masker: Masker): Step {
  const mask = (text: string): string => masker.mask(text);
  return {
    ...step,
    heading: step.heading === null ? null : mask(step.heading),
    comments: step.comments.map(mask),
    commands: step.commands.map((command) => ({ ...command, text: mask(command.text) })),
    observations: step.observations.map((observation) => ({ ...observation, text: mask(observation.text) })),
  };
}
