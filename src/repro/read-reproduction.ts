import { parseLoose } from './notation/parse-loose.ts';
import { parseStrict } from './notation/parse-strict.ts';
import { isReproInfo } from './notation/read-info.ts';
import type { Fence, Reproduction } from './types.ts';

/**
 * Reads a fence as a reproduction: exactly when its info string says `repro`, loosely when its body holds commands and
 * arrows. Null for every other fence. Never throws; what it does not understand stands in `problems`.
 */
export function readReproduction(fence: Fence): Reproduction | null {
  return isReproInfo(fence) ? parseStrict(fence) : parseLoose(fence);
}
