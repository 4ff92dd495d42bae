import type { Outcome } from '../loop/types.ts';
import type { Exit, Problem } from './types.ts';

/** Exit codes, as docket's commands give them. */
export const exits = { yes: 0, no: 1, unreadable: 2, undetermined: 3, stuck: 5, locked: 75 } as const satisfies Record<string, Exit>;

export const exitOfOutcome: Record<Outcome, Exit> = {
  committed: exits.yes,
  noop: exits.yes,
  held: exits.no,
  'rolled-back': exits.no,
  unhealthy: exits.no,
  'known-bad': exits.no,
  deadlock: exits.no,
  refused: exits.no,
  conflict: exits.undetermined,
  unknown: exits.undetermined,
  interrupted: exits.undetermined,
  'not-written': exits.undetermined,
  stuck: exits.stuck,
};

const exitOfRule: Record<Problem['rule'], Exit> = { usage: exits.unreadable, config: exits.unreadable, unreadable: exits.unreadable, locked: exits.locked, 'not-restored': exits.stuck };

/** Of several apps, what needs a person first decides; what is known to be wrong stands before what is not known. */
const ranks: readonly Exit[] = [exits.yes, exits.undetermined, exits.no, exits.unreadable, exits.stuck, exits.locked];

export function worstExit(codes: readonly Exit[], problems: readonly Problem[]): Exit {
  return [...codes, ...problems.map(({ rule }) => exitOfRule[rule])].reduce<Exit>((worst, code) => (ranks.indexOf(code) > ranks.indexOf(worst) ? code : worst), exits.yes);
}
