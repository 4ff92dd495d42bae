import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PhaseStatus } from '../../../src/contract/schema/status.ts';
import { addPhaseToConfig } from '../../../src/edits/phases/add-to-config.ts';
import { file, openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk.repository.remove());

describe('phase open', () => {
  const config = '# ours\nlanding: main   # yes\n\n# phases: [a, b]\n';
  beforeEach(() => {
    desk.write('docket.yaml', config);
    desk.write('JOURNAL-old.md', '# JOURNAL\n\n## 2026-06-01 — start\n');
    desk.write('STATUS-old.md', '# STATUS\n\n## Gate: M1 — IN FLIGHT\n');
    desk.commit('journal(old): start');
  });

  test('makes the four documents, names the gates, and takes its place in the order', async () => {
    const { ok, data } = await desk.ask('phase', 'open', '2w', '--gates', 'M1,WC1.1', '--plan', 'https://example.org/plan');
    expect(ok).toBe(true);
    expect(data['written']).toEqual(['STATUS-2w.md', 'JOURNAL-2w.md', 'BACKLOG-2w.md', 'REVIEW-2w.md', 'docket.yaml'].map(file));
    expect(desk.read('STATUS-2w.md')).toMatch(/^---\ngates: \[M1, WC1\.1\]\n---\n# STATUS — phase 2w[^\n]*\n\nPlan: `https:\/\/example\.org\/plan`\n\n/u);
    expect(desk.read('docket.yaml')).toBe(`${config}phases: [old, 2w]\n`);
    const phases = (await desk.ask('status')).data['phases'] as PhaseStatus[];
    expect(phases.map(({ id, gates }) => [id, gates.map((gate) => gate.id)])).toEqual([['old', ['M1']], ['2w', ['M1', 'WC1.1']]]);
    expect(((await desk.ask('check')).data['findings'] as { rule: string }[]).map(({ rule }) => rule)).not.toContain('front-matter');
    expect((await desk.ask('phase', 'open', '2w', '--gates', 'M1,WC1.1')).data).toMatchObject({ written: [], diff: '' });
  });

  test('leaves what is there, and says what it could not add', async () => {
    const { data, diagnostics } = await desk.ask('phase', 'open', 'old', '--gates', 'M1,M2', '--plan', 'nowhere.md');
    expect(data['written']).toEqual(['BACKLOG-old.md', 'REVIEW-old.md', 'docket.yaml'].map(file));
    expect(data['kept']).toEqual(['STATUS-old.md', 'JOURNAL-old.md'].map(file));
    expect(diagnostics.map(({ rule, message }) => [rule, message])).toEqual([['front-matter', expect.stringContaining('does not name M2')], ['dangling-link', expect.stringContaining('nowhere.md')]]);
  });

  test('several at once: each finds its place', async () => {
    const phases = ['p1', 'p2', 'p3', 'p4'];
    const answers = await Promise.all(phases.map((phase) => desk.ask('phase', 'open', phase)));
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    expect(desk.read('docket.yaml').match(/^phases: \[old, (.*)\]$/mu)?.[1]?.split(', ').toSorted()).toEqual(phases);
    expect(desk.read('docket.yaml').startsWith(config)).toBe(true);
  });

  test('a dry run writes nothing, and git can apply its diff', async () => {
    const { data } = await desk.ask('phase', 'open', 'new', '--dry-run');
    expect(desk.repository.git('status', '--porcelain')).toBe('');
    writeFileSync(join(desk.repository.dir, 'x.diff'), data['diff'] as string);
    desk.repository.git('apply', 'x.diff');
    expect((await desk.ask('phase', 'open', 'new')).data['written']).toEqual([]);
  });

  test.each([
    ['phases: [old]  # order\r\nlanding: main\r\n', 'phases: [old, new]  # order\r\nlanding: main\r\n'],
    ['phases:\n  - old # first\n\n# end\nlanding: main\n', 'phases:\n  - old # first\n  - new\n\n# end\nlanding: main\n'],
    ['phases:\n- old', 'phases:\n- old\n- new'],
    ['phases: [\n  old,\n]\n', 'phases: [\n  old, new\n]\n'],
    ['phases: ["old", \'x\']\n', 'phases: ["old", \'x\', new]\n'],
    ['phases: [x]\n', 'phases: [x, old, new]\n'],
    ['phases: []\n', 'phases: [old, new]\n'],
    ['phases:\nlanding: main\n', 'phases: [old, new]\nlanding: main\n'],
    ['', 'phases: [old, new]\n'],
    ['landing: main', 'landing: main\nphases: [old, new]\n'],
  ])('puts the phase into %j', (before, after) => expect(addPhaseToConfig(before, 'new', ['old'])).toBe(after));

  test('a configuration that it cannot add to stays as it is, and so does all else', async () => {
    for (const before of ['{landing: main}\n', 'phases: &p [old]\nx: 1\n']) {
      desk.write('docket.yaml', before);
      const { ok, diagnostics } = await desk.ask('phase', 'open', 'new');
      expect([ok, diagnostics[0]?.rule, desk.read('docket.yaml')]).toEqual([false, 'config', before]);
      expect(desk.repository.git('status', '--porcelain')).toBe(` M ${file('docket.yaml')}`);
    }
  });

  test.each([['../x', []], ['a b', []], ['new', ['--gates', 'm1']], ['new', ['--plan', 'a\nb']]])('%s %j is a usage error', async (phase, args) => {
    expect((await desk.ask('phase', 'open', phase, ...args)).diagnostics[0]?.rule).toBe('usage');
    expect(desk.repository.git('status', '--porcelain')).toBe('');
  });
});
