import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/contract/schema/entry.ts';
import type { Envelope } from '../../src/contract/schema/envelope.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { askDocket } from '../support/run-docket.ts';

let repository: Repository;
beforeEach(() => {
  repository = makeRepository();
});
afterEach(() => repository.remove());

interface Answer extends Omit<Envelope, 'data'> {
  data: { entry: Entry; path: string; diff: string; messages: (Entry & { body: string })[]; entries: (Entry & { body: string })[] };
}
const ask = (...args: string[]) => askDocket(['--role', 'builder', ...args], repository.dir) as Promise<unknown> as Promise<Answer>;
const read = (name: string): string => readFileSync(join(repository.dir, 'machine-docs', name), 'utf8');
const write = (name: string, text: string): void => repository.write(`machine-docs/${name}`, text);
const on = ['--date', '2026-06-14'];

describe('close and reopen', () => {
  const deferred = '# DEFERRED\r\n\r\n## Open deferrals\r\n\r\n### 2026-06-13 — circular dependency\r\n- [ ] **What:** order `src/probe.ts` after the proxy\r\n- **Filed by:** Builder, phase p\r\n\r\nText.\r\n';
  const ticked = deferred.replace('[ ]', '[x]');
  const withLine = (text: string, line: string): string => text.replace('phase p\r\n', `phase p\r\n- ${line}\r\n`);
  let fix: string;
  let other: string;
  beforeEach(() => {
    write('DEFERRED.md', deferred);
    repository.write('src/probe.ts', '1\n');
    repository.commit('feat: start', '2026-06-13T10:00:00Z');
    repository.write('src/probe.ts', '2\n');
    fix = repository.commit('fix: order it "by hand", see #12', '2026-06-13T11:00:00Z');
    repository.write('src/other.ts', '2\n');
    other = repository.commit('feat: other', '2026-06-13T12:00:00Z');
  });

  test('by a commit that touches it and has landed, as sync would', async () => {
    const { data, diagnostics } = await ask('close', 'circular-dependency', '--commit', fix.slice(0, 8), ...on);
    expect(read('DEFERRED.md')).toBe(withLine(ticked, `**Closed:** 2026-06-14 by ${fix.slice(0, 12)} ("fix: order it 'by hand', see #12") · landed by ancestor`));
    expect(data.entry).toMatchObject({ state: 'closed', closedBy: { commit: fix.slice(0, 12), route: 'ancestor' } });
    expect(data.entry.closedBy?.pr).toBeUndefined();
    expect(diagnostics).toEqual([]);
    const twice = await ask('close', 'circular-dependency', '--commit', other);
    expect([twice.ok, twice.data.diff, twice.data.entry.state]).toEqual([true, '', 'closed']);
  });

  test.each<[string, () => string[], string, string | null]>([
    ['a commit that does not touch it', () => ['--commit', other, '--note', 'it *is* the fix'], String.raw`by SHA ("feat: other") · by hand — it \*is\* the fix`, 'misattributed-close'],
    ['a pull request', () => ['--pr', '12'], 'by PR #12 · by hand', null],
    ['the address of one', () => ['--pr', 'https://example.org/a/b/pull/12'], 'by https://example.org/a/b/pull/12 · by hand', null],
    ['a person', () => ['--by', 'operator', '--note', 'not needed'], 'by operator · by hand — not needed', null],
    ['a note alone', () => ['--note', 'not needed'], 'by Builder · by hand — not needed', null],
  ])('by %s: by hand', async (_, args, line, rule) => {
    const { data, diagnostics } = await ask('close', 'circular-dependency', ...args(), ...on);
    expect(read('DEFERRED.md')).toBe(withLine(ticked, `**Closed:** 2026-06-14 ${line.replace('SHA', other.slice(0, 12))}`));
    expect(data.entry).toMatchObject({ state: 'closed', closedBy: { route: 'by hand' } });
    expect(diagnostics.map((each) => each.rule)).toEqual(rule === null ? [] : [rule]);
  });

  test('by a commit that has not landed: by hand, and it says so', async () => {
    repository.git('checkout', '-q', '-b', 'side');
    repository.write('src/probe.ts', '3\n');
    const unlanded = repository.commit('fix: on the side', '2026-06-13T13:00:00Z');
    repository.git('checkout', '-q', 'main');
    const { data, diagnostics } = await ask('close', 'circular-dependency', '--commit', unlanded);
    expect([data.entry.closedBy?.route, diagnostics.map(({ rule }) => rule)]).toEqual(['by hand', ['unlanded-commit']]);
  });

  test('refuses an unknown commit, nothing to point to, two pointers, a commit in the note, another kind', async () => {
    for (const [args, message] of [
      [['circular-dependency', '--commit', 'abcdef1'], /Unexpected commit "abcdef1".*not there/],
      [['circular-dependency', '--commit', 'nowhere'], /no revision nowhere/],
      [['circular-dependency'], /Missing what closed it/],
      [['circular-dependency', '--pr', '1', '--by', 'x'], /expected one of them/],
      [['circular-dependency', '--pr', 'soon'], /Unexpected pull request/],
      [['circular-dependency', '--by', 'operator', '--note', `see commit ${other}`], /would read as closed by commit/],
      [['circular-dependency', '--by', 'a\n- [ ] b'], /line end in --by/],
      [['nothing-like-it', '--by', 'x'], /Unknown id/],
    ] as const) {
      const { ok, diagnostics } = await ask('close', ...args);
      expect([ok, diagnostics[0]?.message]).toEqual([false, expect.stringMatching(message)]);
    }
    expect(read('DEFERRED.md')).toBe(deferred);
  });

  test('reopens with a line, which a sync does not undo; the closing stays readable', async () => {
    repository.write('src/probe.ts', '4\n');
    repository.commit('fix: order it\n\nCloses-Deferred: circular-dependency', '2026-06-13T13:00:00Z');
    await ask('sync');
    const closed = read('DEFERRED.md');
    const { data } = await ask('reopen', 'circular-dependency', '--why', 'fails again on a cold clone', ...on);
    expect(data.entry).toMatchObject({ state: 'reopened', fields: { Reopened: '2026-06-14 by hand (Builder) — fails again on a cold clone' } });
    expect(read('DEFERRED.md')).toBe(closed.replace('[x]', '[ ]').replace('by ancestor\r\n', 'by ancestor\r\n- **Reopened:** 2026-06-14 by hand (Builder) — fails again on a cold clone\r\n'));
    const { data: synced } = (await ask('sync')) as unknown as { data: { closed: unknown[]; pending: { why: string }[] } };
    expect(synced).toMatchObject({ closed: [], pending: [{ why: expect.stringMatching(/reopened by hand/) }] });
    expect((await ask('close', 'circular-dependency', '--by', 'operator')).data.entry.state).toBe('closed');
  });

  test('moves the item to its new section where the configuration wants that, and back', async () => {
    const frame = (open: string, closed: string): string => `# DEFERRED\n\n## Open deferrals\n\n${open}\n\n---\n\n## Closed deferrals\n\n${closed}\n`;
    const item = (name: string, mark = ' ', more = ''): string => `### 2026-06-13 — ${name}\n- [${mark}] **What:** order \`src/probe.ts\`${more}`;
    write('docket.yaml', 'deferred: {sections: move}\n');
    write('DEFERRED.md', frame(`${item('first')}\n\n${item('second')}`, '(none yet)'));
    repository.write('src/probe.ts', '5\n');
    const landed = repository.commit('fix: order\n\nCloses-Deferred: first', '2026-06-13T14:00:00Z');
    await ask('sync');
    const first = item('first', 'x', `\n- **Closed:** 2026-06-13 by ${landed.slice(0, 12)} ("fix: order") · landed by ancestor`);
    expect(read('DEFERRED.md')).toBe(frame(item('second'), first));
    expect((await ask('close', 'second', '--by', 'operator', ...on)).data.entry).toMatchObject({ state: 'closed', section: 'Closed deferrals' });
    const second = item('second', 'x', '\n- **Closed:** 2026-06-14 by operator · by hand');
    expect(read('DEFERRED.md')).toBe(frame('(none yet)', `${first}\n\n${second}`));
    expect((await ask('reopen', 'first', '--why', 'again', ...on)).data.entry).toMatchObject({ state: 'reopened', section: 'Open deferrals' });
    expect(read('DEFERRED.md')).toBe(frame(`${first.replace('[x]', '[ ]')}\n- **Reopened:** 2026-06-14 by hand (Builder) — again`, second));
  });

  test.each([
    ['a box', '- [ ] **A1 [adversary]** — probe waits\n', '- [x] **A1 [adversary]** — probe waits\n  - **Closed:** 2026-06-14 by operator · by hand\n'],
    ['a status', '### A1 [adversary] probe waits\n\n**Status:** OPEN\n\nText.\n', '### A1 [adversary] probe waits\n\n**Status:** CLOSED\n\nText.\n- **Closed:** 2026-06-14 by operator · by hand\n'],
    ['a longer status', '### A1 [adversary] probe waits\n- **Status:** OPEN since Monday\n', '### A1 [adversary] probe waits\n- **Status:** CLOSED, was OPEN since Monday\n- **Closed:** 2026-06-14 by operator · by hand\n'],
    ['lines without bullets before a list of others', '### A1 [adversary] probe waits\n\n**Status:** OPEN\n\n- [ ] **F3-1 [adversary]** — other\n', '### A1 [adversary] probe waits\n\n**Status:** CLOSED\n**Closed:** 2026-06-14 by operator · by hand\n\n- [ ] **F3-1 [adversary]** — other\n'],
    ['neither', '### A1 [adversary] probe waits\n\nText.\n', '### A1 [adversary] probe waits\n\nText.\n- **Status:** CLOSED\n- **Closed:** 2026-06-14 by operator · by hand\n'],
  ])('a finding with %s', async (_, before, after) => {
    write('BACKLOG-p.md', `# BACKLOG\n\n## Adversary findings\n\n${before}`);
    const { data, diagnostics } = await ask('close', 'A1', '--by', 'operator', ...on);
    expect(read('BACKLOG-p.md')).toBe(`# BACKLOG\n\n## Adversary findings\n\n${after}`);
    expect([data.entry.state, diagnostics.map(({ rule }) => rule)]).toEqual(['closed', ['not-owner']]);
    expect((await ask('--role', 'adversary', 'reopen', 'A1', '--why', 'it waits again')).data.entry).toMatchObject({ id: 'finding:p/A1', state: 'open' });
  });
});
