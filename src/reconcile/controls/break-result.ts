import type { CommandEnd } from '../drivers/run-argv.ts';
import { lastLine } from '../drivers/run-argv.ts';
import type { Argv } from '../spec/types.ts';

/** What breaking something on purpose has shown. */
export interface BreakResult {
  name: string;
  kind: 'destructive' | 'differential';
  verdict:
    /** The gate failed while it had to, or held while it had to, and everything is back. */
    | 'proven'
    /** The gate passed over a broken service. */
    | 'toothless'
    /** The gate fails because something is away that it must not need. */
    | 'dependent'
    /** It failed before anything was broken. */
    | 'pre-red'
    /** Nothing was broken: the command failed, or it is not known what to break. */
    | 'void'
    /** Could not be judged. */
    | 'inconclusive'
    /** Broken and not well again: a person must act. */
    | 'not-restored';
  why: string;
}

/** Null when the command did what it was called for; else what went wrong. */
export function faultOf(argv: Argv, end: CommandEnd): string | null {
  if (end.kind !== 'exited') return end.why;
  return end.exit === 0 ? null : `${argv.join(' ')}: exit ${end.exit}${lastLine(end.stderr)}`;
}
