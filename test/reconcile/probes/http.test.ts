import { gzipSync } from 'node:zlib';
import { createServer as createTcp } from 'node:net';
import { describe, expect, it } from 'vitest';
import { runProbe, runProbes, type ProbeOutcome } from '../../../src/reconcile/index.ts';
import { certificateFor, closedPort, handClock, serve, serveHttp, serveHttps, serveTcp, trusting } from './servers.ts';
import { context, probe } from './specimens.ts';

const ok = certificateFor(['app.example', 'other.example']);

describe('https', () => {
  it('connects to the pin and keeps the name in SNI and Host', async () => {
    const seen: unknown[] = [];
    const port = await serveHttps(ok, (request, response) => {
      seen.push([request.headers.host, (request.socket as { servername?: string }).servername, request.url, request.method]);
      response.end('{"Version":"3.6.15","Codename":"ramequin"}');
    });
    const outcome = await runProbe(probe({ url: 'https://app.example/api/version?x=1', pin: `127.0.0.1:${port}`, expect: { status: [200], json: { Version: '3.6.15' } } }), context({ trust: trusting(ok) }));
    expect(seen).toEqual([['app.example', 'app.example', '/api/version?x=1', 'GET']]);
    expect(outcome).toMatchObject({ verdict: 'pass', result: { kind: 'answer', status: 200, tls: { authorized: true, why: null, expired: false } } });
    expect(outcome.conditions.map(({ condition, ok }) => [condition, ok])).toEqual([['status', true], ['json Version', true]]);
  });

  it('keeps a port of the URL in Host when the pin has another', async () => {
    let host = '';
    const port = await serveHttps(ok, (request, response) => {
      host = request.headers.host ?? '';
      response.end();
    });
    await runProbe(probe({ url: 'https://app.example:8443/', pin: `127.0.0.1:${port}`, expect: { status: [200] } }), context({ trust: trusting(ok) }));
    expect(host).toBe('app.example:8443');
  });

  const verified = { status: [200] };
  it.each([
    ['a certificate that nobody vouches for', ok, 'app.example', false, 'DEPTH_ZERO_SELF_SIGNED_CERT', false],
    ['a certificate for another name', ok, 'third.example', true, 'ERR_TLS_CERT_ALTNAME_INVALID', false],
    ['a certificate out of date', certificateFor(['app.example'], -1), 'app.example', true, 'CERT_HAS_EXPIRED', true],
  ])('%s: no answer when verified, an answer with the facts when not', async (_, certificate, name, trusted, why, expired) => {
    const port = await serveHttps(certificate, (_, response) => void response.end('hello'));
    const at = { url: `https://${name}/`, pin: `127.0.0.1:${port}`, expect: verified };
    const setting = context(trusted ? { trust: trusting(certificate) } : {});
    const [strict, lax] = await Promise.all([runProbe(probe(at), setting), runProbe(probe({ ...at, tls: { verify: false } }), setting)]);
    expect(strict).toMatchObject({ verdict: 'fail', conditions: [], result: { kind: 'no-answer', phase: 'tls', code: why, tls: { authorized: false, why, expired } } });
    expect(lax).toMatchObject({ verdict: 'pass', result: { kind: 'answer', tls: { authorized: false, why, expired } } });
    expect(lax.result).toHaveProperty('tls.notAfter', expect.stringMatching(/^20\d\d-\d\d-\d\dT.*Z$/));
  });

  it('fails an expired certificate only where that condition stands', async () => {
    const expired = certificateFor(['app.example'], -1);
    const port = await serveHttps(expired, (_, response) => void response.end('hello'));
    const at = { url: 'https://app.example/', pin: `127.0.0.1:${port}`, tls: { verify: false } };
    const outcome = await runProbe(probe({ ...at, expect: { status: [200], not_expired: true } }), context());
    expect(outcome.verdict).toBe('fail');
    expect(outcome.conditions).toMatchObject([{ condition: 'status', ok: true }, { condition: 'not_expired', ok: false }]);
  });

  it('tells a handshake with a plain server apart from an answer', async () => {
    const port = await serveHttp((_, response) => void response.end('plain'));
    const outcome = await runProbe(probe({ url: 'https://app.example/', pin: `127.0.0.1:${port}`, tls: { verify: false }, expect: { status: [200] } }), context());
    expect(outcome).toMatchObject({ verdict: 'fail', result: { kind: 'no-answer', phase: 'tls' } });
  });

  it('fails on the page of another virtual host', async () => {
    const port = await serveHttps(ok, (request, response) => {
      response.writeHead(request.headers.host === 'app.example' ? 200 : 404).end('{"service":"proxy"}');
    });
    const at = { pin: `127.0.0.1:${port}`, tls: { verify: false }, expect: { status: [200] } };
    const outcomes = await runProbes([probe({ ...at, url: 'https://app.example/' }), probe({ ...at, url: 'https://other.example/' })], context());
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['pass', 'fail']);
  });
});

describe('who does not answer, and in which phase', () => {
  const at = (port: number, scheme = 'http'): Record<string, unknown> => ({ url: `${scheme}://app.example/`, pin: `127.0.0.1:${port}`, expect: { status: [200] } });

  it('nobody listens: connect', async () => {
    const outcome = await runProbe(probe(at(await closedPort())), context());
    expect(outcome).toMatchObject({ verdict: 'fail', conditions: [], result: { kind: 'no-answer', phase: 'connect', code: 'ECONNREFUSED' } });
  });

  it('the name is unknown: dns', async () => {
    const lookup: NonNullable<ReturnType<typeof context>['lookup']> = (name, _, callback) => callback(Object.assign(new Error(`no ${name}`), { code: 'ENOTFOUND' }), []);
    const outcome = await runProbe(probe({ url: 'http://nobody.invalid/', expect: { status: [200] } }), context({ lookup }));
    expect(outcome.result).toMatchObject({ kind: 'no-answer', phase: 'dns', code: 'ENOTFOUND' });
  });

  it('a resolver that never answers: dns, at the deadline', async () => {
    const clock = handClock();
    const running = runProbe(probe({ url: 'http://slow.example/', expect: { status: [200] } }), context({ clock, timeoutMs: 5000, lookup: () => clock.advance(5000) }));
    expect((await running).result).toEqual({ kind: 'no-answer', phase: 'dns', code: 'deadline', tls: null, ms: 5000 });
  });

  it.each([
    ['https', 'tls'],
    ['http', 'http'],
  ])('a silent socket over %s: %s, at the deadline', async (scheme, phase) => {
    const clock = handClock();
    const port = await serveTcp((socket) => void socket.once('data', () => clock.advance(5000)));
    const outcome = await runProbe(probe({ ...at(port, scheme) }), context({ clock, timeoutMs: 5000 }));
    expect(outcome).toMatchObject({ verdict: 'fail', result: { kind: 'no-answer', phase, code: 'deadline', ms: 5000 } });
  });

  it('closed without a word: http', async () => {
    const port = await serveTcp((socket) => void socket.once('data', () => socket.end()));
    expect((await runProbe(probe(at(port)), context())).result).toMatchObject({ kind: 'no-answer', phase: 'http', code: 'ECONNRESET' });
  });

  it('something that is no http: http', async () => {
    const port = await serveTcp((socket) => void socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n\r\n')));
    expect((await runProbe(probe(at(port)), context())).result).toMatchObject({ kind: 'no-answer', phase: 'http', code: expect.stringMatching(/^HPE_/) });
  });

  it('cut off in the middle: body', async () => {
    const port = await serveTcp((socket) => void socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf')));
    expect((await runProbe(probe(at(port)), context())).result).toMatchObject({ kind: 'no-answer', phase: 'body', code: 'ECONNRESET' });
  });

  it.each(['http', 'https'])('a slow drip over %s: body, at the one deadline for the whole request', async (scheme) => {
    const clock = handClock();
    const drip = (response: { write(text: string): void; writeHead(status: number): void }): void => {
      response.writeHead(200);
      const timer = setInterval(() => {
        response.write('.');
        clock.advance(50);
        if (clock.monotonic() > 60_000) clearInterval(timer);
      }, 2);
    };
    const port = await (scheme === 'http' ? serveHttp((_, response) => drip(response)) : serveHttps(ok, (_, response) => drip(response)));
    const outcome = await runProbe(probe({ ...at(port, scheme), ...(scheme === 'https' && { tls: { verify: false } }) }), context({ clock, timeoutMs: 10_000 }));
    expect(outcome).toMatchObject({ verdict: 'fail', conditions: [], result: { kind: 'no-answer', phase: 'body', code: 'deadline', ms: 10_000 } });
  });

  it('says nothing about the app when the caller calls it off', async () => {
    const stop = new AbortController();
    const port = await serveTcp((socket) => void socket.once('data', () => stop.abort()));
    const outcome = await runProbe(probe(at(port)), context({ signal: stop.signal }));
    expect(outcome).toMatchObject({ verdict: 'unknown', result: { kind: 'not-run', code: 'aborted' } });
    expect((await runProbe(probe(at(port)), context({ signal: stop.signal }))).verdict).toBe('unknown');
  });
});

describe('answers', () => {
  const ask = async (body: string | Buffer, expected: Record<string, unknown>, headers: Record<string, string> = {}): Promise<ProbeOutcome> => {
    const port = await serveHttp((_, response) => void response.writeHead(200, headers).end(body));
    return runProbe(probe({ url: `http://127.0.0.1:${port}/`, expect: expected }), context());
  };

  it('does not follow redirects', async () => {
    let asked = 0;
    const port = await serveHttp((_, response) => {
      asked += 1;
      response.writeHead(302, { location: '/there' }).end();
    });
    const outcome = await runProbe(probe({ url: `http://127.0.0.1:${port}/`, expect: { status: [200] } }), context());
    expect(outcome).toMatchObject({ verdict: 'fail', result: { status: 302 }, conditions: [{ condition: 'status', expected: '200', got: '302' }] });
    expect(asked).toBe(1);
  });

  it('goes straight there, whatever proxy the environment names', async () => {
    const before = process.env['http_proxy'];
    process.env['http_proxy'] = `http://127.0.0.1:${await closedPort()}`;
    try {
      expect((await ask('here', { text: 'here' })).verdict).toBe('pass');
    } finally {
      if (before === undefined) delete process.env['http_proxy'];
      else process.env['http_proxy'] = before;
    }
  });

  it('keeps a body up to the limit and says that it was longer', async () => {
    const { result, verdict } = await ask(Buffer.alloc(3_000_000, 'x'), { text: '^x' });
    expect(verdict).toBe('pass');
    expect(result).toMatchObject({ kind: 'answer', body: { bytes: 64 * 1024, truncated: true, digest: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  });

  it('does not unpack what it never asked for', async () => {
    const outcome = await ask(gzipSync('{"a":1}'), { json: { a: 1 } }, { 'content-encoding': 'gzip' });
    expect(outcome).toMatchObject({ verdict: 'fail', conditions: [{ got: 'a body that is not JSON' }] });
  });

  it('ends with the headers of an answer that ends with the connection', async () => {
    const port = await serve(createTcp((socket) => void socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\nX-Is: app one\r\nx-is: two\r\n\r\nbody'))));
    const outcome = await runProbe(probe({ url: `http://127.0.0.1:${port}/`, expect: { header: { 'X-Is': '^app one, two$' }, text: '^body$' } }), context());
    expect(outcome.verdict).toBe('pass');
  });
});

it('asks all at once: none is answered before the last has asked', async () => {
  const waiting: (() => void)[] = [];
  const port = await serveHttps(ok, (_, response) => {
    waiting.push(() => response.end('{}'));
    if (waiting.length === 200) for (const answer of waiting) answer();
  });
  const probes = Array.from({ length: 200 }, (_, index) => probe({ name: `p${index}`, url: `https://p${index}.example/`, pin: `127.0.0.1:${port}`, tls: { verify: false }, expect: { status: [200] } }));
  const outcomes = await runProbes(probes, context({ timeoutMs: 60_000 }));
  expect(outcomes.filter(({ verdict }) => verdict === 'pass')).toHaveLength(200);
  expect(outcomes.map(({ name }) => name)).toEqual(probes.map(({ name }) => name));
});
