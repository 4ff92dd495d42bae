import { Agent as PlainAgent, request as askPlain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as askSecurely } from 'node:https';
import { version } from '../contract/version.ts';
import { ForgeTrouble } from './trouble.ts';

/** How a forge is asked. */
export interface Asking {
  /** What goes with every request, the token among it. */
  headers: Readonly<Record<string, string>>;
  /** Whether a token is among them. */
  known: boolean;
  /** When all asking has to end, in milliseconds of `Date.now()`. */
  deadline: number;
}

export interface Page {
  /** Where it came from in the end. */
  url: URL;
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A page of a hundred check runs takes a few hundred KB. */
const mostBytes = 8 * 1024 * 1024;
const mostRedirects = 5;

/**
 * One GET over a connection of its own, without any proxy, whatever the environment says. Redirects are followed on the same host, port and protocol only,
 * as the token goes along. Throws a `ForgeTrouble` where no page comes.
 */
export async function getPage(from: URL, asking: Asking): Promise<Page> {
  let url = from;
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    const page = await getOnce(url, asking);
    if (![301, 302, 303, 307, 308].includes(page.status)) return page;
    const { location } = page.headers;
    const to = location !== undefined && URL.canParse(location, url.href) ? new URL(location, url) : null;
    if (to === null) throw new ForgeTrouble(`${url.host} redirects to nowhere`, { status: page.status });
    if (to.origin !== from.origin) throw new ForgeTrouble(`${url.host} redirects to another place, ${to.origin}, which is not asked`, { status: page.status, next: 'Write the address of the forge itself into `ci.url`.' });
    url = to;
  }
  throw new ForgeTrouble(`${from.host} redirects in a circle`);
}

function getOnce(url: URL, { headers, deadline }: Asking): Promise<Page> {
  return new Promise((resolve, reject) => {
    const left = deadline - Date.now();
    if (left <= 0) return reject(tooSlow(url));
    const common = { method: 'GET', headers: { 'user-agent': `docket/${version}`, accept: 'application/json', 'accept-encoding': 'identity', ...headers } };
    // Agents of its own: the shared ones may be told by the environment to use a proxy.
    const asked = url.protocol === 'https:' ? askSecurely(url, { ...common, agent: new SecureAgent({ keepAlive: false }), rejectUnauthorized: true }) : askPlain(url, { ...common, agent: new PlainAgent({ keepAlive: false }) });
    const timer = setTimeout(() => asked.destroy(tooSlow(url)), left);
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
    };
    asked.on('error', (error) => end(() => reject(error instanceof ForgeTrouble ? error : explain(url, error))));
    asked.on('response', (response) => {
      readBody(url, response).then((body) => end(() => resolve({ url, status: response.statusCode ?? 0, headers: response.headers, body })), (error: Error) => {
        asked.destroy();
        end(() => reject(error instanceof ForgeTrouble ? error : explain(url, error)));
      });
    });
    asked.end();
  });
}

async function readBody(url: URL, response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) throw new ForgeTrouble(`${url.host} answers with more than ${mostBytes / 1024 / 1024} MiB`, { status: response.statusCode ?? null });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function tooSlow(url: URL): ForgeTrouble {
  return new ForgeTrouble(`${url.host} did not answer in time`, { next: 'docket ci status --timeout 60s' });
}

function explain({ host }: URL, error: Error): ForgeTrouble {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const proxy = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => (process.env[name] ?? '') !== '');
  const why = /ENOTFOUND|EAI_AGAIN/u.test(code) ? 'its name cannot be resolved' : code === 'ECONNREFUSED' ? 'nothing listens there' : /CERT|SIGNED|TLS|SSL/u.test(code) ? `its certificate is not trusted (${code})` : code === '' ? 'the connection broke' : code;
  return new ForgeTrouble(`${host} cannot be reached: ${why}${proxy ? '; docket uses no proxy' : ''}`);
}
