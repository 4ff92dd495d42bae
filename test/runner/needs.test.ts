import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { journalPath, makeStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(() => {
  stage = makeStage({ '.gitignore': 'log\n' });
});
afterAll(() => stage.remove());

interface Block {
  id: string;
  needs?: string;
  command?: string;
}

/** A journal with a block for each; every command says on a line of its own when it is run, so that the order can be read. */
function writeBlocks(...blocks: Block[]): void {
  const fences = blocks.map(({ id, needs, command = 'cat level' }) => `\`\`\`console repro id=${id}${needs === undefined ? '' : ` needs=${needs}`}\n# green\n$ ${command}\n→ high\n→? 0\n\`\`\`\n`);
  stage.write(journalPath, `# JOURNAL\n\n## 2026-03-02 — x\n\n${fences.join('\n')}`);
}

/** Consents to all plans of a replay. */
async function consentToAll(name: string): Promise<void> {
  const { data } = await stage.ask('replay', name, '--plan');
  for (const { digest } of data.plans) await stage.ask('consent', 'add', digest);
}

describe('a reproduction that needs others', () => {
  test('is planned and run after them, each once, in their order', async () => {
    writeBlocks({ id: 'top', needs: 'left,right', command: 'bash -c "cat level"' }, { id: 'left', needs: 'ground' }, { id: 'right', needs: 'kite/ground' }, { id: 'ground' });
    const { data: planned, next } = await stage.ask('replay', 'top', '--plan');
    const names = (list: { reproduction: string }[]): string[] => list.map(({ reproduction }) => reproduction.replace('reproduction:kite/', ''));
    expect([names(planned.plans), planned.plan.reproduction, planned.plan.needs]).toEqual([['ground', 'left', 'right', 'top'], 'reproduction:kite/top', ['reproduction:kite/left', 'reproduction:kite/right']]);
    expect(next).toEqual([`docket consent add ${planned.plan.digest}`]);
    await consentToAll('top');
    const { ok, data } = await stage.ask('replay', 'top');
    expect([ok, data.reproduction, names(data.replays), data.replays.map(({ needed }: { needed: boolean }) => needed)]).toEqual([true, 'reproduction:kite/top', ['ground', 'left', 'right', 'top'], [true, true, true, false]]);
  });

  test('is not run and inconclusive where one of them does not hold', async () => {
    writeBlocks({ id: 'top', needs: 'left' }, { id: 'left', needs: 'ground' }, { id: 'ground', command: 'echo low' });
    await consentToAll('top');
    const { exit, stdout } = await stage.run('replay', 'top', '--json');
    const { data } = JSON.parse(stdout);
    expect([exit, data.verdict, data.steps[0].outcome, data.steps[0].why]).toEqual([3, 'inconclusive', 'skipped', 'it needs reproduction:kite/left, which is inconclusive']);
    expect(data.replays.map(({ steps }: { steps: { outcome: string }[] }) => steps[0]?.outcome)).toEqual(['mismatch', 'skipped', 'skipped']);
  });

  test('is consented to with all of them, before any is run', async () => {
    writeBlocks({ id: 'top', needs: 'left' }, { id: 'left', command: 'bash -c "cat level; touch \\"$TMPDIR/../../../docket-needs-ran\\""' });
    const { exit, stderr } = await stage.run('replay', 'top');
    expect([exit, stderr]).toEqual([4, expect.stringContaining('a replay of reproduction:kite/left')]);
  });

  test.each<[string, Block[], RegExp]>([
    ['itself', [{ id: 'a', needs: 'a' }], /reproduction:kite\/a needs reproduction:kite\/a/],
    ['one that waits for it', [{ id: 'a', needs: 'b' }, { id: 'b', needs: 'c' }, { id: 'c', needs: 'b' }], /kite\/b needs reproduction:kite\/c needs reproduction:kite\/b/],
    ['one that is not there', [{ id: 'a', needs: 'grond' }, { id: 'ground' }], /needs grond, and there is no reproduction of that name.*ground/],
    ['one that is there twice', [{ id: 'a', needs: 'b' }, { id: 'b' }, { id: 'b' }], /2 reproductions are called so/],
  ])('cannot need %s', async (_, blocks, message) => {
    writeBlocks(...blocks);
    for (const args of [['replay', 'a'], ['replay', 'a', '--plan'], ['record', 'a', '--plan']]) {
      const { exit, stderr } = await stage.run(...args);
      expect([exit, stderr]).toEqual([2, expect.stringMatching(message)]);
      expect(stderr).toMatch(/JOURNAL-kite\.md:\d+/);
    }
  });

  test('is recorded only where they hold', async () => {
    writeBlocks({ id: 'top', needs: 'ground' }, { id: 'ground', command: 'bash gauge.sh | cut -d" " -f2' });
    const { data: { plan, needs } } = await stage.ask('record', 'top', '--plan');
    expect(needs).toMatchObject([{ reproduction: 'reproduction:kite/ground', steps: [{ role: 'green' }] }]);
    expect((await stage.run('record', 'top', '--consent', plan.digest)).exit).toBe(4);
    const consents = ['--consent', plan.digest, '--consent', needs[0].digest];
    expect((await stage.ask('record', 'top', ...consents, '--dry-run')).data.verdict).toBe('incomplete');
    stage.write('level', 'low\n');
    stage.git('commit', '-qam', 'lower');
    const before = stage.journal();
    const { exit, stderr } = await stage.run('record', 'top', ...consents);
    expect([exit, stderr, stage.journal()]).toEqual([3, expect.stringContaining('top needs reproduction:kite/ground, which is not-green; it was not run'), before]);
  });
});
