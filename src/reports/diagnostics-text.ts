import type { Diagnostic } from '../contract/schema/envelope.ts';
import { markState, paintState } from './state-mark.ts';
import type { View } from './view.ts';

/** Diagnostics for stderr: where, what was found and expected, and the one thing to do. At most `most`, then how many more there are. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], view: View, most: number): string {
  const shown = diagnostics.slice(0, most).map((diagnostic) => renderDiagnostic(diagnostic, view));
  const hidden = diagnostics.length - shown.length;
  return shown.join('') + (hidden > 0 ? `… and ${hidden} more with --json\n` : '');
}

function renderDiagnostic({ rule, level, message, place, next }: Diagnostic, view: View): string {
  const where = place === null || message.startsWith(`${place.path}:`) ? '' : `${place.path}:${place.line}${place.column === undefined ? '' : `:${place.column}`}: `;
  const doing = next === null ? '' : `  ${view.paint('dim', '→')} ${next}\n`;
  return `${paintState(view, level, `${markState(level)} ${rule}`)}  ${where}${message}\n${doing}`;
}

/** The commands that would move things on, as the last lines of what a person reads. */
export function renderNext(next: readonly string[], view: View): string {
  return next.map((command, at) => `${view.paint('cyan', at === 0 ? 'next:' : '     ')} ${command}\n`).join('');
}
