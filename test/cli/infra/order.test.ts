import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildExample, type Example } from '../../example/build-example.ts';
import raw from '../../example/facts.json' with { type: 'json' };
import { runDocket } from '../../support/run-docket.ts';
import { askInfra } from './ask-infra.ts';

const tags = ['before-fix', 'at-claim', 'head'] as const;
const seedForm = `version: 1
apps:
  traefik:
    runs_in: deploy-proxy.service
    domain: traefik.ci.commoninternet.net
    health_domain: ci.commoninternet.net
    health_path: /
    health_ok: [200]
  dashboard:
    runs_in: deploy-dashboard.service
    domain: ci.commoninternet.net
    health_path: /healthz
    health_ok: [200, 204]
order: {units: ["systemd/*.service"]}
`;

let example: Example;
beforeAll(() => {
  example = buildExample();
});
afterAll(() => example.remove());

describe.each(tags)('the order of the example at %s', (tag) => {
  const expected = raw.infraOrder[tag];
  const leaves = raw.infraOrder[tag].leavesInclude;

  test('is as its facts say, from the revision and from the working tree alike', async () => {
    const answers = [await askInfra(example.dir, 'order', '--at', tag), await askInfra(example.checkedOut(tag), 'order')];
    for (const { exit, ok, command, data } of answers) {
      expect([exit, ok, command]).toEqual([expected.exit, expected.exit === 0, 'infra order']);
      expect(data).toMatchObject({ answer: expected.answer, unread: [], unknown: [], waits_for: [], waited_on_by: [] });
      expect(data.leaves).toEqual(expect.arrayContaining(leaves));
      expect(data.cycles.map(({ path }) => path)).toEqual('shortest' in expected ? [expected.shortest] : []);
    }
    expect(answers[1]?.data).toEqual(answers[0]?.data);
  });

  test.each([['nix/modules/*.nix'], ['systemd/*.service']])('is the same from %s alone', async (glob) => {
    const dir = example.checkedOut(tag);
    const spec = readFileSync(join(dir, 'machine-docs/infra.yaml'), 'utf8').replace(/^order:.*$/m, `order: {units: ["${glob}"]}`);
    writeFileSync(join(dir, 'alone.yaml'), spec);
    expect(await askInfra(dir, 'order', '--spec', 'alone.yaml')).toMatchObject({ exit: expected.exit, data: { answer: expected.answer } });
    rmSync(join(dir, 'alone.yaml'));
  });
});

describe('before the fix', () => {
  test('the witness names the gate and both places of the edge back, and what to ask instead', async () => {
    const { stdout, stderr, exit } = await runDocket(['infra', 'order', '--at', 'before-fix'], example.dir);
    expect(exit).toBe(1);
    const lines = stdout.split('\n').map((line) => line.replace(/ {2,}/g, '  '));
    expect(lines.slice(0, 6)).toEqual([
      '✘ cycle: something waits for what waits for it',
      '',
      'deploy-proxy.service → deploy-dashboard.service → deploy-proxy.service',
      '  deploy-proxy.service waits for deploy-dashboard.service  gate traefik/routed asks https://ci.commoninternet.net/  machine-docs/infra.yaml:9',
      '  deploy-dashboard.service waits for deploy-proxy.service  After  nix/modules/dashboard.nix:7, systemd/deploy-dashboard.service:4',
      '  → probe something that traefik serves itself: below https://traefik.ci.commoninternet.net/',
    ]);
    expect(stderr).toContain('gate-cycle  machine-docs/infra.yaml:9: Unexpected cycle');
  });

  test('nothing is deployed', async () => {
    const dir = example.checkedOut('before-fix');
    const canary = join(dir, 'deployed');
    const spec = readFileSync(join(dir, 'machine-docs/infra.yaml'), 'utf8').replaceAll(/driver: .*/g, 'driver: {kind: exec, current: [touch, deployed], deploy: [touch, deployed]}');
    writeFileSync(join(dir, 'deploys.yaml'), spec);
    const { exit, data, diagnostics } = await askInfra(dir, 'reconcile', '--spec', 'deploys.yaml', '--state-dir', 'state-of-test');
    expect(exit).toBe(1);
    expect(data.apps.map(({ app, outcome, order }) => [app, outcome, order])).toEqual([['traefik', 'refused', 'cycle'], ['dashboard', 'refused', 'cycle']]);
    expect(data.apps[0]?.alerts).toMatchObject([{ reason: 'gate-cycle' }]);
    expect(diagnostics).toContainEqual(expect.objectContaining({ rule: 'gate-cycle', level: 'error', place: expect.objectContaining({ path: 'deploys.yaml', line: 9 }), next: expect.stringContaining('traefik.ci.commoninternet.net') }));
    expect(() => readFileSync(canary)).toThrow();
    for (const name of ['deploys.yaml', 'state-of-test']) rmSync(join(dir, name), { recursive: true });
  });

  test("the older field names say the same: their gate is the cycle, until it asks the proxy's own name", async () => {
    const dir = example.checkedOut('before-fix');
    writeFileSync(join(dir, 'seed.yaml'), seedForm);
    const before = await askInfra(dir, 'order', '--spec', 'seed.yaml');
    expect(before).toMatchObject({ exit: 1, data: { answer: 'cycle', cycles: [{ path: ['deploy-proxy.service', 'deploy-dashboard.service', 'deploy-proxy.service'] }] } });
    expect(before.data.cycles[0]?.edges[0]).toMatchObject({ why: 'gate traefik/health asks https://ci.commoninternet.net/', place: { path: 'seed.yaml', line: 6 } });
    writeFileSync(join(dir, 'seed.yaml'), seedForm.replace(/ +health_domain:.*\n +health_path: \/\n/, '    health_path: /api/version\n'));
    expect(await askInfra(dir, 'order', '--spec', 'seed.yaml')).toMatchObject({ exit: 0, data: { answer: 'ok' } });
    rmSync(join(dir, 'seed.yaml'));
  });
});

describe('one unit', () => {
  test('what it waits for and what waits for it, direct and through others; a name without a type is the service', async () => {
    const { data, exit } = await askInfra(example.dir, 'order', 'deploy-proxy', '--at', 'head');
    expect(exit).toBe(0);
    expect(data).toMatchObject({ unit: 'deploy-proxy.service', waits_for: expect.arrayContaining(['docker.service', 'network-online.target']), waited_on_by: expect.arrayContaining(['deploy-bridge.service', 'deploy-dashboard.service', 'nightly-sweep.service']) });
    const text = await runDocket(['infra', 'order', 'deploy-bridge', '--at', 'head'], example.dir);
    expect(text.stdout).toContain('  waits for: deploy-proxy.service docker.service\n    and through others: network-online.target\n  is waited for by: deploy-dashboard.service multi-user.target\n');
  });

  test('an unknown one is exit 2 with the nearest', async () => {
    const { exit, diagnostics } = await askInfra(example.dir, 'order', 'deploy-prox');
    expect([exit, diagnostics[0]?.rule]).toEqual([2, 'usage']);
    expect(diagnostics[0]?.message).toContain('Did you mean deploy-proxy.service');
  });
});

test('drawings are the whole of stdout, of everything or of one unit', async () => {
  const mermaid = await runDocket(['infra', 'order', '--format', 'mermaid', '--at', 'before-fix'], example.dir);
  expect(mermaid.exit).toBe(1);
  expect(mermaid.stdout).toMatch(/^flowchart LR\n/);
  expect(mermaid.stdout).toContain('-.->|"gate traefik/routed asks https://ci.commoninternet.net/"|');
  expect(mermaid.stdout).toContain('stroke:red');
  const dot = await runDocket(['infra', 'order', 'nightly-sweep', '--format', 'dot', '--at', 'head'], example.dir);
  expect(dot.stdout).toMatch(/^digraph order \{\n/);
  expect(dot.stdout).toContain('"nightly-sweep.service" -> "deploy-proxy.service"');
  expect(dot.stdout).not.toContain('dashboard');
});

test('a revision is read with what it holds: links inside it, a file in the root, and nothing of the working tree', async () => {
  const dir = example.checkedOut('head');
  const git = (...args: string[]): string => execFileSync('git', ['-C', dir, '-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], { encoding: 'utf8' });
  const spec = readFileSync(join(dir, 'machine-docs/infra.yaml'), 'utf8').replace(/^order:.*$/m, 'order: {units: ["units/*", "late.service"], compose: [compose.yml]}');
  git('rm', '-q', '-r', 'nix');
  mkdirSync(join(dir, 'units'));
  symlinkSync('../systemd/deploy-proxy.service', join(dir, 'units/deploy-proxy.service'));
  symlinkSync('/etc/hostname', join(dir, 'units/outside.service'));
  writeFileSync(join(dir, 'late.service'), '[Unit]\nAfter=deploy-proxy.service\n');
  writeFileSync(join(dir, 'compose.yml'), 'services: {web: {image: x, depends_on: [db]}, db: {image: y}}\n');
  writeFileSync(join(dir, 'machine-docs/infra.yaml'), spec);
  git('add', '-A');
  git('commit', '-q', '--no-verify', '-m', 'other sources');
  const [committed, working] = [await askInfra(dir, 'order', '--at', 'HEAD'), await askInfra(dir, 'order')];
  expect(committed).toMatchObject({ exit: 3, data: { answer: 'incomplete', unread: [{ what: 'units/outside.service' }] } });
  expect(committed.data.edges).toEqual(expect.arrayContaining([
    expect.objectContaining({ from: 'late.service', to: 'deploy-proxy.service' }),
    expect.objectContaining({ from: 'deploy-proxy.service', to: 'docker.service', place: { path: 'units/deploy-proxy.service', line: 4 } }),
    expect.objectContaining({ from: 'compose:web', to: 'compose:db' }),
  ]));
  expect(working.data).toEqual(committed.data);
  appendFileSync(join(dir, 'late.service'), 'Before=nothing.service\n');
  expect((await askInfra(dir, 'order', '--at', 'HEAD')).data).toEqual(committed.data);
  expect((await askInfra(dir, 'order')).data).not.toEqual(committed.data);
});

test('without a specification, or with one that cannot be read, it is exit 2 with the place of every fault', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'docket-spec-'));
  expect(await askInfra(dir, 'order')).toMatchObject({ exit: 2, data: {}, diagnostics: [{ rule: 'unreadable', message: 'machine-docs/infra.yaml does not exist', place: { path: 'machine-docs/infra.yaml', line: 1 } }] });
  expect(await askInfra(example.dir, 'order', '--at', 'head', '--spec', 'nix/none.yaml')).toMatchObject({ exit: 2, diagnostics: [{ rule: 'unreadable', message: 'nix/none.yaml does not exist at head' }] });
  expect(await askInfra(dir, 'order', '--at', 'head')).toMatchObject({ exit: 2, diagnostics: [{ rule: 'usage' }] });
  writeFileSync(join(dir, 'infra.yaml'), 'version: 1\napps:\n  a: {wantd: "1"}\n  b: {wanted: 5.10, via: [c]}\n  c: {via: [b]}\n');
  const { diagnostics, exit } = await askInfra(dir, 'order', '--spec', 'infra.yaml');
  expect(exit).toBe(2);
  expect(diagnostics.map(({ rule, place }) => [rule, place?.path, place?.line, place?.column])).toEqual([['config', 'infra.yaml', 3, 7], ['config', 'infra.yaml', 4, 15], ['config', 'infra.yaml', 4, 26]]);
  expect(diagnostics.map(({ next }) => next)).toEqual(['Write "wanted" instead of "wantd".', 'Write it in quotes: "5.10"', expect.stringContaining('via')]);
  rmSync(dir, { recursive: true });
});
