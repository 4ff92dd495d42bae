import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Failure } from '../../contract/failure.ts';
import { escapeHtml } from '../../reports/html/print-markup.ts';

export interface ServeOptions {
  /** 0: any that is free. */
  port: number;
  signal: AbortSignal;
  /** Names the state of the record as it is now. */
  fingerprint: () => Promise<string>;
  /** Makes the page; `live` is where it hears of changes. */
  render: (live: string) => Promise<string>;
  /** Called once, with the address. */
  listening: (url: string) => Promise<void>;
}

const loopback = '127.0.0.1';
/** How often the record is looked at while somebody has the page open, in milliseconds. */
const lookEvery = 1000;
const guards = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/**
 * Serves the page on the loopback address until the signal, and tells open pages when the record has changed. Only reading requests that name this
 * address are answered, so that no other site can reach it by a name of its own. Throws a `Failure` of kind usage for a port that cannot be had.
 */
export async function serveReport(options: ServeOptions): Promise<void> {
  const pages = openPages(options);
  const listeners = openListeners(options);
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    void answer(request, response, { pages, listeners, port: portOf(server) }).catch((error: unknown) => fail(response, error));
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await listen(server, options.port);
  await options.listening(`http://${loopback}:${portOf(server)}/`);
  await new Promise<void>((resolve) => {
    if (options.signal.aborted) resolve();
    options.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  listeners.end();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Failure('usage', `Port ${port} cannot be had: ${error.message}.`, { next: 'docket report --serve' })));
    server.listen(port, loopback, resolve);
  });
}

interface Context {
  pages: Pages;
  listeners: Listeners;
  port: number;
}

async function answer({ method, url = '/', headers }: IncomingMessage, response: ServerResponse, { pages, listeners, port }: Context): Promise<void> {
  if (headers.host !== `${loopback}:${port}` && headers.host !== `localhost:${port}`) return send(response, 403, 'text/plain', 'This report answers to 127.0.0.1 only.\n');
  if (method !== 'GET' && method !== 'HEAD') return send(response, 405, 'text/plain', 'GET or HEAD only.\n', { Allow: 'GET, HEAD' });
  const [path, query] = url.split('?', 2);
  if (path === '/events' && method === 'GET') return listeners.add(response, new URLSearchParams(query).get('since') ?? '');
  if (path !== '/') return send(response, 404, 'text/plain', 'There is nothing but /.\n');
  send(response, 200, 'text/html; charset=utf-8', await pages.current());
}

function send(response: ServerResponse, status: number, type: string, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...guards, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body), ...headers });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** A record that cannot be read just now (somebody edits its configuration) is looked at again. */
function fail(response: ServerResponse, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const body = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>docket</title><p>The record cannot be read just now:</p><pre>${escapeHtml(message)}</pre>`;
  if (!response.headersSent) send(response, 503, 'text/html; charset=utf-8', body);
  else response.destroy();
}

interface Pages {
  current(): Promise<string>;
}

/** The page is made once for each state of the record, however many ask for it. */
function openPages({ fingerprint, render }: ServeOptions): Pages {
  let made: { key: string; html: Promise<string> } | null = null;
  return {
    async current() {
      const key = await fingerprint();
      if (made?.key !== key) made = { key, html: render(`/events?since=${key}`) };
      const { html } = made;
      try {
        return await html;
      } catch (error) {
        made = null;
        throw error;
      }
    },
  };
}

interface Listeners {
  add(response: ServerResponse, since: string): void;
  end(): void;
}

/** Those who wait for a change. Nothing is looked at while there are none. */
function openListeners({ fingerprint }: ServeOptions): Listeners {
  const waiting = new Map<ServerResponse, string>();
  let timer: NodeJS.Timeout | null = null;
  const look = async (): Promise<void> => {
    timer = null;
    // Unreadable for now: what it becomes is seen next time.
    const key = await fingerprint().catch(() => null);
    for (const [response, since] of waiting) {
      if (key === null || key === since) response.write(': still the same\n\n');
      else response.end('event: change\ndata: \n\n');
    }
    plan();
  };
  const plan = (): void => {
    if (timer === null && waiting.size > 0) timer = setTimeout(() => void look(), lookEvery);
  };
  return {
    add(response, since) {
      waiting.set(response, since);
      response.on('close', () => waiting.delete(response));
      response.writeHead(200, { ...guards, 'Content-Type': 'text/event-stream' });
      response.write('retry: 1000\n\n');
      plan();
    },
    end() {
      if (timer !== null) clearTimeout(timer);
      for (const response of waiting.keys()) response.end();
      waiting.clear();
    },
  };
}
