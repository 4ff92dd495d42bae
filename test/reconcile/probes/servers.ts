import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../src/reconcile/index.ts';
import { makeSelfSigned, type Certificate } from '../../../src/reconcile/controls/self-signed.ts';

const DAY = 24 * 3600 * 1000;

/** A certificate for names, valid from a day ago for as many days as asked (negative: it has ended). */
export function certificateFor(names: [string, ...string[]], days = 30): Certificate {
  const now = Date.now();
  return makeSelfSigned({ names, notBefore: new Date(now - 90 * DAY), notAfter: new Date(now + days * DAY) });
}

export function trusting(...certificates: Certificate[]): SecureContext {
  return createSecureContext({ ca: certificates.map(({ cert }) => cert) });
}

/** Starts a server on a free port of the loopback address; closed with all its connections when the test is over. */
export async function serve(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

export const serveHttp = (listener: RequestListener): Promise<number> => serve(createHttp(listener));

export const serveHttps = (certificate: Certificate, listener: RequestListener): Promise<number> => serve(createHttps(certificate, listener));

export const serveTcp = (listener: (socket: Socket) => void): Promise<number> => serve(createTcp(listener));

/** A port on which nobody listens: one that was free a moment ago. */
export async function closedPort(): Promise<number> {
  const server = createTcp();
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => void server.close(done));
  return port;
}

/** A clock that stands still until it is moved. */
export function handClock(): Clock & { advance(ms: number): void } {
  let now = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  return {
    monotonic: () => now,
    wall: () => new Date(Date.UTC(2026, 0, 1) + now),
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(ms) {
      now += ms;
      for (const timer of timers) {
        if (timer.at > now) continue;
        timers.delete(timer);
        timer.run();
      }
    },
  };
}
