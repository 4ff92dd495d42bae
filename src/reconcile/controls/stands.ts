import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import { makeSelfSigned } from './self-signed.ts';

/** A place on the loopback address where the app is not, for as long as a control lasts. */
export interface Stand {
  /** Where a probe of plain http, or of a bare port, is sent. */
  http: number;
  https: number;
  close(): Promise<void>;
}

/** A port that was free a moment ago and has been let go. */
export async function findClosedPort(): Promise<Stand> {
  const { port, close } = await listen(createTcp());
  await close();
  return { http: port, https: port, close: async () => {} };
}

/** Takes every connection and never says a word. */
export async function serveSilence(): Promise<Stand> {
  const { port, close } = await listen(createTcp());
  return { http: port, https: port, close };
}

/** Speaks http to those who expect TLS. */
export async function servePlainHttp(): Promise<Stand> {
  const { port, close } = await listen(createTcp((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'));
  }));
  return { http: port, https: port, close };
}

/** A sound server with a sound certificate, for another name. What is asked of it under a name that is not its own it refuses with
 *  421, as RFC 9110 (section 15.5.20) says. */
export async function serveAnotherName(): Promise<Stand> {
  const now = Date.now();
  const day = 24 * 3600 * 1000;
  const certificate = makeSelfSigned({ names: ['another-name.invalid'], notBefore: new Date(now - day), notAfter: new Date(now + day) });
  const answer: Parameters<typeof createHttp>[1] = (_, response) => void response.writeHead(421, { 'content-type': 'text/plain' }).end('Misdirected Request\n');
  const [plain, secure] = await Promise.all([listen(createHttp(answer)), listen(createHttps(certificate, answer))]);
  return { http: plain.port, https: secure.port, close: async () => void (await Promise.all([plain.close(), secure.close()])) };
}

async function listen(server: Server): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    // Whoever is on trial may go away in any way.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a listening server has no port');
  return {
    port: address.port,
    close: () => new Promise((done) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => done());
    }),
  };
}
