import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/contract/schema/entry.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { askDocket, runDocket } from '../support/run-docket.ts';

const binary = fileURLToPath(new URL('../../dist/bin/docket.js', import.meta.url));
const kills = process.env['DOCKET_LONG'] ? 150 : 10;
const start = '# JOURNAL — phase p (Builder)\n\n## 2026-06-13 — Start\n\nFirst.\n';

let repository: Repository;
beforeEach(async () => {
  repository = makeRepository();
  await runDocket(['init', '--phase', 'p'], repository.dir);
  repository.write('machine-docs/JOURNAL-p.md', start);
  repository.commit('chore: docket', '2026-06-13T10:00:00Z');
});
afterEach(() => repository.remove());
const journal = (): string => readFileSync(join(repository.dir, 'machine-docs/JOURNAL-p.md'), 'utf8');

describe('many at once', () => {
  test('20 processes that write at the same time lose nothing', async () => {
    const calls = Array.from({ length: 20 }, (_, index) => {
      const title = `entry number ${index}`;
      if (index % 4 === 1) return ['defer', '--phase', 'p', '--title', title, '--what', title, '--reason', 'later'];
      if (index % 4 === 2) return ['inbox', 'send', '--to', 'builder', '--title', title, '--body', 'read me'];
      return ['journal', 'add', '--phase', 'p', '--title', title, '--body', `body of ${index}`];
    });
    const answers = await Promise.all(calls.map((args) => runDocket([...args, '--json'], repository.dir)));
    expect(answers.map(({ exit, stdout }) => (exit === 0 ? 0 : stdout))).toEqual(calls.map(() => 0));
    const ids = answers.map(({ stdout }) => (JSON.parse(stdout) as { data: { entry: Entry } }).data.entry.id);
    expect(new Set(ids).size).toBe(20);
    const { entries } = (await askDocket(['list', '--limit', '100'], repository.dir)).data as { entries: Entry[] };
    expect(entries.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    expect(entries.filter(({ title }) => title.startsWith('entry number'))).toHaveLength(20);
    expect(readdirSync(join(repository.dir, 'machine-docs')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('killed at any moment, a writer leaves the old file or the new one, and blocks nobody', async () => {
    const args = ['journal', 'add', '--phase', 'p', '--date', '2026-06-14', '--title', 'killed', '--body', 'x\n'.repeat(300)];
    const began = performance.now();
    expect((await runDocket(args, repository.dir)).exit).toBe(0);
    const whole = performance.now() - began;
    const added = journal().slice(start.length);
    let expected = journal();
    for (let number = 0; number < kills; number += 1) {
      // Every other time while the new file is being written, however long that takes.
      await (number % 2 === 0 ? killWhileWriting(args) : killAfter(args, ((number + 0.5) / kills) * whole));
      const now = journal();
      expect([expected, expected + added].map((text) => text.length)).toContain(now.length);
      expect(now === expected || now === expected + added).toBe(true);
      expected = now;
    }
    expect((await runDocket(['journal', 'add', '--phase', 'p', '--title', 'after'], repository.dir)).exit).toBe(0);
    expect(journal().startsWith(`${expected}\n## `)).toBe(true);
    expect(readdirSync(join(repository.dir, 'machine-docs')).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

/** Starts docket and kills it the hard way as soon as a file of its own appears beside the journal. */
function killWhileWriting(args: string[]): Promise<void> {
  const child = spawn(process.execPath, [binary, ...args], { cwd: repository.dir, stdio: 'ignore' });
  const watcher = watch(join(repository.dir, 'machine-docs'), (_, name) => {
    if (name?.startsWith('.docket-')) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.on('close', () => {
      watcher.close();
      resolve();
    });
  });
}

/** Starts docket and kills it the hard way once so many milliseconds have gone by, if it has not ended by itself. */
function killAfter(args: string[], milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [binary, ...args], { cwd: repository.dir, stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    child.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
