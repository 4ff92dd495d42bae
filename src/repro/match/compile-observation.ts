import { escapeControls } from './escape-controls.ts';
import type { Observation } from '../types.ts';
import { compilePattern, compileRegex } from './compile-pattern.ts';
import type { CompiledLine, Redactions } from './compile-pattern.ts';

/** A judge for one line of output. Blanks at the line's end count only for the exact mode. */
export function compileObservation(observation: Pick<Observation, 'mode' | 'text'>, redactions: Redactions): CompiledLine {
  const { mode, text } = observation;
  switch (mode) {
    case 'pattern':
      return ignoringBlanks(compilePattern(text.trimEnd(), redactions));
    case 'regex':
      return ignoringBlanks(compileRegex(text));
    case 'exact':
      return { ok: true, accepts: (line) => escapeControls(line) === text };
    case 'plain':
    case 'status':
      return ignoringBlanks({ ok: true, accepts: (line) => line === text.trimEnd() });
  }
}

function ignoringBlanks(compiled: CompiledLine): CompiledLine {
  return compiled.ok ? { ok: true, accepts: (line) => compiled.accepts(line.trimEnd()) } : compiled;
}
