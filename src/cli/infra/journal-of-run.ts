import { exitCode, type ExitCode } from '../../contract/exit-codes.ts';
import { Failure } from '../../contract/failure.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { Pen } from '../../edits/writer/pen.ts';
import type { Written } from '../../edits/writer/write-document.ts';
import { isGiven, valueOf, type Invocation } from '../invocation.ts';

/** What came of journaling a run. */
export interface Journaled {
  /** Null where nobody asked for it, or where it could not be written. */
  journal: { entry: string | null; path: string; diff: string } | null;
  diagnostics: Diagnostic[];
  /** 0, or the code of what kept it away. */
  exit: ExitCode;
}

export const nothingJournaled: Journaled = { journal: null, diagnostics: [], exit: exitCode.yes };

export type WriteEntry = (pen: Pen, phase: string) => Promise<Written>;

/**
 * `--journal [--phase P]`: gives a function that journals what the command did, which does nothing without the option. Throws a usage failure now, before
 * anything is done, where there is no journal to write to.
 */
export async function prepareJournal(invocation: Invocation): Promise<(write: WriteEntry) => Promise<Journaled>> {
  if (!isGiven(invocation.options, '--journal')) return () => Promise.resolve(nothingJournaled);
  // Loaded when asked for: a check needs no markdown.
  const { openPenFor } = await import('../write.ts');
  const { choosePhase } = await import('../../edits/writers/find-document.ts');
  const { warnForeignHand } = await import('../../edits/writer/warn.ts');
  const pen = await openPenFor(invocation);
  const phase = choosePhase(pen, valueOf(invocation.options, '--phase'));
  return async (write) => {
    try {
      const { entry, path, diff } = await write(pen, phase);
      return { journal: { entry: entry?.id ?? null, path, diff }, diagnostics: warnForeignHand(pen, 'builder', 'The journal', path), exit: exitCode.yes };
    } catch (error) {
      // What the command did has happened all the same, and is its answer.
      if (!(error instanceof Failure)) throw error;
      const { kind, message, place, next } = error;
      return { journal: null, diagnostics: [{ rule: kind, level: 'error', message, place, related: [], entry: null, next, fixable: false }], exit: error.exitCode };
    }
  };
}
