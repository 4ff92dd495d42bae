import type { Version } from './file-versions.ts';
import type { Sketches, VerdictSketch } from './version-sketch.ts';
import { keyInOrder, walkEpisodes, type Episode } from './walk-episodes.ts';

/**
 * The verdicts that a review has held, told apart by gate, result and written time: a heading that went from FAIL to PASS is a new verdict,
 * however little of it was reworded.
 */
export function listVerdictEpisodes(versions: readonly Version[], sketches: Sketches): Episode<VerdictSketch>[] {
  return walkEpisodes<VerdictSketch>(versions, {
    read: (blob) => keyVerdicts(blob === null ? [] : (sketches.get(blob)?.verdicts ?? [])),
    same: () => true,
    isAnew: () => false,
    isBack: () => true,
  });
}

export function keyVerdicts(verdicts: readonly VerdictSketch[]): Map<string, VerdictSketch> {
  return keyInOrder(verdicts, ({ gate, result, date, time }) => `${gate} ${result} ${date ?? ''} ${time ?? ''}`);
}
