import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { allSchemas } from '../../src/contract/schema/write-schemas.ts';
import { makeGateStage, type GateStage } from '../gates/gate-stage.ts';
import { receiptSum } from '../../src/repro/receipts/digests.ts';
import { askDocket, runDocket } from '../support/run-docket.ts';

const sha = 'a'.repeat(40);
const github = { GITHUB_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'kites/gauge', GITHUB_RUN_ID: '4242', GITHUB_RUN_NUMBER: '7', GITHUB_SHA: sha };
/** No build at all: the machine that runs the tests may be one. */
const bare = Object.fromEntries(['GITHUB_ACTIONS', 'GITEA_ACTIONS', 'FORGEJO_ACTIONS', 'GITLAB_CI', 'CI', 'DRONE', 'CI_SYSTEM_NAME'].map((name) => [name, '']));

let stage: GateStage;
let digest: string;
let key: string;
let fingerprint: string;
beforeAll(async () => {
  stage = await makeGateStage();
  digest = String((await stage.ask('attest', '--plan')).data.plan.digest);
  key = join(stage.state, 'build-key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  fingerprint = execFileSync('ssh-keygen', ['-l', '-f', `${key}.pub`], { encoding: 'utf8' }).split(' ')[1] ?? '';
});
afterAll(() => stage.remove());
beforeEach(() => stage.restore());

async function attest(environment: NodeJS.ProcessEnv, ...args: string[]) {
  const { exit, stdout } = await runDocket(['-C', stage.dir, 'attest', ...args, '--json'], undefined, { XDG_STATE_HOME: stage.state, ...bare, ...environment });
  return { exit, ...JSON.parse(stdout) };
}

const evidence = (): string[] => {
  try {
    return readdirSync(join(stage.dir, 'machine-docs/evidence')).filter((name) => name.startsWith('attest-'));
  } catch {
    return [];
  }
};

async function levelNow(): Promise<{ level: string; counts: (string | null)[] }> {
  const { data } = await stage.ask('show', 'reproduction:kite/gauge');
  return { level: data.entry.level, counts: (data.entry.replays ?? []).map(({ counts, why }: { counts: boolean; why: string | null }) => (counts ? null : why)) };
}

describe('attest', () => {
  test('outside of a build it is refused, and says how to', async () => {
    const { exit, diagnostics } = await attest({}, '--consent', digest);
    expect([exit, diagnostics[0].message]).toEqual([2, expect.stringMatching(/GITHUB_ACTIONS, GITEA_ACTIONS.*is set/)]);
    expect(evidence()).toEqual([]);
  });

  test('without consent nothing is executed: exit 4 that names the digest; a file of the repository grants none', async () => {
    stage.write('machine-docs/consent', digest);
    stage.write('.docket-consent', digest);
    for (const given of [[], ['--consent', ''], ['--consent', 'f'.repeat(64)]]) {
      const { exit, diagnostics } = await attest(github, ...given);
      expect([exit, diagnostics[0].message]).toEqual([4, expect.stringContaining(digest)]);
    }
    expect(evidence()).toEqual([]);
  });

  test.each<[string, NodeJS.ProcessEnv, string | null]>([
    ['github-actions', github, 'https://github.com/kites/gauge/actions/runs/4242'],
    ['gitea-actions', { ...github, GITEA_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://git.example.org' }, 'https://git.example.org/kites/gauge/actions/runs/7'],
    ['forgejo-actions', { ...github, GITEA_ACTIONS: 'true', FORGEJO_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://git.example.org' }, 'https://git.example.org/kites/gauge/actions/runs/7'],
    ['gitlab-ci', { CI: 'true', GITLAB_CI: 'true', CI_JOB_URL: 'https://gitlab.example.org/kites/gauge/-/jobs/99', CI_PROJECT_PATH: 'kites/gauge' }, 'https://gitlab.example.org/kites/gauge/-/jobs/99'],
    ['woodpecker', { CI: 'woodpecker', CI_PIPELINE_URL: 'https://ci.example.org/repos/3/pipeline/8', CI_REPO: 'kites/gauge' }, 'https://ci.example.org/repos/3/pipeline/8'],
    ['drone', { CI: 'true', DRONE: 'true', DRONE_BUILD_LINK: 'https://user:pw@drone.example.org/kites/gauge/5', DRONE_REPO: 'kites/gauge' }, null],
  ])('%s: replays cold and leaves a receipt of the run', async (system, environment, run) => {
    const { exit, data, next } = await attest(environment, 'kite/M3', '--consent', digest);
    expect([exit, data.verdict, data.skipped]).toEqual([0, 'proven', []]);
    expect(data.ci).toEqual({ system, run, repository: 'kites/gauge' });
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(JSON.stringify(allSchemas()['attest'])));
    expect(validate(data) || validate.errors).toBe(true);
    const receipt = JSON.parse(readFileSync(join(stage.dir, data.receipt.path), 'utf8'));
    expect(receipt).toMatchObject({ kind: 'replay', by: 'ci', cold: true, verdict: 'proven', ci: { system, run, repository: 'kites/gauge' }, commit: stage.git('rev-parse', 'HEAD'), of: data.receipt.of, seal: null });
    expect(receipt.sum).toBe(receiptSum(receipt));
    expect(next[0]).toContain(data.receipt.path);
    expect(await levelNow()).toEqual({ level: 'replayed', counts: [null] });
  });

  test('a broken proof is told, and its receipt counts for nothing', async () => {
    stage.write('gauge.sh', '#!/bin/bash\ncat level\n');
    stage.commit('feat(kite): another gauge', '2026-03-02T13:00:00Z');
    const { exit, data } = await attest(github, '--consent', digest);
    expect([exit, data.verdict]).toEqual([1, 'mismatch']);
    expect(evidence().length).toBe(1);
    expect((await levelNow()).level).toBe('recorded');
  });

  test('--dry-run writes nothing', async () => {
    const { exit, data } = await attest(github, '--consent', digest, '--dry-run');
    expect([exit, data.dryRun, data.attested[0].diff]).toEqual([0, true, expect.stringContaining('+++')]);
    expect(evidence()).toEqual([]);
  });

  test('what was never recorded, and what nobody may start', async () => {
    stage.write('machine-docs/JOURNAL-kite.md', `${stage.journal()}\n## 2026-03-03 — more\n\n\`\`\`console repro id=bare\n# green\n$ true\n→? 0\n\`\`\`\n`);
    expect((await attest(github, 'bare', '--consent', digest)).exit).toBe(2);
    stage.edit((journal) => journal.replace('repro id=gauge', 'repro id=gauge replay=never'));
    const { exit, data, diagnostics } = await attest(github, '--consent', digest);
    expect([exit, data.receipt, data.skipped, diagnostics[0].level]).toEqual([0, null, [{ reproduction: 'reproduction:kite/gauge', why: 'reproduction:kite/gauge says replay=never' }], 'warning']);
  });
});

describe('the level of a receipt that says it comes from a build', () => {
  const keys = (list: string): void => stage.write('machine-docs/docket.yaml', `evidence: {gates: {M3: attested}}\nci: {seals: ${list}}\n`);
  const commit = (): string => stage.commit('chore: what the build left', '2026-03-02T14:00:00Z');

  test('sealed by a key of the build it is attested, whoever commits it, and enough for a gate that asks for that', async () => {
    keys(`['${fingerprint}']`);
    commit();
    expect(await stage.gate()).toMatchObject({ exit: 1 });
    const { data } = await attest(github, '--consent', digest, '--seal', key);
    expect(data.receipt.sealed).toBe(fingerprint);
    stage.commit('feat(kite): the Builder commits it', '2026-03-02T14:30:00Z');
    expect(await levelNow()).toEqual({ level: 'attested', counts: [null] });
    expect(await stage.gate()).toMatchObject({ exit: 0, states: ['attested proven fresh'] });
    const status = await askDocket(['status', 'kite'], stage.dir);
    expect(JSON.stringify(status.data)).toContain('"level":"attested"');
  });

  test('unsealed it is replayed at most; where the build has keys it is nothing', async () => {
    await attest(github, '--consent', digest);
    expect((await levelNow()).level).toBe('replayed');
    stage.write('machine-docs/docket.yaml', 'evidence: {gates: {M3: attested}}\n');
    commit();
    expect(await stage.gate()).toMatchObject({ exit: 1, missing: [expect.stringContaining('of level replayed, expected attested')] });
    keys(`['${fingerprint}']`);
    expect(await levelNow()).toEqual({ level: 'recorded', counts: ['it says ci and is not sealed by a key of the build'] });
  });

  test('written by hand and committed by the Builder it counts for nothing', async () => {
    await attest(github, '--consent', digest);
    stage.commit('feat(kite): attested, honestly', '2026-03-02T14:30:00Z');
    expect(await levelNow()).toEqual({ level: 'recorded', counts: ['it says ci and was committed by the Builder'] });
  });

  test('another key, another role or an edited receipt do not pass for the build', async () => {
    keys(`['${fingerprint}']`);
    const other = join(stage.state, 'other-key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', other]);
    const { data } = await attest(github, '--consent', digest, '--seal', other);
    expect((await levelNow()).counts).toEqual(['it says ci and is not sealed by a key of the build']);
    stage.git('clean', '-qfd', 'machine-docs/evidence');
    const sealed = (await attest(github, '--consent', digest, '--seal', key)).data.receipt;
    const receipt = JSON.parse(readFileSync(join(stage.dir, sealed.path), 'utf8'));
    for (const change of [{ verdict: 'proven', time: '2026-03-05T00:00:00Z' }, { by: 'operator' }, { ci: { ...receipt.ci, run: 'https://ci.example.org/other' } }]) {
      const edited = { ...receipt, ...change };
      stage.write(sealed.path, JSON.stringify({ ...edited, sum: receiptSum(edited) }));
      expect(await levelNow()).toEqual({ level: 'recorded', counts: ['its seal is not one of it'] });
    }
    expect(data.receipt.sealed).not.toBe(fingerprint);
  });

  test('a key that cannot sign is told before anything is run', async () => {
    const { exit, diagnostics } = await attest(github, '--consent', digest, '--seal', join(stage.state, 'no-key'));
    expect([exit, diagnostics[0].rule]).toEqual([2, 'usage']);
    expect(evidence()).toEqual([]);
  });
});
