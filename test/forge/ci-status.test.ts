import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Envelope } from '../../src/contract/schema/envelope.ts';
import { allSchemas } from '../../src/contract/schema/write-schemas.ts';
import { certificateFor, serveHttps } from '../reconcile/probes/servers.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { runDocket, type Answer as Ran } from '../support/run-docket.ts';
import { gitea, github, notFound, sendJson, startForge, type Answer, type FakeForge, type GivenRun, type GivenStatus } from './fake-forge.ts';

const token = 'tk-4f6a8c0e2b4d6f80';
const variable = 'DOCKET_CI_TOKEN';

let forge: FakeForge;
let elsewhere: FakeForge;
let repository: Repository;
let head: string;
beforeAll(async () => {
  [forge, elsewhere] = [await startForge(), await startForge()];
  repository = makeRepository();
  repository.write('code.txt', 'one\n');
  head = repository.commit('feat: one', '2026-03-02T10:00:00Z');
});
afterAll(async () => {
  repository.remove();
  await forge.close();
  await elsewhere.close();
});

function configure(ci: string): void {
  repository.write('machine-docs/docket.yaml', `ci: ${ci}\n`);
}

// oxlint-disable-next-line typescript/no-explicit-any
type Told = Envelope & { exit: number; data: any; ran: Ran };

async function ask(environment: NodeJS.ProcessEnv = {}, ...args: string[]): Promise<Told> {
  const ran = await runDocket(['-C', repository.dir, 'ci', 'status', ...args, '--json'], undefined, { HTTP_PROXY: elsewhere.url, HTTPS_PROXY: elsewhere.url, http_proxy: elsewhere.url, NODE_USE_ENV_PROXY: '1', ...environment });
  return { exit: ran.exit, ran, ...JSON.parse(ran.stdout) };
}

const said = ({ diagnostics }: Told): string => diagnostics.map(({ message }) => message).join('\n');

describe('Gitea and Forgejo', () => {
  const serve = (statuses: GivenStatus[], how?: Parameters<typeof gitea>[2]): void => {
    configure(`{forge: forgejo, url: '${forge.url}/kites/gauge'}`);
    forge.serve(gitea('kites/gauge', { [head]: statuses }, how));
  };

  test.each<[string, string[], number, string]>([
    ['all passed', ['success', 'skipped', 'warning'], 0, 'success'],
    ['one failed', ['success', 'failure'], 1, 'failure'],
    ['one broke', ['success', 'error', 'pending'], 1, 'failure'],
    ['one under way', ['success', 'pending'], 3, 'pending'],
    ['none', [], 3, 'pending'],
    ['a word nobody knows', ['success', 'levitating'], 3, 'pending'],
  ])('%s', async (_, states, exit, state) => {
    serve(states.map((each, index) => ({ context: `build-${index}`, state: each })));
    const told = await ask();
    expect([told.exit, told.data.state, told.ok]).toEqual([exit, state, exit === 0]);
    expect(told.data.statuses.map((each: { state: string }) => each.state)).toEqual(states);
    expect(told.data).toMatchObject({ commit: head, repository: 'kites/gauge', cached: false });
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(JSON.stringify(allSchemas()['ci-status'])));
    expect(validate(told.data) || validate.errors).toBe(true);
    expect(forge.asked.map(({ path }) => path)).toEqual([`/api/v1/repos/kites/gauge/commits/${head}/status?limit=50&page=1`]);
  });

  test('the newest of each name counts, whatever the order', async () => {
    serve([
      { context: 'push', state: 'failure', at: '2026-03-02T12:00:00Z', id: 40 }, { context: 'push', state: 'success', at: '2026-03-02T12:30:00Z', id: 41 }, { context: 'push', state: 'pending', at: '2026-03-02T11:00:00Z', id: 39 },
      { context: 'lint', state: 'success', id: 7 }, { context: 'lint', state: 'failure', id: 6 },
    ]);
    const { exit, data } = await ask();
    expect([exit, data.statuses.map((each: GivenStatus) => `${each.context} ${each.state}`)]).toEqual([0, ['lint success', 'push success']]);
  });

  test.each([[true], [false]])('more than a page of them, with the next page in a link: %s', async (link) => {
    serve([...Array.from({ length: 120 }, (_, index) => ({ context: `job ${index}`, state: 'success' })), { context: 'last of all', state: 'failure' }], { link });
    const { exit, data } = await ask();
    expect([exit, data.statuses.length, forge.asked.length]).toEqual([1, 121, 3]);
  });

  test('a forge without combined statuses is asked for all of them', async () => {
    serve([{ context: 'push', state: 'failure', id: 2, at: '2026-03-02T13:00:00Z' }, { context: 'push', state: 'success', id: 1 }], { combined: false });
    expect((await ask()).data).toMatchObject({ state: 'failure', statuses: [{ context: 'push', state: 'failure' }] });
  });

  test('which repository it is, a remote says where the address does not', async () => {
    serve([{ context: 'push', state: 'success' }]);
    configure(`{forge: gitea, url: '${forge.url}'}`);
    expect((await ask()).exit).toBe(2);
    repository.git('remote', 'add', 'upstream', 'git@git.example.org:kites/gauge.git');
    try {
      expect((await ask()).data).toMatchObject({ repository: 'kites/gauge', state: 'success' });
    } finally {
      repository.git('remote', 'remove', 'upstream');
    }
  });

  test('what stands in a status is shown without secrets, and addresses whole', async () => {
    serve([{ context: 'push', state: 'failure', description: `broke, password=hunter2hunter2 ${token}`, target_url: '/kites/gauge/actions/runs/7/jobs/0' }]);
    const { data, ran } = await ask({ [variable]: token });
    expect(data.statuses[0].url).toBe(`${forge.url}/kites/gauge/actions/runs/7/jobs/0`);
    expect(ran.stdout + ran.stderr).not.toMatch(/hunter2|tk-4f6a/);
  });

  test('text for people says the same', async () => {
    serve([{ context: 'continuous-integration/drone/push', state: 'failure', description: 'Build is failing \u001b[31m' }]);
    const { exit, stdout } = await runDocket(['-C', repository.dir, 'ci', 'status']);
    expect([exit, stdout.includes('\u001b')]).toEqual([1, false]);
    expect(stdout).toMatch(new RegExp(`^✘ ${head.slice(0, 12)} stands under a failing build\n  ✘ +continuous-integration/drone/push +failure +Build is failing`));
  });
});

describe('GitHub', () => {
  const serve = (runs: GivenRun[], statuses: GivenStatus[] = [], root = ''): void => {
    configure(`{forge: github, url: '${forge.url}/kites/gauge'}`);
    forge.serve(github(root, 'kites/gauge', { [head]: { statuses, runs } }));
  };

  test.each<[string | null, string, number]>([
    ['success', 'completed', 0], ['neutral', 'completed', 0], ['skipped', 'completed', 0],
    ['failure', 'completed', 1], ['cancelled', 'completed', 1], ['timed_out', 'completed', 1], ['action_required', 'completed', 1], ['startup_failure', 'completed', 1],
    ['stale', 'completed', 3], [null, 'queued', 3], [null, 'in_progress', 3], [null, 'waiting', 3],
  ])('a check run %s (%s)', async (conclusion, status, exit) => {
    serve([{ name: 'test', conclusion, status }, { name: 'lint', conclusion: 'success' }]);
    const told = await ask();
    expect(told.exit).toBe(exit);
    expect(told.data.statuses.find((each: GivenStatus) => each.context === 'test')).toMatchObject({ state: conclusion ?? status, source: 'check-run' });
  });

  test('statuses count beside check runs, and both come in pages', async () => {
    serve(Array.from({ length: 230 }, (_, index) => ({ name: `run ${index}`, conclusion: 'success' })), [...Array.from({ length: 101 }, (_, index) => ({ context: `status ${index}`, state: 'success' })), { context: 'old service', state: 'error' }]);
    const { exit, data } = await ask();
    expect([exit, data.statuses.length, forge.asked.length]).toEqual([1, 332, 5]);
    expect(forge.asked[0]?.headers).toMatchObject({ accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' });
    expect(forge.asked.at(-1)?.path).toContain('per_page=100&page=3');
  });

  test('a run that is repeated replaces itself; one of the same name in another suite does not', async () => {
    serve([{ name: 'test', conclusion: 'failure', id: 1 }, { name: 'test', conclusion: 'success', id: 2, started_at: '2026-03-02T12:10:00Z' }]);
    expect((await ask()).exit).toBe(0);
    serve([{ name: 'test', conclusion: 'failure', id: 1 }, { name: 'test', conclusion: 'success', id: 2, check_suite: { id: 8 } }]);
    expect((await ask()).exit).toBe(1);
    serve([{ name: 'test', conclusion: 'success', id: 1 }, { name: 'test', conclusion: null, status: 'queued', id: 2, started_at: null }]);
    expect((await ask()).exit).toBe(3);
  });

  test('a server that has its API below /api/v3, as GitHub Enterprise has', async () => {
    serve([{ name: 'test', conclusion: 'success' }], [], '/api/v3');
    expect((await ask()).exit).toBe(0);
  });

  test('check runs that may not be read leave the build unknown, green statuses or not', async () => {
    serve([], [{ context: 'old service', state: 'success' }]);
    const whole = github('', 'kites/gauge', { [head]: { statuses: [{ context: 'old service', state: 'success' }] } });
    forge.serve((request, response) => (request.path.endsWith('/check-runs') ? sendJson(response, 403, { message: 'Resource not accessible by personal access token' }) : whole(request, response)));
    const told = await ask({ [variable]: token });
    expect(told.exit).toBe(3);
    expect(said(told)).toContain('Resource not accessible');
  });
});

describe('a forge that gives no answer', () => {
  const works: Answer = (request, response) => gitea('kites/gauge', { [head]: [{ context: 'push', state: 'failure' }] })(request, response);
  beforeAll(async () => {
    configure(`{forge: gitea, url: '${forge.url}/kites/gauge'}`);
    forge.serve(works);
    expect((await ask()).exit).toBe(1);
  });

  const html: Answer = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Sign in</title>');
  test.each<[string, Answer, RegExp]>([
    ['a wrong token', (_, response) => sendJson(response, 401, { message: `invalid token ${token}` }), /does not take the token of DOCKET_CI_TOKEN \(401\)/],
    ['a token that may not', (_, response) => sendJson(response, 403, { message: 'token does not have at least one of required scope(s)' }), /required scope/],
    ['an unknown repository', notFound, /has no repository kites\/gauge/],
    ['an error', (_, response) => sendJson(response, 500, { message: 'boom' }), /answers 500: boom/],
    ['a bad gateway in HTML', (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html>'), /answers 502/],
    ['broken JSON', (_, response) => response.writeHead(200).end('{"statuses": ['), /no JSON/],
    ['nothing', (_, response) => response.writeHead(200).end(), /no JSON/],
    ['JSON of another form', (_, response) => sendJson(response, 200, { statuses: [{ context: 'push' }] }), /another form/],
    ['a page to log in', html, /a web page in place of JSON/],
    ['a redirect in a circle', (request, response) => response.writeHead(302, { location: request.url }).end(), /in a circle/],
    ['a redirect elsewhere', (_, response) => response.writeHead(307, { location: `${elsewhere.url}/api/v1/` }).end(), /redirects to another place/],
    ['a redirect to nowhere', (_, response) => response.writeHead(301).end(), /redirects to nowhere/],
    ['a limit for an hour', (_, response) => sendJson(response, 403, { message: 'API rate limit exceeded' }, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.round(Date.now() / 1000) + 3600) }), /rate limit\) until \d{4}-/],
    ['a secondary limit', (_, response) => sendJson(response, 403, { message: 'You have exceeded a secondary rate limit.' }), /rate limit\) until \d{4}-/],
    ['too many questions', (_, response) => sendJson(response, 429, {}, { 'retry-after': '120' }), /rate limit\) until/],
    ['maintenance', (_, response) => sendJson(response, 503, {}, { 'retry-after': 'Fri, 31 Dec 2032 23:59:59 GMT' }), /until 2032-12-31T23:59:59Z/],
    ['a proxy that wants a password', (_, response) => response.writeHead(407).end(), /407/],
    ['a broken connection', (_, response) => response.socket?.destroy(), /cannot be reached/],
    ['half an answer', (_, response) => void response.writeHead(200, { 'content-length': '100' }).write('{', () => response.socket?.destroy()), /cannot be reached/],
    ['an answer without end', (_, response) => void response.writeHead(200).write(Buffer.alloc(9 * 1024 * 1024, ' ')), /more than 8 MiB/],
    ['pages without end', (request, response) => sendJson(response, 200, [], { link: `<${forge.url}${request.path}?page=2>; rel="next"` }), /no end of pages/],
    ['silence', () => undefined, /did not answer in time/],
    ['a trickle', (_, response) => { response.writeHead(200); const drip = setInterval(() => response.write(' '), 50); response.on('close', () => clearInterval(drip)); }, /did not answer in time/],
  ])('%s: undetermined, with what was known', async (_, answer, pattern) => {
    forge.serve(answer);
    const told = await ask({ [variable]: token }, '--timeout', '800ms');
    expect([told.exit, told.ok]).toEqual([3, false]);
    expect(said(told)).toMatch(pattern);
    expect(said(told)).toMatch(/is \d+ seconds old/);
    expect(told.data).toMatchObject({ cached: true, state: 'failure', statuses: [{ context: 'push' }] });
    expect(told.data.ageSeconds).toBeGreaterThanOrEqual(0);
    expect(told.ran.stdout + told.ran.stderr).not.toContain(token);
    expect(forge.asked.every(({ authorization }) => authorization === `token ${token}`)).toBe(true);
    expect(elsewhere.asked).toEqual([]);
  });

  test('nobody listens', async () => {
    const gone = await startForge();
    await gone.close();
    configure(`{forge: gitea, url: '${gone.url}/kites/gauge'}`);
    const told = await ask();
    expect([told.exit, told.data.cached, told.data.state, told.data.statuses]).toEqual([3, false, null, []]);
    expect(said(told)).toMatch(/nothing listens there; docket uses no proxy; nothing is known/);
    configure(`{forge: gitea, url: '${forge.url}/kites/gauge'}`);
  });

  test('a certificate that nobody trusts: nothing is sent, whatever the environment says', async () => {
    let asked = 0;
    const port = await serveHttps(certificateFor(['localhost']), () => void (asked += 1));
    configure(`{forge: gitea, url: 'https://localhost:${port}/kites/gauge'}`);
    const told = await ask({ [variable]: token, NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect([told.exit, said(told), asked]).toEqual([3, expect.stringContaining('certificate is not trusted'), 0]);
    configure(`{forge: gitea, url: '${forge.url}/kites/gauge'}`);
  });

  test('a short wait is waited for', async () => {
    let times = 0;
    forge.serve((request, response) => {
      times += 1;
      return times === 1 ? sendJson(response, 429, {}, { 'retry-after': '0' }) : works(request, response);
    });
    expect([(await ask()).exit, times]).toEqual([1, 2]);
  });

  test('a redirect on the same host is followed, with the token', async () => {
    forge.serve((request, response) => (request.path.startsWith('/api/v1/repos/kites/') ? response.writeHead(301, { location: request.url?.replace('kites', 'moved') }).end() : gitea('moved/gauge', { [head]: [{ context: 'push', state: 'success' }] })(request, response)));
    expect((await ask({ [variable]: token })).exit).toBe(0);
    expect(forge.asked.map(({ authorization }) => authorization)).toEqual([`token ${token}`, `token ${token}`]);
  });

  test('a commit that nobody pushed', async () => {
    forge.serve(gitea('kites/gauge', {}));
    repository.git('remote', 'add', 'origin', `${forge.url}/kites/gauge.git`);
    try {
      const told = await ask();
      expect([told.exit, told.next[0]]).toEqual([3, 'git push']);
      expect(said(told)).toMatch(/does not have this commit.*on no remote-tracking branch/);
    } finally {
      repository.git('remote', 'remove', 'origin');
    }
  });

  test('what was known is kept below the git folder, for the owner alone, without the token', () => {
    const folder = join(repository.dir, '.git/docket/v1');
    const kept = readdirSync(folder).filter((name) => name.startsWith('ci1-'));
    expect(kept.length).toBeGreaterThan(1);
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).includes(token)).toBe(false);
  });
});

describe('the token', () => {
  const refusedTo = async (ci: string, environment: NodeJS.ProcessEnv = {}): Promise<Told> => {
    configure(ci);
    forge.serve(notFound);
    const told = await ask({ [variable]: token, ...environment }, '--timeout', '300ms');
    expect(told.ran.stdout + told.ran.stderr).not.toContain(token);
    return told;
  };

  test('is sent as each forge wants it, and only where it is set', async () => {
    configure(`{forge: github, url: '${forge.url}/kites/gauge'}`);
    forge.serve(github('', 'kites/gauge', { [head]: { runs: [{ name: 'test', conclusion: 'success' }] } }));
    await ask({ [variable]: token });
    expect(new Set(forge.asked.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${token}`]));
    forge.serve(notFound);
    await ask({ [variable]: '', GITHUB_TOKEN: token, GITEA_TOKEN: token });
    expect(new Set(forge.asked.map(({ authorization }) => authorization))).toEqual(new Set([null]));
  });

  test('never crosses the network in the clear', async () => {
    const told = await refusedTo("{forge: gitea, url: 'http://192.0.2.1/kites/gauge'}");
    expect([told.exit, said(told)]).toEqual([2, expect.stringContaining('in the clear')]);
  });

  test('does not go where only a file of the repository says', async () => {
    const told = await refusedTo("{forge: gitea, url: 'https://forge.invalid/kites/gauge'}");
    expect([told.exit, said(told)]).toEqual([2, expect.stringContaining('is not sent to forge.invalid')]);
    expect(told.diagnostics[0]?.next).toContain('DOCKET_CI_TOKEN_HOST to forge.invalid');
    expect((await refusedTo("{forge: gitea, url: 'https://forge.invalid/kites/gauge'}", { DOCKET_CI_TOKEN_HOST: 'forge.invalid' })).exit).toBe(3);
    repository.git('remote', 'add', 'origin', 'ssh://git@forge.invalid:2222/kites/gauge.git');
    try {
      expect((await refusedTo("{forge: gitea, url: 'https://forge.invalid/kites/gauge'}")).exit).toBe(3);
    } finally {
      repository.git('remote', 'remove', 'origin');
    }
  });

  test('is no text with a line break', async () => {
    const told = await refusedTo(`{forge: gitea, url: '${forge.url}/kites/gauge'}`, { [variable]: `${token}\r\nx-evil: 1` });
    expect([told.exit, forge.asked]).toEqual([2, []]);
  });
});

describe('the configuration', () => {
  test.each<[string, RegExp]>([
    ['{forge: bitbucket}', /docket\.yaml:1:\d+: Unexpected "bitbucket" for "ci\.forge", expected gitea, forgejo or github/],
    ["{forge: gitea, url: 'https://me:hunter2@git.example.org/a/b'}", /without user, password/],
    ["{forge: gitea, url: 'git@git.example.org:a/b'}", /Unexpected "git@git\.example\.org:a\/b" for "ci\.url"/],
    ["{forge: gitea, url: 'https://git.example.org/a/b', required: maybe}", /true, false, or a list/],
    ['{forge: gitea}', /without its address/],
    ["{url: 'https://git.example.org/a/b'}", /names no forge/],
  ])('%s', async (ci, pattern) => {
    configure(ci);
    const told = await ask();
    expect([told.exit, said(told)]).toEqual([2, expect.stringMatching(pattern)]);
    expect(told.diagnostics[0]).toMatchObject({ rule: 'config', place: { path: 'machine-docs/docket.yaml', line: 1 } });
    expect(told.ran.stdout).not.toContain('hunter2');
  });

  test('an unknown revision, and two of them', async () => {
    configure(`{forge: gitea, url: '${forge.url}/kites/gauge'}`);
    expect((await ask({}, 'no-such')).exit).toBe(2);
    expect((await ask({}, 'HEAD', '--at', 'HEAD')).exit).toBe(2);
    expect((await ask({}, '--timeout', 'soon')).exit).toBe(2);
  });
});
