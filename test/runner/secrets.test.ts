import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findSecrets, mask } from '../../src/repro/secrets/find-secrets.ts';
import { makeMasker } from '../../src/runner/mask-secrets.ts';
import { runDocket } from '../support/run-docket.ts';
import { journalPath, makeStage, type Stage } from './stage.ts';

const github = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
const pem = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\nAAAAMwAAAAtzc2gtZWQyNTUxOQ\n-----END OPENSSH PRIVATE KEY-----';

describe('what looks like a secret', () => {
  test.each<[string, string]>([
    [`token ${github} used`, `token ${mask} used`],
    [`Authorization: Bearer abc.def-123456`, `Authorization: Bearer ${mask}`],
    ['curl -u bob:hunter2 http://localhost', `curl -u bob:${mask} http://localhost`],
    ['https://bob:hunter2@example.org/x', `https://${mask}@example.org/x`],
    [`https://${github}@github.com/o/r`, `https://${mask}@github.com/o/r`],
    ['http://localhost/?a=1&access_token=s3cr3t-value&b=2', `http://localhost/?a=1&access_token=${mask}&b=2`],
    ['API_KEY=abcdef123 ./probe.sh', `API_KEY=${mask} ./probe.sh`],
    ["export DB_PASSWORD='p w d x'", `export DB_PASSWORD='${mask}'`],
    ['mysql --password=s3cret1 db', `mysql --password=${mask} db`],
    ['{"client_secret": "a1b2c3d4e5f6"}', `{"client_secret": "${mask}"}`],
    [`before\n${pem}\nafter`, `before\n${mask}\nafter`],
    [`cut off\n${pem.slice(0, 90)}`, `cut off\n${mask}`],
    [`jwt ${jwt}.`, `jwt ${mask}.`],
    ['AKIAIOSFODNN7EXAMPLE', mask],
    ['Set-Cookie: session=abcdef0123456789; Path=/', `Set-Cookie: session=${mask}; Path=/`],
    ['X-Api-Key: 0123456789abcdef', `X-Api-Key: ${mask}`],
  ])('%j', (text, masked) => {
    expect(makeMasker({}, []).mask(text)).toBe(masked);
  });

  test.each([
    'tokens=1532', '3 tests passed', 'PASSED', 'Authorization: Bearer $CI_TOKEN', 'curl -u "$USER:$PASS" http://localhost', 'TOKEN=$TOKEN ./x', 'TOKEN=$(cat f) ./x', 'password: required', 'http://localhost:8080/api/version', 'https://traefik.ci.example.net/api/version',
    '{"Version":"3.6.15","startDate":"2026-06-13T05:38:02.987Z"}', 'the secret of success', 'key: value', '9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c', 'user@host:~/x$ ls', `API_KEY=${mask} ./probe.sh`, 'git@github.com:o/r.git', 'pass',
  ])('%j is none', (text) => {
    expect(makeMasker({}, []).mask(text)).toBe(text);
  });

  test('masking twice changes nothing, whatever the text', () => {
    const piece = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('TOKEN=', 'password: ', '://', '@', ':', github, jwt, pem, mask, 'Bearer ', '"', "'", '\n', '-----BEGIN RSA PRIVATE KEY-----', '?key='));
    const masker = makeMasker({ MY_TOKEN: 'a-known-value' }, []);
    fc.assert(fc.property(fc.array(piece).map((parts) => parts.join('')), (text) => {
      const once = masker.mask(text);
      expect(masker.mask(once)).toBe(once);
      expect(findSecrets(once).map(({ start, end }) => once.slice(start, end)).filter((found) => !found.includes(mask))).toEqual([]);
    }), { numRuns: process.env['DOCKET_LONG'] ? 20_000 : 500 });
  });
});

test('values of variables that are named like secrets, in every form in which programs print them', () => {
  const secret = 'p@ss w/rd "1"';
  const masker = makeMasker({ DB_PASSWORD: secret, PATH: '/usr/bin', CI: 'true', SOME_TOKEN: 'true', KEY_FILE: '/etc/key', SHORT_KEY: 'ab' }, []);
  for (const text of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64').replace(/=+$/, ''), Buffer.from(secret).toString('hex')]) expect(masker.mask(`<${text}>`)).toBe(`<${mask}>`);
  expect(masker.mask('true /usr/bin /etc/key ab')).toBe('true /usr/bin /etc/key ab');
});

describe('a kept library knows more shapes', () => {
  const linear = `lin_api_${'a1B2'.repeat(10)}`;
  const webhook = `https://hooks.slack.com/services/T0A1B2C3D/B0A1B2C3D/${'aB1c2D3e4F5g'.repeat(2)}`;

  test.each([linear, webhook])('%s', async (token) => {
    const masker = makeMasker({}, []);
    await masker.learn(`secretlint-disable\nbefore ${token} after\n`);
    expect(masker.mask(`again ${token}.`)).toBe(`again ${mask}.`);
    expect(masker.holds(token)).toBe(true);
  });

  test('and takes ordinary output for none', async () => {
    const masker = makeMasker({}, []);
    const text = 'commit 9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c\n4f9a sha512-D1a/6U3JT2hhs+OpocAf1j+2t79ExrFqNm8j7pilhCQqpJ9QIEexGs1ty3v9wDACm48v0PFhCNCyn4hyctGYig==\npostgres://localhost/db https://example.org/a/b/c?x=1234567890abcdef\n';
    await masker.learn(text);
    expect(masker.mask(text)).toBe(text);
  });
});

describe('a known value is found', () => {
  const secret = `it's "a" <p@ss>/w & rd+$1.*[x](y)`;
  const long = Array.from({ length: 30 }, (_, at) => `part${at}`).join('/');
  const { mask: masked } = makeMasker({ DBPASS: secret, DEPLOY_KEY: 'first line\r\n  second part', LONG_TOKEN: long }, []);

  test.each<[string, string]>([
    ['in single quotes of a shell', `'${secret.replaceAll("'", `'\\''`)}'`], ['behind back-slashes, as printf %q', secret.replace(/[^\w@%+=:,./-]/g, '\\$&')], ['in markup', secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')],
    ['in a form', new URLSearchParams({ a: secret }).toString().slice(2)], ['in an address of lower case', encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase())], ['in JSON with escaped slashes', JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')], ['in hex', Buffer.from(secret).toString('hex').toUpperCase()],
  ])('%s', (_, text) => {
    expect(masked(`<${text}>`)).not.toContain(text.slice(2, -2));
  });

  test.each(['', 'u:', 'us:', 'use:', 'longer-user:'])('in base64 behind %j', (before) => {
    for (const encoding of ['base64', 'base64url'] as const) expect(masked(Buffer.from(before + secret).toString(encoding))).toMatch(/^[\w+/-]{0,18}\[MASKED\][\w+/=-]{0,5}$/);
  });

  test('in base64 and hex over several lines', () => {
    for (const [encoding, width] of [['base64', 76], ['base64', 64], ['hex', 60]] as const) {
      const lines = Buffer.from(long).toString(encoding).match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
      expect(lines.map((line) => masked(line)).filter((line) => !/^\[MASKED\]=*$/.test(line) && line.length >= 8)).toEqual([]);
    }
  });

  test('line by line', () => {
    expect(masked('x first line\nsecond part')).toBe(`x ${mask}\n${mask}`);
  });

  test('but not where it is too short, or a word that stands everywhere; masking keeps its own word', () => {
    const { mask: other } = makeMasker({ A_KEY: 'abcd', B_TOKEN: 'enabled', C_SECRET: 'MASKED', D_PASS: '1234' }, []);
    expect(other(`abcd enabled 1234 ${mask} MASKED`)).toBe(`abcd enabled 1234 ${mask} MASKED`);
  });
});

describe('no secret reaches a byte that docket writes', () => {
  let stage: Stage;
  beforeAll(() => {
    stage = makeStage();
  });
  afterAll(() => stage.remove());

  /** Every file of the repository, the git folder included, that holds a text. */
  function holding(text: string, dir = stage.dir): string[] {
    return !existsSync(dir) ? [] : readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
      const path = join(dir, entry.name);
      return entry.isDirectory() ? holding(text, path) : entry.isFile() && readFileSync(path).includes(text) ? [path] : [];
    });
  }

  test('in stdout, stderr, an argument, an address, a variable, a long output, and what fails', async () => {
    const value = 'correct-horse-battery-7';
    const environment = { DEPLOY_TOKEN: value, XDG_STATE_HOME: join(stage.dir, '..', 'docket-state-secrets') };
    const command = `echo "${github} $DEPLOY_TOKEN"; echo https://bob:hunter2secret@localhost/ >&2; seq 2000; echo "$DEPLOY_TOKEN"; cat /nowhere/${value}`;
    const args = ['record', 'leaky', '--phase', 'kite', '--env', 'DEPLOY_TOKEN', '--red', stage.base, `API_KEY=abc123def456 ${command}; exit 3`, '--green', `${command}; true`, '--runs', '1', '--json'];
    const { stdout, stderr } = await runDocket(['-C', stage.dir, ...args], undefined, environment);
    expect(JSON.parse(stdout).data.steps).toHaveLength(2);
    for (const secret of [value, github, 'hunter2secret', 'abc123def456']) {
      expect([secret, holding(secret), stdout.includes(secret), stderr.includes(secret)]).toEqual([secret, [], false, false]);
    }
    expect(stage.journal()).toMatch(/```console repro id=leaky [^\n]*replay=never/);
    expect(stage.journal()).toContain(`API_KEY=${mask} echo "${mask} $DEPLOY_TOKEN"`);
  });

  test('over the cut of a long output, in names of files, in keys in several lines, in a dry run, a plan, and errors', async () => {
    const value = 'tr0ub4dor&3-over-the-cut';
    const environment = { CUT_PASSWORD: value, XDG_STATE_HOME: join(stage.dir, '..', 'docket-state-secrets') };
    const printed = `for i in $(seq 40000); do echo "$CUT_PASSWORD $i"; done; printf '%s' '${pem.slice(0, 80)}'; head -c 700000 /dev/zero | tr '\\0' k; echo; touch "x-$CUT_PASSWORD"; ls`;
    const runs = [
      ['record', 'cut', '--phase', 'kite', '--env', 'CUT_PASSWORD', '--green', printed, '--runs', '1'],
      ['record', 'dry', '--phase', 'kite', '--env', 'CUT_PASSWORD', '--green', 'echo "$CUT_PASSWORD"', '--dry-run'],
      ['record', 'planned', '--phase', 'kite', '--green', `curl -u bob:${value} http://example.org/${value}`, '--plan'],
      ['record', 'manual', '--phase', 'kite', '--green', `cp x /tmp/${value}`],
      ['record', 'mistyped', '--phase', 'kite', '--gren', `echo ${value}`],
      ['replay', value], ['record', 'gone', '--file', `/nowhere/${value}`], ['consent', 'add', value], ['record', 'based', '--phase', 'kite', '--base', value, '--red', value, 'true'],
    ];
    for (const args of runs) {
      for (const json of [[], ['--json']]) {
        const { stdout, stderr } = await runDocket(['-C', stage.dir, ...args, ...json], undefined, environment);
        expect([args[1], stdout.includes(value), stderr.includes(value), stdout.length + stderr.length > 0]).toEqual([args[1], false, false, true]);
      }
    }
    stage.write(`dirty-${value}`, 'x');
    await runDocket(['-C', stage.dir, 'record', 'dirty', '--phase', 'kite', '--green', 'true', '--allow-dirty', '--runs', '1'], undefined, environment);
    rmSync(join(stage.dir, `dirty-${value}`));
    for (const secret of [value, pem.slice(40, 80)]) expect([secret, holding(secret), holding(secret, environment.XDG_STATE_HOME)]).toEqual([secret, [], []]);
  });

  test('a block that stands there with a secret is refused, without telling it', async () => {
    stage.write(journalPath, `# JOURNAL\n\n## 2026-03-02 — x\n\n\`\`\`console repro id=told\n# green\n$ curl -H "Authorization: Bearer ${github}" http://localhost/\n→? 0\n\`\`\`\n`);
    const { exit, stdout, stderr } = await stage.run('record', 'told', '--json');
    expect([exit, stdout.includes(github), stderr.includes(github)]).toEqual([2, false, false]);
    expect(JSON.parse(stdout).diagnostics[0]).toMatchObject({ message: expect.stringContaining('holds a secret'), place: { line: 7 } });
    expect((await stage.run('replay', 'told', '--plan')).stdout).toContain(`Bearer ${mask}`);
  });
});
