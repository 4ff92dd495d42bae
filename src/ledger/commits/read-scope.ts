import { findPhase } from '../../documents/vocabulary/words.ts';
import { readGates } from '../../documents/vocabulary/gates.ts';

/** The words between the brackets of a commit subject. */
export interface Scope {
  text: string;
  phase: string | null;
  gates: string[];
}

/**
 * `2w` (phase), `pxgate-M1` `pxgate/M1` `3 U0` (phase and gates), `ghost-M1+M2`, `M1` (gate alone), `phase 2`; anything else is free words.
 * A word alone that looks like a gate is one, unless it is a known phase; any other single word is taken for a phase.
 */
export function readScope(text: string, isPhase: (id: string) => boolean): Scope {
  const trimmed = text.trim();
  const named = /^phase\s/iu.test(trimmed) ? findPhase(trimmed) : null;
  const bare = named === null ? trimmed : trimmed.replace(/^phase[\s:-]+/iu, '');
  if (named === null && !isPhase(bare)) {
    const alone = allGates(bare);
    if (alone) return { text, phase: null, gates: alone };
  }
  if (/^[A-Za-z0-9]+$/u.test(bare)) return { text, phase: bare, gates: [] };
  const parted = /^([A-Za-z0-9]+)(?:\s*[-–—/:,;.]\s*|\s+)(.+)$/u.exec(bare);
  if (!parted) return { text, phase: null, gates: [] };
  const [, phase = '', rest = ''] = parted;
  const tail = rest.replace(/^gates?\s+/iu, '');
  const gates = allGates(tail) ?? allGates(raise(tail)) ?? leadingGates(tail);
  if (gates) return { text, phase, gates };
  return { text, phase: isPhase(phase) || named !== null ? phase : null, gates: leadingGates(bare) ?? [] };
}

/** The gates of a text that holds nothing else. */
function allGates(text: string): string[] | null {
  const found = readGates(text, 0);
  return found?.end === text.length ? found.gates : null;
}

/** The gates that a text begins with, before a space: `M1 re-claim`. */
function leadingGates(text: string): string[] | null {
  const found = readGates(text, 0);
  return found && /^[\s,;:(]/u.test(text.slice(found.end)) ? found.gates : null;
}

/** Behind a phase `m1` is meant as `M1`. */
function raise(text: string): string {
  return text.replace(/(?<![A-Za-z])[a-z]{1,2}(?=\d)/gu, (letters) => letters.toUpperCase());
}
