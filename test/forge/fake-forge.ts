import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What was asked of a forge. */
export interface Asked {
  path: string;
  authorization: string | null;
  headers: IncomingMessage['headers'];
}

/** A forge on loopback: answers by a function, and remembers everything that was asked. */
export interface FakeForge {
  url: string;
  asked: Asked[];
  /** What it answers from now on. */
  serve(answer: Answer): void;
  close(): Promise<void>;
}

export type Answer = (request: IncomingMessage & { path: string; query: URLSearchParams }, response: ServerResponse) => void;

export async function startForge(): Promise<FakeForge> {
  const asked: Asked[] = [];
  let answer: Answer = notFound;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://forge');
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization ?? null, headers: request.headers });
    answer(Object.assign(request, { path: url.pathname, query: url.searchParams }), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    serve(next) {
      asked.length = 0;
      answer = next;
    },
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8', ...headers }).end(JSON.stringify(body));
}

export const notFound: Answer = (_, response) => sendJson(response, 404, { message: 'Not Found' });

export interface GivenStatus {
  context: string;
  state: string;
  at?: string;
  [name: string]: unknown;
}

/** `GET /api/v1/repos/{owner}/{repo}/commits/{ref}/status` and `/statuses` of Gitea and Forgejo, newest first, in pages as `limit` and `page` say. */
export function gitea(repository: string, commits: Record<string, GivenStatus[]>, { link = true, combined = true }: { link?: boolean; combined?: boolean } = {}): Answer {
  return (request, response) => {
    const root = `/api/v1/repos/${repository}`;
    if (request.path === root) return sendJson(response, 200, { full_name: repository });
    const [, sha = '', list = ''] = /\/commits\/([0-9a-f]{40})\/(status|statuses)$/.exec(request.path) ?? [];
    const all = request.path.startsWith(`${root}/`) ? commits[sha] : undefined;
    if (all === undefined || (list === 'status' && !combined)) return notFound(request, response);
    const statuses = all.map(({ context, state, at = '2026-03-02T12:00:00Z', ...rest }, index) => Object.assign({ id: index + 1, status: state, context, description: '', target_url: '', created_at: at, updated_at: at, creator: null }, rest));
    const limit = Math.min(Number(request.query.get('limit') ?? '30'), 50);
    const page = Number(request.query.get('page') ?? '1');
    const part = statuses.slice((page - 1) * limit, page * limit);
    const more = page * limit < statuses.length;
    const headers = { 'x-total-count': String(statuses.length), ...(link && more ? { link: `<http://another.host.example${request.path}?limit=${limit}&page=${page + 1}>; rel="next",<http://another.host.example${request.path}?page=9>; rel="last"` } : {}) };
    sendJson(response, 200, list === 'status' ? { state: 'pending', sha, total_count: statuses.length, statuses: part.length === 0 ? null : part } : part, headers);
  };
}

export interface GivenRun {
  name: string;
  status?: string;
  conclusion: string | null;
  [name: string]: unknown;
}

/** `/repos/{owner}/{repo}/commits/{ref}/status` and `/check-runs` of GitHub, below `root`, in pages as `per_page` and `page` say. */
export function github(root: string, repository: string, commits: Record<string, { statuses?: GivenStatus[]; runs?: GivenRun[] }>): Answer {
  return (request, response) => {
    const base = `${root}/repos/${repository}`;
    if (request.path === base) return sendJson(response, 200, { full_name: repository });
    const [, sha = '', list = ''] = /\/commits\/([0-9a-f]{40})\/(status|check-runs)$/.exec(request.path) ?? [];
    const known = request.path.startsWith(`${base}/`) ? commits[sha] : undefined;
    if (known === undefined) return request.path.startsWith(`${base}/`) ? sendJson(response, 422, { message: `No commit found for SHA: ${sha}` }) : notFound(request, response);
    const size = Math.min(Number(request.query.get('per_page') ?? '30'), 100);
    const page = Number(request.query.get('page') ?? '1');
    const statuses = (known.statuses ?? []).map(({ context, state, at = '2026-03-02T12:00:00Z', ...rest }, index) => Object.assign({ id: index + 1, state, context, description: null, target_url: null, created_at: at, updated_at: at }, rest));
    const runs = (known.runs ?? []).map(({ status = 'completed', ...rest }, index) => Object.assign({ id: index + 1, status, started_at: '2026-03-02T12:00:00Z', completed_at: status === 'completed' ? '2026-03-02T12:05:00Z' : null, html_url: 'https://github.com/x', details_url: null, output: { title: null }, app: { id: 15368, slug: 'github-actions' }, check_suite: { id: 7 } }, rest));
    const all: unknown[] = list === 'status' ? statuses : runs;
    const part = all.slice((page - 1) * size, page * size);
    const headers = { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '57', 'x-ratelimit-reset': '1900000000', ...(page * size < all.length ? { link: `<${root}/repositories/1/commits/${sha}/${list}?per_page=${size}&page=${page + 1}>; rel="next"` } : {}) };
    sendJson(response, 200, list === 'status' ? { state: statuses.length === 0 ? 'pending' : 'success', sha, total_count: statuses.length, statuses: part } : { total_count: runs.length, check_runs: part }, headers);
  };
}
