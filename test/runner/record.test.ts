import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allSchemas } from '../../src/contract/schema/write-schemas.ts';
import { makeStage, proof, surroundings, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(() => {
  stage = makeStage({ '.gitignore': 'scratch\n' });
});
afterAll(() => stage.remove());

describe('what is typed', () => {
  test('is run where it has to, and written with its receipt', async () => {
    const before = surroundings(stage);
    const { ok, data, next } = await stage.ask('record', 'gauge', ...proof(stage));
    expect([ok, data.verdict, data.reproduction, data.gate]).toEqual([true, 'proven', 'reproduction:kite/gauge', 'kite/M3']);
    expect(data.steps).toMatchObject([
      { role: 'red', at: stage.base.slice(0, 12), exit: 7, outcome: 'match', verdict: 'accepted' }, { role: 'green', exit: 0, verdict: 'accepted' }, { role: 'neg', patch: 'revert', exit: 7, verdict: 'accepted' },
    ]);
    expect(data.receipt).toMatchObject({ commit: stage.fix, runs: 2, stable: true, attempts: 1, prev: null, dirty: [], base: { commit: stage.base } });
    expect(stage.journal()).toContain(`# red @${stage.base.slice(0, 12)}\n$ bash gauge.sh\n→ level low\n→2 too low: low\n→? 7 ← FAILS\n\n# green\n$ bash gauge.sh\n→ level high\n→? 0 ← PASSES\n`);
    expect(next[0]).toMatch(/^git add /);
    expect(surroundings(stage)).toEqual(before);
    expect(stage.journal().startsWith('# JOURNAL — phase kite (Builder)\n\n## 2026-03-02 — start\n\nWords.\n\n## ')).toBe(true);
  });

  test('reads back at level recorded, named by its gate', async () => {
    const { data } = await stage.ask('list', 'reproduction', '--gate', 'kite/M3');
    expect(data.entries).toMatchObject([{ id: 'reproduction:kite/gauge', level: 'recorded', state: 'intact', gate: 'M3', recording: { verdict: 'proven', commit: stage.fix } }]);
    const { data: status } = await stage.ask('status', 'kite');
    expect(status.phases[0].gates[0].evidence).toEqual({ level: 'recorded', verdict: 'proven', reproductions: ['reproduction:kite/gauge'] });
  });

  test('recorded again it is appended and chained; the last one counts', async () => {
    const { data } = await stage.ask('record', 'gauge', ...proof(stage), '--runs', '1');
    const { data: listed } = await stage.ask('list', 'reproduction');
    expect(listed.entries.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([['reproduction:kite/gauge', 'superseded'], ['reproduction:kite/gauge~2', 'intact']]);
    expect(data.receipt.prev).toBe(listed.entries[0].recording.receipt);
  });
});

describe('what stands in a journal', () => {
  test('is not run without consent, then gets its receipt behind the fence', async () => {
    const block = `\n\`\`\`console repro id=stands claim=M4\n# red @${stage.base}\n$ bash gauge.sh\n→ level low\n→2 too low: low\n→? 7\n\n# green\n$ bash gauge.sh\n→~ level [..]gh\n→? 0\n\`\`\`\n\nBehind it.\n`;
    stage.write('machine-docs/JOURNAL-kite.md', `# JOURNAL\n\n## 2026-03-02 — start\n${block}`);
    const refused = await stage.run('record', 'stands');
    expect([refused.exit, refused.stdout]).toEqual([4, '']);
    const { data: planned } = await stage.ask('record', 'stands', '--plan');
    expect(planned.plan.steps).toMatchObject([{ role: 'red', command: 'bash gauge.sh', class: 'ask' }, { role: 'green' }]);
    const { ok, data } = await stage.ask('record', 'stands', '--consent', planned.plan.digest, '--runs', '1');
    expect([ok, data.verdict]).toEqual([true, 'proven']);
    expect(stage.journal()).toMatch(/→\? 0\n```\n\n\*Recorded [^\n]*\*\n\n<!-- docket-receipt v1 \{[^\n]*\} -->\n\nBehind it\.\n$/);
    expect((await stage.ask('show', 'stands')).data.entry).toMatchObject({ level: 'recorded', recording: { state: 'intact', verdict: 'proven' } });
  });

  test('another of the name of one that was never recorded is refused', async () => {
    stage.write('machine-docs/JOURNAL-kite.md', '# JOURNAL\n\n## 2026-03-02 — start\n\n```console repro id=bare\n# green\n$ true\n→? 0\n```\n');
    const { exit, stderr } = await stage.run('record', 'bare', '--green', 'true');
    expect([exit, stderr]).toEqual([2, expect.stringContaining('JOURNAL-kite.md:5')]);
  });
});

describe('refused before anything is run', () => {
  test('uncommitted code, unless it is allowed and stays a claim', async () => {
    stage.write('level', 'high\n\n');
    const { ok, data, diagnostics } = await stage.ask('record', 'dirty', ...proof(stage));
    expect([ok, data.verdict, data.dirty, diagnostics[0]?.rule]).toEqual([false, 'refused', ['level'], 'claim-dirty-tree']);
    const allowed = await stage.ask('record', 'dirty', ...proof(stage), '--allow-dirty', '--runs', '1');
    expect([allowed.data.verdict, allowed.data.receipt.dirty]).toEqual(['proven', ['level']]);
    expect((await stage.ask('show', 'dirty')).data.entry.level).toBe('claimed');
    stage.git('checkout', '-q', '--', 'level');
  });

  test('an untracked file counts, an ignored one does not', async () => {
    stage.write('new.txt', 'x');
    expect((await stage.ask('record', 'untracked', '--phase', 'kite', '--green', 'true')).data.dirty).toEqual(['new.txt']);
    stage.git('clean', '-qf', '--', 'new.txt');
    stage.write('scratch', 'x');
    expect((await stage.ask('record', 'ignored', '--phase', 'kite', '--green', 'true', '--runs', '1')).data.verdict).toBe('incomplete');
  });

  test('a change that the index is told to overlook counts', async () => {
    stage.git('update-index', '--assume-unchanged', 'level');
    stage.write('level', 'hidden\n');
    expect((await stage.ask('record', 'hidden', ...proof(stage))).data.dirty).toEqual(['level']);
    stage.git('update-index', '--no-assume-unchanged', 'level');
    stage.git('checkout', '-q', '--', 'level');
  });

  test('a base that does not exist is never skipped', async () => {
    const { exit, stderr } = await stage.run('record', 'nobase', '--claim', 'kite/M3', '--red', 'deadbeef0', 'bash gauge.sh', '--green', 'bash gauge.sh');
    expect([exit, stderr]).toEqual([2, expect.stringContaining('deadbeef0')]);
    expect(stage.journal()).not.toContain('nobase');
  });

  test.each([['ssh host true'], ['docker ps'], ['rm -r x'], ['curl -s https://example.org/'], ['git push'], ['sudo true'], ['echo x > /etc/y']])('%s', async (command) => {
    const { exit, stderr } = await stage.run('record', 'unsafe', '--phase', 'kite', '--green', command);
    expect([exit, stderr]).toEqual([3, expect.stringContaining('is not started')]);
  });
});

describe('the JSON is as its schema says', () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  const schemas = allSchemas();
  test.each<[string, () => string[]]>([
    ['record', () => ['record', 'formed', ...proof(stage), '--runs', '1']], ['record-plan', () => ['record', 'formed', '--plan']], ['replay-plan', () => ['replay', 'formed', '--plan']], ['repro-lint', () => ['repro', 'lint']],
    ['gate', () => ['gate', 'kite/M3']], ['gate', () => ['gate', 'kite', '--for', 'done']], ['consents', () => ['consent', 'list']], ['list', () => ['list', 'reproduction']], ['show', () => ['show', 'formed']],
  ])('%s', async (name, args) => {
    const { data } = await stage.ask(...args());
    const validate = ajv.getSchema(`docket/schema/${name}.json`) ?? ajv.compile(schemas[name] ?? {});
    expect(validate(data) || validate.errors).toBe(true);
  });

  test('replay', async () => {
    await stage.consentTo('formed');
    const { data } = await stage.ask('replay', 'formed');
    const validate = ajv.compile(schemas['replay'] ?? {});
    expect(validate(data) || validate.errors).toBe(true);
    expect((await stage.run('show', 'formed')).stdout).toMatch(/level +recorded\nrecorded +proven, at [0-9a-f]{12}, /);
  });
});
