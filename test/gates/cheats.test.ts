import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { journalPath } from '../runner/stage.ts';
import { makeGateStage, type GateStage } from './gate-stage.ts';

let stage: GateStage;
beforeAll(async () => {
  stage = await makeGateStage();
});
afterAll(() => stage.remove());
beforeEach(() => stage.restore());

const red = (command = 'bash gauge.sh'): string[] => ['--red', stage.base, command];
const green = (command = 'bash gauge.sh'): string[] => ['--green', command];
const record = (...args: string[]) => stage.ask('record', 'cheat', '--claim', 'kite/M3', '--runs', '1', ...args);

describe('inputs under which nothing ever grows stale', () => {
  test.each<[string, string, string]>([
    ['that name no file', 'nowhere/**', 'its inputs name no file'],
    ['that refuse every file', '!**', 'its inputs name no file'],
    ['that leave out what was fixed', 'gauge.sh', 'the same command failed and passed on the same code'],
  ])('%s', async (_, inputs, why) => {
    await record('--inputs', inputs, ...red(), ...green(), '--neg', 'input', 'echo low > level; bash gauge.sh');
    const { exit, missing } = await stage.gate();
    expect([exit, missing.join()]).toEqual([1, expect.stringContaining(why)]);
  });

  test('of the configuration', async () => {
    stage.write('machine-docs/docket.yaml', 'inputs: [docs/**]\n');
    await record(...red(), ...green());
    expect((await stage.gate()).rules).toContain('inputs-too-narrow');
  });

  test('since the check itself lies in the record', async () => {
    stage.write('machine-docs/check.sh', 'grep -q high level || { echo low; exit 1; }\n');
    stage.commit('journal(kite): a check', '2026-03-02T13:00:00Z');
    await record('--red', stage.base, 'cat level; grep -q high level || exit 4', ...green('bash machine-docs/check.sh'), '--neg', 'revert');
    expect((await stage.gate()).missing.join()).toContain('a command reads machine-docs/check.sh, which is no input');
  });
});

describe('a red and a green that differ in nothing but their order', () => {
  test('on one commit', async () => {
    await record('--red', 'HEAD', 'bash gauge.sh; exit 7', ...green('bash gauge.sh; exit 7'));
    expect((await stage.gate()).exit).toBe(1);
  });

  test('by a word that one leaves for the next', async () => {
    const counted = 'for f in "$TMPDIR" "$HOME"; do if [ -e "$f/again" ]; then echo fine; exit 0; fi; touch "$f/again"; done; echo broken; exit 1';
    const { data } = await record('--red', stage.base, counted, '--green', counted);
    expect(data.verdict).not.toBe('proven');
  });

  test('by where it is run', async () => {
    const { data } = await record('--red', stage.base, 'case $PWD in *2) echo no; exit 1;; esac; echo yes', '--green', 'case $PWD in *2) echo no; exit 1;; esac; echo yes');
    expect(data.verdict).toBe('vacuous-red');
  });
});

describe('a green that is not about what is claimed', () => {
  test('since it names another revision', async () => {
    stage.write(journalPath, `${stage.journal()}\n## 2026-03-03 — more\n\n\`\`\`console repro id=elsewhere claim=M3\n# red @${stage.base}\n$ bash gauge.sh\n→? 7\n\n# green @${stage.fix}\n$ bash gauge.sh\n→? 0\n\`\`\`\n`);
    const { exit, stderr } = await stage.run('record', 'elsewhere', '--consent', 'ab'.repeat(32));
    expect([exit, stderr.includes('consent')]).toEqual([4, true]);
    await stage.ask('consent', 'add', (await stage.ask('record', 'elsewhere', '--plan')).data.plan.digest);
    expect(await stage.run('record', 'elsewhere')).toMatchObject({ exit: 2, stderr: expect.stringContaining('expected it to run at what is claimed') });
  });

  test.each([['setup', ['--setup', 'echo high > level']], ['an earlier green', ['--green', 'echo high > level']]])('since %s has made it so', async (_, before) => {
    stage.write('level', 'low\n');
    stage.commit('fix(kite): nothing at all', '2026-03-02T13:00:00Z');
    const { data } = await record(...before, ...red(), ...green(), '--neg', 'revert');
    expect([data.verdict, data.why.join()]).toEqual(['inconclusive', expect.stringContaining('an earlier step changed what is tested: level')]);
  });

  test('since the claim cites the proof of another gate', async () => {
    stage.write('machine-docs/STATUS-kite.md', '# STATUS\n\n## Gate: M4 — CLAIMED, awaiting Adversary\n\n### WHAT\nIt flies.\n\n### HOW\n`bash gauge.sh`, see reproduction:kite/gauge\n\n### EXPECTED\n`bash gauge.sh` exits 0\n\n### WHERE\n`level`\n');
    const { data, ok } = await stage.ask('gate', 'kite/M4');
    expect([ok, data.evidence]).toEqual([false, []]);
  });

  test('since it was recorded on uncommitted changes', async () => {
    stage.write('extra', 'x\n');
    await record('--allow-dirty', ...red(), ...green(), '--neg', 'revert');
    stage.commit('fix(kite): committed afterwards', '2026-03-02T13:00:00Z');
    expect((await stage.gate()).rules).toContain('claim-dirty-tree');
  });
});
