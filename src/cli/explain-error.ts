import { exitCode } from '../contract/exit-codes.ts';
import { Failure } from '../contract/failure.ts';
import type { Diagnostic } from '../contract/schema/envelope.ts';
import { version } from '../contract/version.ts';
import { answer, type Outcome } from './outcome.ts';

/** What a command that ended with an error answers: one diagnostic. Whatever is no `Failure` is a bug in docket. */
export function explainError(error: unknown): Outcome {
  if (error instanceof Failure) {
    const diagnostic = diagnose(error.kind, error.message, error.next, error.place);
    const runnable = error.next !== null && /^(?:docket|git) /.test(error.next) ? [error.next] : [];
    return answer({ data: {}, render: () => '', exitCode: error.exitCode, diagnostics: [diagnostic], next: runnable });
  }
  const report = `Run npm bugs docket and report this command line with the text above (docket ${version}, Node ${process.version}, ${process.platform}).`;
  const message = error instanceof Error ? error.message : String(error);
  return answer({ data: {}, render: () => '', exitCode: exitCode.bug, diagnostics: [diagnose('internal', message, report, null)] });
}

/** What the system says no to, and what would help. */
const refusals: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some room on that disk', EDQUOT: 'Free some room within your quota', EFBIG: 'Raise the limit of file sizes', EROFS: 'Make that file system writable', EACCES: 'Make that path accessible', EPERM: 'Make that path accessible', EIO: 'Look after that disk',
  EMFILE: 'Raise the limit of open files', ENFILE: 'Close some programs', ENOMEM: 'Close some programs', EAGAIN: 'Close some programs',
};

/** An error of the system that a user can mend, as a `Failure`; any other as it is. */
export function asFailure(error: unknown): unknown {
  const help = error instanceof Error && !(error instanceof Failure) && 'code' in error && typeof error.code === 'string' && Object.hasOwn(refusals, error.code) ? refusals[error.code] : undefined;
  return help === undefined || !(error instanceof Error) ? error : new Failure('unreadable', `The system refused to go on: ${error.message}.`, { next: `${help}, then run the same command again.` });
}

/** The stack of a bug, for stderr; nothing for an error that a user can mend. */
export function stackOf(error: unknown): string {
  if (error instanceof Failure) return '';
  return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}

function diagnose(rule: string, message: string, next: string | null, place: Diagnostic['place']): Diagnostic {
  return { rule, level: 'error', message, place, related: [], entry: null, next, fixable: false };
}
