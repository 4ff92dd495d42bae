import type { ExitCode } from './exit-codes.ts';
import type { DiagnosticPlace } from './schema/envelope.ts';

/** What kind of failure ended a command; it is the `rule` of the one diagnostic that the envelope then carries. */
export type FailureKind = 'usage' | 'config' | 'unreadable' | 'locked' | 'consent' | 'inconclusive' | 'bisect';

const codes: Record<FailureKind, ExitCode> = { usage: 2, config: 2, unreadable: 2, locked: 75, consent: 4, inconclusive: 3, bisect: 255 };

/**
 * An error that a user can mend: `message` says what was found and what was expected, `next` is the one command or sentence that
 * mends it, `place` is where. Everything else that is thrown is a bug in docket (exit 70). It is caught in one place, in `cli/`.
 */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly next: string | null;
  readonly place: DiagnosticPlace | null;
  readonly exitCode: ExitCode;

  constructor(kind: FailureKind, message: string, details: { next?: string | null; place?: DiagnosticPlace | null } = {}) {
    super(message);
    this.name = 'Failure';
    this.kind = kind;
    this.next = details.next ?? null;
    this.place = details.place ?? null;
    this.exitCode = codes[kind];
  }
}
