import type { LookupFunction } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { Clock } from '../clock.ts';
import type { Phase, ProbeResult, TlsFacts } from './types.ts';

/** What a probe needs to know beside itself. */
export interface ProbeContext {
  clock: Clock;
  /** For the whole probe: name, connection, handshake, answer and the last byte of it. */
  timeoutMs: number;
  /** Folder in which commands run. */
  cwd: string;
  /** Ends the probe at once, with no word about the app. */
  signal?: AbortSignal;
  /** Certificates to trust instead of the machine's. */
  trust?: SecureContext;
  /** Names to addresses; the machine's own resolver when absent. */
  lookup?: LookupFunction;
}

/** One probe under way. It ends once, whatever happens first: its result, an error, the deadline or the caller's signal. */
export interface Attempt {
  /** How far it has come; kept up to date by whoever runs it. */
  phase: Phase;
  tls: TlsFacts | null;
  elapsed(): number;
  settle(result: ProbeResult): void;
  /** Ends it with what the system said went wrong. */
  fail(error: unknown): void;
  /** Runs when the attempt ends, in any way; what was registered last runs first. */
  cleanUp(run: () => void): void;
}

/** Nobody is at fault but this machine: out of descriptors, ports, memory, or without the address family. */
const LOCAL_TROUBLE = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EACCES', 'EPERM', 'ERR_INVALID_URL', 'ERR_UNESCAPED_CHARACTERS', 'ERR_INVALID_CHAR']);

export function attempt(context: ProbeContext, first: Phase, run: (attempt: Attempt) => void): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const { clock, signal } = context;
    const started = clock.monotonic();
    const cleanups: (() => void)[] = [];
    let ended = false;
    const self: Attempt = {
      phase: first,
      tls: null,
      elapsed: () => Math.round(clock.monotonic() - started),
      settle(result) {
        if (ended) return;
        ended = true;
        cancel();
        signal?.removeEventListener('abort', abort);
        // Last things first: Node crashes when a socket is destroyed before the TLS stream on top of it, during the handshake.
        for (const cleanUp of cleanups.reverse()) cleanUp();
        resolve(result);
      },
      fail(error) {
        const code = codeOf(error);
        const why = error instanceof Error ? error.message : String(error);
        // What goes wrong with a command before it has ended is that it could not be begun.
        if (LOCAL_TROUBLE.has(code) || self.phase === 'command') self.settle({ kind: 'not-run', code, why, ms: self.elapsed() });
        else self.settle({ kind: 'no-answer', phase: self.phase, code, tls: self.tls, ms: self.elapsed() });
      },
      cleanUp(run) {
        if (ended) run();
        else cleanups.push(run);
      },
    };
    const cancel = clock.after(context.timeoutMs, () => self.settle({ kind: 'no-answer', phase: self.phase, code: 'deadline', tls: self.tls, ms: self.elapsed() }));
    const abort = (): void => self.settle({ kind: 'not-run', code: 'aborted', why: 'called off before it ended', ms: self.elapsed() });
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) return abort();
    try {
      run(self);
    } catch (error) {
      self.fail(error);
    }
  });
}

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
