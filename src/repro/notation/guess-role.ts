import { readRoleHead } from './read-role-head.ts';
import type { RoleHead } from './read-role-head.ts';
import type { Role } from '../types.ts';

const negWords = /\bnegative control|\bneg\b|\bteeth\b|\bmutat(?:e|ed|ion)\b|\bsabotag/i;
const shoutedOld = /\bOLD\b|^[Oo]ld\b/;
const shoutedNew = /\bNEW\b|^[Nn]ew\b/;
const restored = /\brestor(?:e|ed|es|ing)\b|\btear(?:ing)?[ -]?down\b|\bclean(?:ed|ing)?[ -]?up\b|\b(?:scaled?|put) back\b/i;
const before = /\b(?:before|pre-fix|without the fix|unfixed|unpatched)\b|\bRED\b/i;
const after = /\b(?:after|post-fix|with the fix|fixed|patched)\b|\bGREEN\b/i;
const prepared = /\bscal(?:e|ed|es|ing)\b.{0,120}\bto (?:0|zero)\b|\bset(?:ting)?[ -]?up\b|\bsimulat|\bprepar/i;

/**
 * What role the words of a comment speak of. A head in the exact notation is no guess; everything else is, and null
 * means that the words say nothing.
 */
export function guessRole(comment: string): { head: RoleHead; guessed: boolean } | null {
  const head = readRoleHead(comment);
  if (head !== null) return { head, guessed: false };
  const role = guessFromWords(comment);
  return role === null ? null : { head: { role, at: null, patch: null, text: comment }, guessed: true };
}

function guessFromWords(comment: string): Role | null {
  if (negWords.test(comment)) return 'neg';
  const compared = earlier(comment, shoutedOld, shoutedNew);
  if (compared !== null) return compared;
  if (restored.test(comment)) return 'teardown';
  return earlier(comment, before, after) ?? (prepared.test(comment) ? 'setup' : null);
}

function earlier(comment: string, red: RegExp, green: RegExp): Role | null {
  const redAt = comment.search(red);
  const greenAt = comment.search(green);
  if (redAt < 0 && greenAt < 0) return null;
  return greenAt < 0 || (redAt >= 0 && redAt < greenAt) ? 'red' : 'green';
}
