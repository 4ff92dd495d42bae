import { describe, expect, it } from 'vitest';
import { findProvider } from '../../../src/reconcile/order/find-provider.ts';
import { arrows, orderOf, specOf } from './specimens.ts';

const after = (...units: string[]): string => `[Unit]\nAfter=${units.join(' ')}\n`;
const asks = (url: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({ name: 'x', url, expect: { status: [200] }, ...more });

describe('who serves a URL', () => {
  const { apps } = specOf({ apps: {
    root: { serves: ['https://a.example/'] },
    api: { serves: ['https://a.example/api', 'https://a.example/api/v2/deep/'] },
    v2: { serves: ['https://a.example/api/v2/'] },
    wild: { serves: ['https://*.example/', 'https://*.example/api/v2/deep/x'] },
    deeper: { serves: ['https://*.b.example/'] },
    port: { serves: ['http://127.0.0.1:8080/'] },
    other: { serves: ['http://127.0.0.1:9090/'] },
    versioned: { serves: ['https://c.test/${version.app}/'], wanted: '1.2.3' },
  } });
  it.each([
    ['https://a.example/', 'root'],
    ['https://a.example/anything', 'root'],
    ['https://a.example/api', 'api'],
    ['https://a.example/api/', 'api'],
    ['https://a.example/apis', 'root'],
    ['https://a.example/api?x=1', 'api'],
    ['https://a.example/api/v1/x', 'api'],
    ['https://a.example/api/v2', 'v2'],
    ['https://a.example/api/v2/x', 'v2'],
    ['https://a.example/api/v2/deep/x', 'api'],
    ['https://a.example/api/v2/deep/x/y', 'api'],
    ['https://a.example/api/v22', 'api'],
    ['https://A.Example/API', 'root'],
    ['http://a.example/', 'root'],
    ['https://a.example:443/', 'root'],
    ['https://a.example:8443/api', 'api'],
    ['https://z.example/', 'wild'],
    ['https://z.b.example/', 'deeper'],
    ['https://example/', null],
    ['https://xa.example.org/', null],
    ['https://a.example.evil.test/', null],
    ['http://127.0.0.1:8080/x', 'port'],
    ['http://127.0.0.1:9090/x', 'other'],
    ['http://127.0.0.1/x', null],
    ['http://127.0.0.1:8081/x', null],
  ])('%s: %s', (url, name) => {
    expect(findProvider(new URL(url), apps)?.name ?? null).toBe(name);
  });
});

describe('a gate waits for whoever answers it', () => {
  const web = { runs_in: 'web.service', serves: ['https://web.example/'] };

  it('and what answers comes after it: a cycle, with the gate as witness', async () => {
    const { answer, cycles } = await orderOf({ 'u/web.service': after('proxy.service'), 'u/proxy.service': after('docker.service') }, {
      proxy: { runs_in: 'proxy.service', serves: ['https://proxy.example/', 'https://other.example/p'], gate: [asks('https://web.example/start')] },
      web,
    });
    expect(answer).toBe('cycle');
    expect(cycles).toEqual([{
      path: ['proxy.service', 'web.service', 'proxy.service'],
      edges: [
        { from: 'proxy.service', to: 'web.service', why: 'gate proxy/x asks https://web.example/start', place: { path: 'machine-docs/infra.yaml', line: expect.any(Number) }, also: [] },
        { from: 'web.service', to: 'proxy.service', why: 'After', place: { path: 'u/web.service', line: 2 }, also: [] },
      ],
      proposal: 'probe something that proxy serves itself: below https://proxy.example/ or https://other.example/p',
    }]);
  });

  it('through others too', async () => {
    const { cycles } = await orderOf({ 'u/web.service': after('mid.service'), 'u/mid.service': after('proxy.service') }, { proxy: { runs_in: 'proxy.service', gate: [asks('https://web.example/')] }, web });
    expect(cycles).toMatchObject([{ path: ['proxy.service', 'web.service', 'mid.service', 'proxy.service'], proposal: 'move the probe x of proxy from gate to confirm, and let the gate ask proxy alone' }]);
  });

  it('through the apps that a request passes, and through those that they pass', async () => {
    const { edges, answer } = await orderOf({}, {
      web: { ...web, via: ['proxy'], gate: [asks('https://web.example/')] },
      proxy: { runs_in: 'proxy', via: ['edge'], serves: ['https://proxy.example/'] },
      edge: { runs_in: 'edge.service' },
    });
    expect(answer).toBe('ok');
    expect(edges.map(({ from, to, why }) => [from, to, why])).toEqual([
      ['web.service', 'proxy.service', 'gate web/x asks https://web.example/, through proxy'],
      ['web.service', 'edge.service', 'gate web/x asks https://web.example/, through edge'],
    ]);
  });

  it('a page of its own that leads through what comes after it is a cycle as well', async () => {
    const { cycles } = await orderOf({ 'u/proxy.service': after('web.service') }, {
      web: { ...web, via: ['proxy'], gate: [asks('https://web.example/')] },
      proxy: { runs_in: 'proxy.service' },
    });
    expect(cycles).toMatchObject([{ path: ['web.service', 'proxy.service', 'web.service'], proposal: 'move the probe x of web from gate to confirm, and let the gate ask web alone' }]);
  });

  it.each([
    ['itself', { gate: [asks('https://web.example/healthz')] }, []],
    ['nobody, when it only confirms', { gate: [], confirm: [asks('https://db.example/')] }, []],
    ['the provider it names', { gate: [asks('https://nobody.example/', { provider: 'db' })] }, ['web.service > db.service']],
    ['a provider before the one that the URL says', { gate: [asks('https://web.example/', { provider: 'db' })] }, ['web.service > db.service']],
    ['a unit it names', { gate: [asks('https://nobody.example/', { provider: 'cache.service' })] }, ['web.service > cache.service']],
    ['a compose service it names', { gate: [asks('https://nobody.example/', { provider: 'compose:cache' })] }, ['web.service > compose:cache']],
    ['who is behind a port, when it is named', { gate: [{ name: 'p', tcp: 'db:5432', provider: 'db' }, { name: 'c', command: ['pg_isready'], provider: 'db' }] }, ['web.service > db.service']],
    ['nobody, by a port or a command alone', { gate: [{ name: 'p', tcp: 'db:5432' }, { name: 'c', command: ['pg_isready'] }] }, []],
    ['an app in the same unit', { gate: [asks('https://twin.example/')] }, []],
    ['an app without a unit', { gate: [asks('https://loose.example/')] }, []],
  ])('asks %s', async (_, gates, expected) => {
    const order = await orderOf({}, {
      web: { ...web, ...gates },
      db: { runs_in: 'db.service', serves: ['https://db.example/'] },
      twin: { runs_in: 'web.service', serves: ['https://twin.example/'] },
      loose: { serves: ['https://loose.example/'] },
    });
    expect(order).toMatchObject({ answer: 'ok', unknown: [] });
    expect(arrows(order.edges)).toEqual(expected);
  });

  it('names URLs that nobody serves', async () => {
    const order = await orderOf({}, { web: { ...web, wanted: '1.2.3', gate: [asks('https://gone.example/${version}')] } });
    expect(order).toMatchObject({ answer: 'unknown-provider', unknown: [{ app: 'web', probe: 'x', url: 'https://gone.example/1.2.3', why: 'no app serves it', place: { path: 'machine-docs/infra.yaml' } }] });
  });

  it('names a provider that is nobody', async () => {
    const order = await orderOf({}, { web: { ...web, gate: [asks('https://web.example/', { provider: 'wep' })] } });
    expect(order).toMatchObject({ answer: 'unknown-provider', unknown: [{ why: 'provider wep is neither an app nor a unit; nearest: web' }] });
  });

  it('is asked of nobody in particular when the app runs in no unit', async () => {
    expect(await orderOf({}, { web: { gate: [asks('https://gone.example/')] } })).toMatchObject({ answer: 'ok', edges: [], unknown: [] });
  });

  it('knows a unit by its other name', async () => {
    const order = await orderOf({ 'u/web.service': `${after('proxy.service')}[Install]\nAlias=start.service\n` }, { proxy: { runs_in: 'proxy.service', gate: [asks('https://web.example/')] }, web: { ...web, runs_in: 'start.service' } });
    expect(order.cycles[0]?.path).toEqual(['proxy.service', 'web.service', 'proxy.service']);
  });

  it('knows instances of templates that gates speak of', async () => {
    const order = await orderOf({ 'u/app@.service': after('proxy.service') }, { proxy: { runs_in: 'proxy.service', gate: [asks('https://web.example/')] }, web: { ...web, runs_in: 'app@web.service' } });
    expect(order.cycles[0]?.path).toEqual(['proxy.service', 'app@web.service', 'proxy.service']);
  });

  it("sees the seed's own fault in the seed's own words", async () => {
    const order = await orderOf({ 'u/dashboard.service': after('proxy.service') }, {
      traefik: { domain: 'traefik.ci.example', health_domain: 'ci.example', health_path: '/', health_ok: [200], runs_in: 'proxy.service' },
      dashboard: { domain: 'ci.example', health_path: '/healthz', health_ok: [200], runs_in: 'dashboard.service' },
    });
    expect(order.cycles).toMatchObject([{ path: ['proxy.service', 'dashboard.service', 'proxy.service'], proposal: 'probe something that traefik serves itself: below https://traefik.ci.example/' }]);
  });
});

describe('which answer comes first', () => {
  const cycle = { 'u/a.service': after('b.service'), 'u/b.service': after('a.service') };
  const unknown = { app: { runs_in: 'app.service', gate: [asks('https://gone.example/')] } };
  const unread = { 'u/c.service': after('%H.service') };
  it.each([
    ['cycle', { ...cycle, ...unread }, unknown],
    ['unknown-provider', unread, unknown],
    ['incomplete', unread, {}],
    ['ok', { 'u/a.service': after('b.service') }, {}],
  ])('%s', async (answer, files, apps) => {
    expect((await orderOf(files, apps)).answer).toBe(answer);
  });
});

describe('compose files', () => {
  const compose = `
x-common: &common
  depends_on: [base]
services:
  web:
    depends_on:
      - api
      - cache
  api:
    depends_on:
      db: {condition: service_healthy}
      queue:
        condition: service_started
  worker:
    <<: *common
    links: ["db:database"]
    volumes_from: [data:ro, "container:else"]
    network_mode: service:api
  child:
    extends: {service: api}
    depends_on: [web]
  db: {}
  base:
  plain:
    network_mode: host
`;
  it('are read in both forms, with what implies an order', async () => {
    const order = await orderOf({ 'compose.yml': compose });
    expect(order).toMatchObject({ answer: 'ok', leaves: ['compose:cache', 'compose:data', 'compose:queue'] });
    expect(arrows(order.edges)).toEqual([
      'compose:api > compose:db', 'compose:api > compose:queue',
      'compose:child > compose:db', 'compose:child > compose:queue', 'compose:child > compose:web',
      'compose:web > compose:api', 'compose:web > compose:cache',
      'compose:worker > compose:api', 'compose:worker > compose:base', 'compose:worker > compose:data', 'compose:worker > compose:db',
    ]);
    expect(order.edges.find(({ to }) => to === 'compose:db')).toEqual({ from: 'compose:api', to: 'compose:db', why: 'depends_on (service_healthy)', place: { path: 'compose.yml', line: 11 } });
  });

  it('make a cycle with a gate', async () => {
    const order = await orderOf({ 'compose.yml': 'services:\n  web:\n    depends_on: [proxy]\n  proxy: {}\n' }, {
      proxy: { runs_in: 'compose:proxy', serves: ['https://p.example/'], gate: [asks('https://web.example/')] },
      web: { runs_in: 'compose:web', serves: ['https://web.example/'] },
    });
    expect(order.cycles).toMatchObject([{ path: ['compose:proxy', 'compose:web', 'compose:proxy'], edges: [{}, { why: 'depends_on', place: { path: 'compose.yml', line: 3 } }] }]);
  });

  it('make a cycle of their own', async () => {
    const order = await orderOf({ 'compose.yml': 'services:\n  a: {depends_on: [b]}\n  b: {depends_on: [a]}\n' });
    expect(order.cycles[0]?.proposal).toBe('take one of these out: depends_on between compose:a and compose:b (compose.yml:2); depends_on between compose:b and compose:a (compose.yml:3)');
  });

  it.each([
    ['no YAML', 'services: [', 'compose.yml', 1],
    ['files that are included', 'include: [other.yml]\nservices: {}\n', 'include', 1],
    ['a service of another file', 'services:\n  a:\n    extends: {file: x.yml, service: b}\n', 'extends of a', 3],
  ])('%s cannot be read', async (_, text, what, line) => {
    expect(await orderOf({ 'compose.yml': text })).toMatchObject({ answer: 'incomplete', unread: [{ what, place: { path: 'compose.yml', line } }] });
  });
});
