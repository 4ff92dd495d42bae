/** What a probe saw, and what the gate's conditions make of it. Nothing here is a magic number: either somebody answered,
 *  or nobody did and the phase in which it went wrong is known, or the probe itself could not be run. */

/** How far a request came. `command` is a command that was still running at its deadline. */
export type Phase = 'dns' | 'connect' | 'tls' | 'http' | 'body' | 'command';

export interface TlsFacts {
  /** The certificate is trusted for the name that was asked. */
  authorized: boolean;
  /** Why it is not, e.g. `CERT_HAS_EXPIRED`; null when it is. */
  why: string | null;
  /** ISO 8601, UTC; null when the peer showed no certificate. */
  notAfter: string | null;
  expired: boolean;
}

export interface HttpAnswer {
  kind: 'answer';
  status: number;
  /** Names in lower case; repeated headers joined by `, `. */
  headers: Record<string, string>;
  body: Body;
  /** Null for plain http. */
  tls: TlsFacts | null;
  ms: number;
}

export interface TcpAnswer {
  kind: 'connected';
  ms: number;
}

export interface CommandAnswer {
  kind: 'exited';
  /** Null when a signal ended it. */
  exit: number | null;
  signal: string | null;
  stdout: Body;
  stderr: Body;
  ms: number;
}

/** Kept up to a limit; the digest (sha256, hex) and the count are of what was kept. */
export interface Body {
  text: string;
  digest: string;
  bytes: number;
  truncated: boolean;
}

/** Nobody answered: satisfies no condition. */
export interface NoAnswer {
  kind: 'no-answer';
  phase: Phase;
  /** The system's own word (`ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`), or `deadline`. */
  code: string;
  /** What was seen of the certificate before it went wrong. */
  tls: TlsFacts | null;
  ms: number;
}

/** The probe could not be run here (no such program, no free file descriptor): says nothing about the app. */
export interface NotRun {
  kind: 'not-run';
  code: string;
  why: string;
  ms: number;
}

export type ProbeResult = HttpAnswer | TcpAnswer | CommandAnswer | NoAnswer | NotRun;

/** `unknown` neither commits nor rolls back. */
export type ProbeVerdict = 'pass' | 'fail' | 'unknown';

/** One condition held against one result. */
export interface ConditionResult {
  /** e.g. `status`, `json Version`, `not_expired`. */
  condition: string;
  ok: boolean;
  expected: string;
  got: string;
}

export interface ProbeOutcome {
  /** The probe's name in the gate. */
  name: string;
  result: ProbeResult;
  verdict: ProbeVerdict;
  /** Every condition of the probe, in a fixed order; empty when nobody answered. */
  conditions: ConditionResult[];
}
