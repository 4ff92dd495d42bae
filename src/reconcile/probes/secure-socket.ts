import { isIP, type Socket } from 'node:net';
import { connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import type { Attempt, ProbeContext } from './attempt.ts';
import type { TlsFacts } from './types.ts';

/** One for the process: each holds its own copy of all that OpenSSL wants to know. */
let machineTrust: SecureContext | null = null;

interface Asked {
  /** The name that the certificate must be for. */
  name: string;
  verify: boolean;
}

/** The handshake, under the name that is asked. The certificate is always read and noted in the attempt; whether a distrusted
 *  one ends the attempt is `verify`'s business. */
export function secureSocket(attempt: Attempt, socket: Socket, { name, verify }: Asked, context: ProbeContext, secured: (socket: TLSSocket) => void): void {
  attempt.phase = 'tls';
  const stream = connect({
    socket,
    host: name,
    // An address may not stand in SNI (RFC 6066, section 3).
    ...(isIP(name) ? {} : { servername: name }),
    secureContext: context.trust ?? (machineTrust ??= createSecureContext()),
    // Not switched off but taken over: with true, Node would end the connection before the certificate could be reported.
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
  });
  attempt.cleanUp(() => stream.destroy());
  stream.on('error', attempt.fail);
  stream.once('secureConnect', () => {
    const facts = readFacts(stream, context.clock.wall());
    attempt.tls = facts;
    if (verify && !facts.authorized) attempt.settle({ kind: 'no-answer', phase: 'tls', code: facts.why ?? 'unauthorized', tls: facts, ms: attempt.elapsed() });
    else secured(stream);
  });
}

function readFacts(stream: TLSSocket, now: Date): TlsFacts {
  // Empty when the peer showed none, whatever the type says.
  const validTo = (stream.getPeerCertificate() as { valid_to?: string }).valid_to;
  const notAfter = validTo === undefined ? null : new Date(validTo);
  // Declared an Error, but Node puts the code there, as text.
  const why: unknown = stream.authorizationError;
  return {
    authorized: stream.authorized,
    why: stream.authorized ? null : why instanceof Error ? why.message : String(why),
    notAfter: notAfter && notAfter.toISOString(),
    expired: notAfter !== null && notAfter <= now,
  };
}
