import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/contract/schema/entry.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { askDocket, runDocket } from '../support/run-docket.ts';

const path = 'machine-docs/JOURNAL-pxgate.md';
const start = '# JOURNAL — pxgate (Builder)\n\n## 2026-06-13 — Phase start\n\n**Next:** claim M1.\n';

let repository: Repository;
beforeEach(() => {
  repository = makeRepository();
  repository.write(path, start);
});
afterEach(() => repository.remove());
const read = (): string => readFileSync(join(repository.dir, path), 'utf8');
const add = (...args: string[]) => askDocket(['journal', 'add', '--phase', 'pxgate', '--date', '2026-06-14', ...args], repository.dir);
const ask = async (args: string[]) => (await add(...args)).data as { entry: Entry; path: string; diff: string };

describe('journal add', () => {
  test('appends an entry and answers with it as it reads back', async () => {
    const { entry, path: written, diff } = await ask(['--title', 'Root cause found', '--body', '**Fix:** ask the proxy itself.\n\n### Why\n\nIt answers first.']);
    expect(read()).toBe(`${start}\n## 2026-06-14 — Root cause found\n\n**Fix:** ask the proxy itself.\n\n### Why\n\nIt answers first.\n`);
    expect(entry).toMatchObject({ id: 'journal:pxgate/2026-06-14-root-cause-found', title: 'Root cause found', date: '2026-06-14', place: { path, line: 7, endLine: 13 }, fields: { Fix: 'ask the proxy itself.' } });
    expect([written, diff]).toEqual([path, expect.stringContaining('+## 2026-06-14 — Root cause found\n')]);
    expect((await askDocket(['show', entry.id], repository.dir)).data['entry']).toMatchObject(entry);
  });

  test('a dry run writes nothing, and its diff gives the same file', async () => {
    const { diff, entry } = await ask(['--title', 'Later', '--body', 'x', '--dry-run']);
    expect([read(), entry.id]).toEqual([start, 'journal:pxgate/2026-06-14-later']);
    execFileSync('git', ['-C', repository.dir, 'apply'], { input: diff });
    const applied = read();
    writeFileSync(join(repository.dir, path), start);
    await ask(['--title', 'Later', '--body', 'x']);
    expect(read()).toBe(applied);
  });

  test('keeps a byte order mark and CRLF, and ends a last line that has no end', async () => {
    const before = `\uFEFF${start.trimEnd().replaceAll('\n', '\r\n')}`;
    writeFileSync(join(repository.dir, path), before);
    await ask(['--title', 'x', '--body', 'a\nb']);
    expect(read()).toBe(`${before}\r\n\r\n## 2026-06-14 — x\r\n\r\na\r\nb\r\n`);
  });

  test('begins a journal that is not there with its preamble', async () => {
    const { path: written } = await ask(['--phase', '2w', '--title', 'Start']);
    expect(written).toBe('machine-docs/JOURNAL-2w.md');
    expect(readFileSync(join(repository.dir, written), 'utf8')).toMatch(/^# JOURNAL — phase 2w \(Builder\)\n[\s\S]*\n## 2026-06-14 — Start\n$/);
  });

  test.each<[string, string[], RegExp]>([
    ['a title with a line end', ['--title', 'a\n## 2026-06-15 — b'], /line end in --title/],
    ['a heading that would end the entry', ['--title', 'x', '--body', 'a\n\n## b'], /line 3 of the body is a heading of level 2/],
    ['a heading by underlining', ['--title', 'x', '--body', 'a\n---'], /line 1 of the body is a heading/],
    ['another entry', ['--title', 'x', '--body', '### 2026-06-15 — b'], /line 1 of the body .*another entry/],
    ['a fence that nothing closes', ['--title', 'x', '--body', 'a\n\n```sh\nls'], /line 3 of the body opens a fence/],
    ['a comment that nothing closes', ['--title', 'x', '--body', '<!-- a'], /line 1 of the body opens an HTML comment/],
    ['a receipt', ['--title', 'x', '--body', 'a\n\n<!-- docket-receipt v1 {} -->'], /line 3 of the body holds a docket-receipt/],
    ['a merge conflict', ['--title', 'x', '--body', '<<<<<<< a\n=======\n>>>>>>> b'], /line 1 of the body cannot be read \(conflict marker/],
    ['a name of its own', ['--title', 'x {#phase-start}'], /would give the entry the name/],
    ['no date', ['--title', 'x', '--date', '2026-02-30'], /Unexpected date "2026-02-30"/],
    ['no phase', ['--title', 'x', '--phase', '../x'], /Unexpected phase "..\/x"/],
  ])('refuses %s and changes nothing', async (_, args, message) => {
    const { ok, diagnostics } = await add(...args);
    expect([ok, read()]).toEqual([false, start]);
    expect(diagnostics[0]?.message).toMatch(message);
    expect(diagnostics[0]?.next).not.toBeNull();
  });

  test('says what stands in the way: an open fence, a conflict, a link, no folder', async () => {
    for (const [before, message] of [[`${start}\n\`\`\`\nls\n`, /pxgate\.md:7 opens a fence/], [`${start}<<<<<<< a\n=======\n>>>>>>> b\n`, /pxgate\.md:6 holds a merge conflict/]] as const) {
      writeFileSync(join(repository.dir, path), before);
      expect((await add('--title', 'x')).diagnostics[0]?.message).toMatch(message);
      expect(read()).toBe(before);
    }
    rmSync(join(repository.dir, path));
    writeFileSync(join(repository.dir, 'outside.md'), start);
    symlinkSync('../outside.md', join(repository.dir, path));
    expect((await add('--title', 'x')).diagnostics[0]?.message).toMatch(/is a symbolic link/);
    expect(readFileSync(join(repository.dir, 'outside.md'), 'utf8')).toBe(start);
    rmSync(join(repository.dir, 'machine-docs'), { recursive: true });
    const answer = await runDocket(['-C', repository.dir, 'journal', 'add', '--phase', 'pxgate', '--title', 'x']);
    expect([answer.exit, existsSync(join(repository.dir, 'machine-docs'))]).toEqual([2, false]);
    expect(answer.stderr).toMatch(/no docket yet[\s\S]*docket init/);
  });

  test('warns of the other hand, of a day to come and of a phase that is nearly another', async () => {
    const { ok, diagnostics } = await askDocket(['--role', 'adversary', 'journal', 'add', '--phase', 'pxgat', '--title', 'x', '--date', '2999-01-01'], repository.dir);
    expect((await askDocket(['--role', 'adversary', 'journal', 'add', '--phase', 'pxgate', '--title', 'x'], repository.dir)).data['diff']).not.toContain('claim M1');
    expect([ok, diagnostics.map(({ rule, level }) => [rule, level])]).toEqual([true, [['not-owner', 'warning'], ['future-time', 'warning'], ['unknown-phase', 'warning']]]);
  });
});
