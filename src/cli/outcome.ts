import { exitCode, type ExitCode } from '../contract/exit-codes.ts';
import type { Diagnostic } from '../contract/schema/envelope.ts';
import { makeSafe } from '../reports/safe-text.ts';
import type { View } from '../reports/view.ts';

/** What a command answers; `run` prints it, as an envelope or as text. */
export interface Outcome {
  exitCode: ExitCode;
  data: object;
  diagnostics: readonly Diagnostic[];
  /** Commands that would move things on, most useful first. */
  next: readonly string[];
  /** What a person should know besides; goes to stderr, and not at all with `--quiet`. */
  notes: readonly string[];
  /** Whether `next` belongs to the answer itself (stdout) or is a hint (stderr). */
  nextIsAnswer: boolean;
  /** The answer as text, for stdout. */
  text: (view: View) => string;
  /** The answer stands on stdout already, as it had to be said while the command went on. */
  isPrinted?: boolean;
}

interface Answer<D extends object> {
  data: D;
  /** Gets the data with everything taken out that could drive a terminal. */
  render: (data: D, view: View) => string;
  exitCode?: ExitCode;
  diagnostics?: readonly Diagnostic[];
  next?: readonly string[];
  notes?: readonly string[];
  nextIsAnswer?: boolean;
}

/** An outcome from data and how to show it. Exit code 0 where none is given. */
export function answer<D extends object>({ data, render, ...rest }: Answer<D>): Outcome {
  return {
    exitCode: rest.exitCode ?? exitCode.yes,
    data,
    diagnostics: rest.diagnostics ?? [],
    next: rest.next ?? [],
    notes: rest.notes ?? [],
    nextIsAnswer: rest.nextIsAnswer ?? false,
    text: (view) => render(makeSafe(data), view),
  };
}
