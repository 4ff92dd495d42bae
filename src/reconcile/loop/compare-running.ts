import type { AppState } from '../state/types.ts';
import type { Saw } from './types.ts';

/** What runs, held against what the state says should run. */
export type Running =
  | { is: 'ours'; mark: string | null }
  /** Nothing runs, or the driver cannot tell versions apart. */
  | { is: 'absent' | 'untold' }
  | { is: 'other'; version: string }
  /** Our version, but not as we left it. */
  | { is: 'changed' }
  | { is: 'unknown'; why: string };

/** Compares with `version`, and with the driver's `mark` where both sides have one. */
export function compareRunning(saw: Saw, version: string, mark: string | null, lastGood: string | null): Running {
  switch (saw.kind) {
    case 'version':
      if (saw.version !== version) return { is: 'other', version: saw.version };
      return mark !== null && saw.mark !== null && saw.mark !== mark ? { is: 'changed' } : { is: 'ours', mark: saw.mark };
    case 'nothing':
      return { is: 'absent' };
    case 'unversioned':
      return { is: 'untold' };
    case 'failed':
      // A driver that was never deployed to may answer with a failure; once there is a last good version, a failure is no answer.
      return lastGood === null ? { is: 'absent' } : { is: 'unknown', why: saw.why };
    case 'unknown':
      return { is: 'unknown', why: saw.why };
  }
}

/** A version that neither the specification nor this state knows: a person put it there. */
export function isStranger(state: AppState, wanted: string, version: string): boolean {
  if (state.last_good === null) return false;
  return ![state.last_good, wanted, state.attempt?.version, ...state.bad].includes(version);
}
