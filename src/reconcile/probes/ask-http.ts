import { request, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HttpProbe } from '../spec/types.ts';
import { portOf } from '../spec/urls.ts';
import { attempt, type Attempt, type ProbeContext } from './attempt.ts';
import { collectBody } from './collect-body.ts';
import { openSocket, shareLookups } from './open-socket.ts';
import { secureSocket } from './secure-socket.ts';
import type { ProbeResult } from './types.ts';

/** One GET over a connection of its own. No redirect is followed and no proxy is used, whatever the environment says: the gate
 *  is about the one that answers there. */
export function askHttp(probe: HttpProbe, context: ProbeContext): Promise<ProbeResult> {
  return attempt(context, 'dns', (attempt) => {
    const url = new URL(probe.url);
    const name = url.hostname.replace(/^\[|\]$/g, '');
    const address = probe.pin ?? { host: name, port: portOf(url) };
    openSocket(attempt, address, context.lookup ?? shareLookups(), (socket) => {
      if (url.protocol === 'https:') secureSocket(attempt, socket, { name, verify: probe.verify }, context, (stream) => sendRequest(attempt, stream, url));
      else sendRequest(attempt, socket, url);
    });
  });
}

function sendRequest(attempt: Attempt, stream: Duplex, url: URL): void {
  attempt.phase = 'http';
  const asking = request({
    createConnection: () => stream,
    path: `${url.pathname}${url.search}`,
    headers: { host: url.host, 'user-agent': 'docket', accept: '*/*', 'accept-encoding': 'identity' },
  });
  asking.on('error', attempt.fail);
  asking.once('response', (response) => receive(attempt, response));
  asking.end();
}

function receive(attempt: Attempt, response: IncomingMessage): void {
  attempt.phase = 'body';
  const collector = collectBody();
  const finish = (): void => attempt.settle({
    kind: 'answer',
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? ''])),
    body: collector.body(),
    tls: attempt.tls,
    ms: attempt.elapsed(),
  });
  response.on('data', (chunk: Buffer) => {
    if (!collector.add(chunk)) finish();
  });
  response.once('end', finish);
  response.once('error', attempt.fail);
}
