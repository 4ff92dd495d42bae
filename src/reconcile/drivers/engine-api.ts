import { request } from 'node:http';

/** What the engine answered. `unreachable`: no answer at all (not running, restarted, socket missing). */
export type EngineAnswer = { kind: 'answer'; status: number; body: unknown } | { kind: 'unreachable'; why: string };

export interface EngineApi {
  call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<EngineAnswer>;
}

const callLimitMs = 30_000;
const usualSocket = '/var/run/docker.sock';
/** The newest API whose service objects this driver was written against; an engine that is older is spoken to in its own version. */
const newestApi = '1.48';

/** The engine's socket: the one given, else the one in DOCKER_HOST, else the usual one. Null when DOCKER_HOST names no socket. */
export function findEngineSocket(given: string | null, dockerHost: string | undefined): string | null {
  if (given !== null) return given;
  if (dockerHost === undefined || dockerHost === '') return usualSocket;
  return dockerHost.startsWith('unix://') ? dockerHost.slice('unix://'.length) : null;
}

/** Speaks HTTP over the engine's socket in the newest API version that both sides know, agreed upon again after every loss
 *  of the connection: the engine that comes back may be another one. */
export function openEngine(socketPath: string): EngineApi {
  let version: string | null = null;
  return {
    async call(method, path, body) {
      if (version === null) {
        const ping = await send(socketPath, 'GET', '/_ping');
        if (ping.kind === 'unreachable') return ping;
        version = olderApi(ping.apiVersion ?? newestApi, newestApi);
      }
      const answer = await send(socketPath, method, `/v${version}${path}`, body);
      if (answer.kind === 'unreachable') version = null;
      return answer;
    },
  };
}

function olderApi(a: string, b: string): string {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA < majorB || (majorA === majorB && minorA < minorB) ? a : b;
}

type Sent = { kind: 'answer'; status: number; body: unknown; apiVersion: string | null } | { kind: 'unreachable'; why: string };

function send(socketPath: string, method: string, path: string, body?: unknown): Promise<Sent> {
  return new Promise((resolve) => {
    const lost = (error: Error): void => resolve({ kind: 'unreachable', why: `${socketPath}: ${error.message}` });
    const payload = body === undefined ? null : JSON.stringify(body);
    const headers = { host: 'engine', ...(payload === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }) };
    const call = request({ socketPath, method, path, headers, agent: false, signal: AbortSignal.timeout(callLimitMs) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', lost);
      response.on('end', () => {
        const apiVersion = response.headers['api-version'];
        resolve({ kind: 'answer', status: response.statusCode ?? 0, body: parseBody(Buffer.concat(chunks).toString('utf8')), apiVersion: typeof apiVersion === 'string' ? apiVersion : null });
      });
    });
    call.on('error', lost);
    call.end(payload ?? undefined);
  });
}

/** JSON where it is JSON (`/_ping` answers with a plain word). */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
