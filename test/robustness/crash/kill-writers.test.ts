import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeRepository, type Repository } from '../../support/make-repository.ts';
import { binary, runDocket } from '../../support/run-docket.ts';

// Every writer, killed the hard way: each file is the old one or the new one, git sees no rest, and the next one is not kept waiting.

const kills = process.env['DOCKET_LONG'] ? 60 : 2;
const day = ['--date', '2026-03-04'];
const writers: Record<string, string[]> = {
  'journal add': ['journal', 'add', '--phase', 'p', '--title', 'killed', '--body', 'x', ...day],
  decide: ['decide', '--phase', 'p', '--title', 'killed', '--body', 'x', ...day],
  defer: ['defer', '--phase', 'p', '--title', 'killed', '--what', 'x', '--reason', 'y', ...day],
  close: ['close', 'lamp', '--by', 'operator', ...day],
  reopen: ['reopen', 'horn', '--why', 'it is loud', ...day],
  sync: ['sync'],
  finding: ['finding', '--phase', 'p', '--id', 'A2', '--title', 'killed', ...day],
  'task add': ['task', 'add', '--phase', 'p', '--title', 'killed'],
  'inbox send': ['inbox', 'send', '--to', 'builder', '--title', 'killed', '--body', 'x', ...day],
  'inbox consume': ['inbox', 'consume', 'adversary'],
  claim: ['claim', 'p/M2', '--what', 'x', '--how', '`true`', '--expected', 'x', '--where', 'x', '--force', '--reason', 'x', ...day],
  verdict: ['verdict', 'p/M1', 'fail', '--body', 'x', ...day],
  done: ['done', 'p', '--force', '--reason', 'x', '--body', 'x', ...day],
  veto: ['veto', 'p', '--reason', 'killed', ...day],
  'phase open': ['phase', 'open', 'q', '--gates', 'M1'],
  'merge-file': ['merge-file', 'base.md', 'machine-docs/JOURNAL-p.md', 'theirs.md'],
  watch: ['watch', '--once'],
};

let repository: Repository;
const folder = (): string => join(repository.dir, 'machine-docs');
const journal = '# JOURNAL\n\n## 2026-01-01 — Start\n\nFirst.\n';
beforeAll(async () => {
  repository = makeRepository();
  await runDocket(['init', '--phase', 'p'], repository.dir);
  repository.write('machine-docs/JOURNAL-p.md', `${journal}\n## 2026-01-02 — Ours\n\nOurs.\n`);
  repository.write('base.md', journal);
  repository.write('theirs.md', `${journal}\n## 2026-01-03 — Theirs\n\nTheirs.\n`);
  repository.write('machine-docs/DEFERRED.md', '# DEFERRED\n\n## Open deferrals\n\n### 2026-01-02 — Lamp\n- [ ] **What:** change it\n\n### 2026-01-02 — Bell\n- [ ] **What:** hang it\n\n### 2026-01-03 — Horn\n- [x] **What:** mend it\n- **Closed:** 2026-01-04 by operator\n');
  repository.write('machine-docs/BACKLOG-p.md', '# BACKLOG\n\n## Build backlog\n\n- [ ] one\n\n## Adversary findings\n\n### A1 [adversary] broken\n- **Status:** OPEN\n');
  repository.write('machine-docs/STATUS-p.md', '# STATUS\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\n## DONE\n\nNot yet\n');
  repository.write('machine-docs/ADVERSARY-INBOX.md', '# ADVERSARY-INBOX\n\n## 2026-01-01 — Read me\n\nPlease.\n');
  repository.commit('claim(p-M1): all', '2026-01-05T10:00:00Z');
  repository.write('bell.txt', 'ding');
  repository.commit('fix: hang the bell\n\nCloses-Deferred: bell', '2026-01-06T10:00:00Z');
});
afterAll(() => repository.remove());

describe('a writer that is killed', () => {
  test.each(Object.entries(writers))('%s', async (name, args) => {
    const old = contents();
    const seen: Map<string, string>[] = [];
    let longest = 400;
    for (let number = 0; number < kills; number += 1) {
      const began = performance.now();
      await (number % 2 === 0 ? killWhenItWrites(args) : killAfter(args, (longest * (number + 0.5)) / kills));
      if (number === 0) longest = performance.now() - began;
      expect(repository.git('status', '--porcelain', '--untracked-files=all')).not.toContain('.docket-');
      seen.push(contents());
      reset();
    }
    const { exit, stderr } = await runDocket(args, repository.dir);
    expect([name, exit, exit === 0 ? '' : stderr]).toEqual([name, 0, '']);
    const now = contents();
    if (name !== 'watch') expect(now).not.toEqual(old);
    for (const files of seen) for (const [path, text] of files) expect([old.get(path), now.get(path)]).toContain(text);
    for (const files of seen) for (const path of old.keys()) if (!files.has(path)) expect(now.has(path)).toBe(false);
    // The merge driver and watch take no lock, and leave the sweeping to the writers that do.
    if (name !== 'watch' && name !== 'merge-file') expect(readdirSync(folder()).filter((file) => file.startsWith('.'))).toEqual([]);
    reset();
  });
});

function reset(): void {
  repository.git('reset', '-q', '--hard');
  repository.git('clean', '-q', '-f', '-d', '-x', 'machine-docs');
}

/** What stands in the record, but for what a killed writer may leave until the next one sweeps. */
function contents(): Map<string, string> {
  const names = readdirSync(folder(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.startsWith('.docket-'));
  return new Map(names.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'utf8')]));
}

/** Ends once the process has, killed when a file of its own appears in the record. */
function killWhenItWrites(args: string[]): Promise<void> {
  const child = spawn(process.execPath, [binary, ...args], { cwd: repository.dir, stdio: 'ignore' });
  const watcher = watch(folder(), (_, name) => void (name?.startsWith('.docket-') && child.kill('SIGKILL')));
  return new Promise((resolve) => child.on('close', () => {
    watcher.close();
    resolve();
  }));
}

function killAfter(args: string[], milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [binary, ...args], { cwd: repository.dir, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  return new Promise((resolve) => child.on('close', () => {
    clearTimeout(timer);
    resolve();
  }));
}
