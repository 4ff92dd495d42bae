import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/contract/schema/entry.ts';
import { runDocket } from '../../support/run-docket.ts';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk.repository.remove());

const parts = ['--what', 'It works.', '--how', '`./probe.sh` from a fresh clone', '--expected', '`./probe.sh` exits 0', '--where', '`probe.sh`'];
const recorded = `# JOURNAL — k9

## 2026-06-13 — proof

\`\`\`console repro id=k9-m1 claim=M1
# red: before
$ ./probe.sh
→? 1
# green: after
$ ./probe.sh
→? 0
# neg +no.diff: it can fail
$ ./probe.sh
→? 1
\`\`\`
`;

describe('claim', () => {
  beforeEach(() => {
    desk.write('STATUS-k9.md', '# STATUS — k9\n\nWhat holds now.\n\n## Notes\n\nNone of it.\n');
    desk.write('JOURNAL-k9.md', recorded);
    desk.commit('journal(k9): proof');
  });

  test('without evidence is refused as gate refuses it: exit 1, nothing written, what is missing', async () => {
    const before = desk.read('STATUS-k9.md');
    const { ok, data, diagnostics, next } = await desk.ask('claim', 'k9/M1', ...parts);
    const gate = await desk.ask('gate', 'k9/M1').catch(() => null);
    expect([ok, data['allowed'], data['entry'], desk.read('STATUS-k9.md')]).toEqual([false, false, null, before]);
    expect((data['missing'] as string[]).length).toBeGreaterThan(0);
    if (gate?.data['missing']) expect(data['missing']).toEqual(gate.data['missing']);
    expect(diagnostics.some(({ level }) => level === 'error')).toBe(true);
    expect(diagnostics.every(({ level, next: step }) => level !== 'error' || step !== null)).toBe(true);
    expect(next).toEqual(['docket gate k9/M1']);
    expect((await runDocket(['claim', 'k9/M1', ...parts], desk.repository.dir)).exit).toBe(1);
  });

  test('lacks a part: that is missing, too', async () => {
    const { data, diagnostics } = await desk.ask('claim', 'k9/M1', '--what', 'It works.', '--expected', '- exits 0', '--where', 'here');
    expect((data['missing'] as string[]).slice(0, 2)).toEqual(['the claim of k9/M1 lacks HOW', '"- exits 0" is expected of k9/M1, but of no command']);
    expect(diagnostics.slice(0, 2).map(({ rule }) => rule)).toEqual(['claim-incomplete', 'expected-without-command']);
  });

  test('by force says why in the file and in the status, and reads back as what was given', async () => {
    const before = desk.read('STATUS-k9.md');
    const { ok, data, next } = await desk.ask('claim', 'k9/M1', ...parts, '--teeth', 'The neg step.', '--date', '2026-06-13T13:30Z', '--force', '--reason', 'the *host* is rebuilt');
    expect([ok, data['forced'], data['allowed']]).toEqual([true, true, false]);
    expect(desk.read('STATUS-k9.md')).toBe(`${before}
## Gate: M1 — CLAIMED @2026-06-13T13:30Z, awaiting Adversary

**Forced:** 2026-06-13T13:30Z — the \\*host\\* is rebuilt

### WHAT

It works.

### HOW

\`./probe.sh\` from a fresh clone

### EXPECTED

\`./probe.sh\` exits 0

### WHERE

\`probe.sh\`

### TEETH

The neg step.
`);
    expect(data['entry']).toMatchObject({
      id: 'claim:k9/M1#1', gate: 'M1', date: '2026-06-13', time: '13:30',
      fields: { Forced: '2026-06-13T13:30Z — the *host* is rebuilt', WHAT: 'It works.', HOW: '`./probe.sh` from a fresh clone', EXPECTED: '`./probe.sh` exits 0', WHERE: '`probe.sh`', TEETH: 'The neg step.' },
    });
    expect(next).toEqual(["git add :/machine-docs/STATUS-k9.md && git commit -m 'claim(k9-M1): It works.' -- :/machine-docs/STATUS-k9.md"]);
    expect((await desk.statusOf('k9')).gates[0]?.disagreements[0]).toBe('M1 was claimed by force: 2026-06-13T13:30Z — the *host* is rebuilt');
    expect((await runDocket(['status'], desk.repository.dir)).stdout).toContain('claimed by force: 2026-06-13T13:30Z — the *host* is rebuilt');
  });

  test('again takes the place of the claim before, which history keeps; other text stays', async () => {
    const force = ['--force', '--reason', 'x'];
    await desk.ask('claim', 'k9/M1', ...parts, ...force, '--date', '2026-06-13T13:30Z');
    // Not committed yet: the same claim, written anew.
    await desk.ask('claim', 'k9/M1', ...parts, ...force, '--date', '2026-06-13T13:31Z');
    expect(desk.read('STATUS-k9.md').match(/CLAIMED/gu)).toHaveLength(1);
    expect(desk.read('STATUS-k9.md')).toContain('— CLAIMED @2026-06-13T13:31Z');
    desk.write('STATUS-k9.md', `${desk.read('STATUS-k9.md')}\n---\n\n## Later\n\nMore.\n`);
    desk.commit('claim(k9-M1): it works');
    const { data } = await desk.ask('claim', 'k9/M1', ...parts, ...force, '--date', '2026-06-13T14:00Z');
    expect(data['entry']).toMatchObject({ id: 'claim:k9/M1#2', reclaim: true });
    expect(desk.read('STATUS-k9.md')).toMatch(/^# STATUS — k9\n\nWhat holds now\.\n\n## Notes\n\nNone of it\.\n\n## Gate: M1 — RE-CLAIMED @2026-06-13T14:00Z, awaiting Adversary\n[^]*`probe\.sh`\n\n---\n\n## Later\n\nMore\.\n$/u);
    expect(desk.read('STATUS-k9.md').match(/CLAIMED/gu)).toHaveLength(1);
    expect(((await desk.ask('list', 'claim')).data['entries'] as Entry[]).map(({ id }) => id)).toEqual(['claim:k9/M1#2', 'claim:k9/M1#1']);
  });

  test('stands beside an earlier claim whose section holds more', async () => {
    desk.write('STATUS-k9.md', '# STATUS — k9\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\nWritten by hand, with a story.\n');
    desk.commit('claim(k9-M1): by hand');
    await desk.ask('claim', 'k9/M1', ...parts, '--force', '--reason', 'x');
    expect(desk.read('STATUS-k9.md')).toMatch(/Written by hand, with a story\.\n\n## Gate: M1 — RE-CLAIMED @/u);
  });

  test('comes from a file with the parts as headings or bold leads', async () => {
    desk.repository.write('claim.md', '**WHAT:** It works.\n\n**HOW:**\n\n```sh\n./probe.sh\n```\n\n### EXPECTED\n\nIt exits 0.\n\n### WHERE\n\nprobe.sh\n');
    const { ok, data } = await desk.ask('claim', 'k9/M1', '-F', join(desk.repository.dir, 'claim.md'), '--force', '--reason', 'x');
    expect(ok).toBe(true);
    expect((data['entry'] as Entry).fields).toMatchObject({ WHAT: 'It works.', HOW: '```sh\n./probe.sh\n```', EXPECTED: 'It exits 0.', WHERE: 'probe.sh' });
  });

  test.each<[string, string[], RegExp]>([
    ['nothing', [], /Missing what is claimed/],
    ['parts and a file', [...parts, '-F', 'x.md'], /cannot be read|together/],
    ['force without a reason', [...parts, '--force'], /Missing --reason/],
    ['a reason without force', [...parts, '--reason', 'x'], /Unexpected --reason/],
    ['a heading in a part', ['--what', 'a\n\n### HOW\n\nb'], /line 3 of --what is a heading/],
    ['a part inside another', ['--what', 'a\n\n**HOW:** b', '--how', 'c'], /would read as/],
    ['an open fence', ['--how', '```\nx'], /opens a fence/],
  ])('refuses %s as a usage error', async (_, args, message) => {
    const before = desk.read('STATUS-k9.md');
    const { ok, diagnostics } = await desk.ask('claim', 'k9/M1', ...args);
    expect([ok, diagnostics[0]?.rule === 'usage' || diagnostics[0]?.rule === 'unreadable', desk.read('STATUS-k9.md')]).toEqual([false, true, before]);
    expect(diagnostics[0]?.message).toMatch(message);
  });

  test('another claim cannot hide in it', async () => {
    const before = desk.read('STATUS-k9.md');
    for (const what of ['- **Gate: M2 — CLAIMED**', 'Gate: M2 — CLAIMED, awaiting Adversary', '## DONE\n\nyes']) {
      const { ok, diagnostics } = await desk.ask('claim', 'k9/M1', '--what', what, ...parts.slice(2), '--force', '--reason', 'x');
      expect([ok, diagnostics[0]?.rule, desk.read('STATUS-k9.md')]).toEqual([false, 'usage', before]);
    }
  });

  test.each([['k9'], ['k9/m1'], ['k9/M1/x'], ['k 9/M1'], ['M7']])('%s is no gate', async (gate) => {
    const { ok, diagnostics } = await desk.ask('claim', gate, ...parts);
    expect([ok, diagnostics[0]?.rule]).toEqual([false, 'usage']);
  });
});
