import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { assert, asyncProperty, constantFrom, nat, uniqueArray } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRepository } from '../support/make-repository.ts';
import type { Repository } from '../support/make-repository.ts';
import { askDocket, runDocket } from '../support/run-docket.ts';

// The hook judges with bundles of its own and by less than the whole record. What it says of any index is what the full check says.

const journal = '# JOURNAL — k9\n\n## 2026-03-02T09:00Z — Quay wall measured\n\nThe wall is 14 m long.\n\n## 2026-03-03T09:00Z — Crane ordered {#crane}\n\nTwo cranes.\n';
const item = (box: string, title: string): string => `### 2026-03-02 — ${title}\n- [${box}] **What:** ${title}\n- **Filed by:** Builder, phase k9\n\n`;
const deferred = (open: string, closed: string): string => `# DEFERRED\n\n## Open deferrals\n\n${open}## Closed deferrals\n\n${closed}`;
const review = '# REVIEW — k9\n\n## M1 — Wall: PASS @2026-03-03T10:00Z\n\nSeen.\n';
const decisions = '# DECISIONS\n\n## Settled\n\n- **Stone:** granite.\n- **Rope:** hemp. {#rope}\n';
const files: Readonly<Record<string, string>> = {
  'src/quay.txt': 'stone\n',
  'machine-docs/JOURNAL-k9.md': journal,
  'machine-docs/JOURNAL-q 4.md': '# notes\n',
  'machine-docs/STATUS-k9.md': '# STATUS — k9\n\nAt work.\n',
  'machine-docs/BACKLOG-k9.md': '# BACKLOG — k9\n\n## Build backlog\n\n- [ ] pave\n\n## Adversary findings\n\n### A1 [adversary] it leans\n- **Status:** OPEN\n',
  'machine-docs/REVIEW-k9.md': review,
  'machine-docs/DECISIONS.md': decisions,
  'machine-docs/DEFERRED.md': deferred(item(' ', 'paint'), item('x', 'sweep')),
  'machine-docs/BUILDER-INBOX.md': '# BUILDER-INBOX\n\n@2026-03-03T10:00Z — Adversary: look at the wall.\n',
};

/** One change to the index each; null takes the file away. */
const edits: readonly [path: string, change: (text: string) => string | null][] = [
  ['src/quay.txt', (text) => `${text}granite\n`],
  ['machine-docs/JOURNAL-k9.md', (text) => `${text}\n## 2026-03-04T09:00Z — Rope bought\n\nTen.\n`],
  ['machine-docs/JOURNAL-k9.md', (text) => `${text}\n## 2026-03-04T09:00Z — Rope {#crane}\n\nTen.\n`],
  ['machine-docs/JOURNAL-k9.md', (text) => text.replace('14 m', '41 m')],
  ['machine-docs/JOURNAL-k9.md', (text) => `${text}\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n`],
  ['machine-docs/JOURNAL-k9.md', (text) => `${text}\nansi \u001b[31m red\n`],
  ['machine-docs/JOURNAL-k9.md', (text) => `---\nphase: [\n---\n${text}`],
  ['machine-docs/JOURNAL-k9.md', () => null],
  ['machine-docs/JOURNAL-new.md', () => '# JOURNAL — new\n\n## 2026-03-04T09:00Z — First {#a}\n\nx\n\n## 2026-03-05T09:00Z — Second {#a}\n\ny\n'],
  ['machine-docs/JOURNAL-new.md', () => '# JOURNAL — new\n\n## 2026-03-04T09:00Z — First \\{#a}\n\nx\n'],
  ['machine-docs/JOURNAL-new.md', () => `Authorization: Bearer ghp_${'q7Zt4Lw9'.repeat(4)}Ab12\n`],
  ['machine-docs/notes.md', () => '# Notes\n\nfree text\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\nmore\n'],
  ['machine-docs/DEFERRED.md', () => deferred('', item(' ', 'paint') + item('x', 'sweep'))],
  ['machine-docs/DEFERRED.md', (text) => text.replace('- [ ] **What:** paint', '- [x] **What:** paint')],
  ['machine-docs/DEFERRED.md', (text) => text.replace(item('x', 'sweep'), '')],
  ['machine-docs/REVIEW-k9.md', (text) => text.replace('PASS', 'FAIL')],
  ['machine-docs/REVIEW-k9.md', (text) => `${text}\n## M2 — Crane: PASS @2026-03-04T10:00Z\n\nSeen.\n`],
  ['machine-docs/BACKLOG-k9.md', (text) => text.replace('[ ] pave', '[x] pave')],
  ['machine-docs/BACKLOG-k9.md', (text) => `${text}\n### A1 [adversary] it leans again\n- **Status:** OPEN\n`],
  ['machine-docs/DECISIONS.md', (text) => `${text}- **Chain:** iron, replaces Rope. {#rope}\n`],
  ['machine-docs/DECISIONS.md', (text) => text.replace('granite', 'basalt')],
  ['machine-docs/BUILDER-INBOX.md', () => null],
  ['machine-docs/BUILDER-INBOX.md', () => '# BUILDER-INBOX\n\n@2026-03-04T10:00Z — Adversary: never mind.\n'],
  ['machine-docs/STATUS-k9.md', (text) => `${text}\n## Gate: M1 — CLAIMED, awaiting Adversary\n\n### WHAT is claimed\n\nAll.\n`],
  ['machine-docs/STATUS-k9.md', (text) => `${text}\n## DONE\n\nAll of it.\n`],
  ['machine-docs/docket.yaml', () => 'rules: {deferred-wrong-section: off, unparsed: error}\n'],
];

let repo: Repository;
beforeAll(async () => {
  repo = makeRepository();
  for (const [path, text] of Object.entries(files)) repo.write(path, text);
  repo.commit('status+journal(k9): begin', '2026-03-02T10:00:00Z');
  await runDocket(['-C', repo.dir, 'install', 'hooks']);
});
afterAll(() => repo.remove());

function stage(chosen: readonly number[]): void {
  repo.git('reset', '-q', '--hard');
  repo.git('clean', '-fdq');
  for (const index of chosen) {
    const [path, change] = edits[index] ?? ['', () => null];
    const file = join(repo.dir, path);
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      text = '';
    }
    const after = change(text);
    mkdirSync(dirname(file), { recursive: true });
    if (after === null) rmSync(file, { force: true });
    else writeFileSync(file, after);
  }
  repo.git('add', '-A');
  // What the index holds counts, whatever stands on disk.
  for (const path of Object.keys(files)) writeFileSync(join(repo.dir, path), 'something else\n');
}

/** The hook as git runs it; its words hold rule and place of each error. */
function askHook(role: string): { status: number; errors: string[] } {
  const { status, stderr } = spawnSync(join(repo.dir, '.git/hooks/pre-commit'), [], { cwd: repo.dir, encoding: 'utf8', env: { ...process.env, DOCKET_ROLE: role } });
  return { status: status ?? -1, errors: [...stderr.matchAll(/^✘ error (\S+) +(\S.*?)$/gmu)].map(([, rule, place]) => `${rule} ${place}`).toSorted() };
}

test('the hook refuses what check --staged finds in error, and nothing else', async () => {
  await assert(
    asyncProperty(uniqueArray(nat({ max: edits.length - 1 }), { minLength: 1, maxLength: 4 }), constantFrom('', 'builder', 'adversary'), async (chosen, role) => {
      stage(chosen);
      const { diagnostics } = await askDocket(['check', '--staged', ...(role === '' ? [] : ['--role', role])], repo.dir);
      const wanted = diagnostics.filter(({ level }) => level === 'error').map(({ rule, place }) => `${rule} ${place?.path}:${place?.line}`).toSorted();
      const hook = askHook(role);
      expect(hook.errors.map((error) => error.replace(/(:\d+):\d+$/, '$1'))).toEqual(wanted);
      expect(hook.status).toBe(wanted.length === 0 ? 0 : 1);
      // Judged once more it is answered from what is kept.
      expect(askHook(role)).toEqual(hook);
    }),
    { numRuns: process.env['DOCKET_LONG'] ? 400 : 5, endOnFailure: true },
  );
});

test('it starts no more than three processes of git', () => {
  const counter = join(repo.dir, '.git/counter');
  const bin = join(repo.dir, '.git/count');
  mkdirSync(bin, { recursive: true });
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  writeFileSync(join(bin, 'git'), `#!/bin/sh\necho x >> ${counter}\nexec ${real} "$@"\n`, { mode: 0o755 });
  const count = (): number => {
    rmSync(counter, { force: true });
    spawnSync(join(repo.dir, '.git/hooks/pre-commit'), [], { cwd: repo.dir, env: { ...process.env, PATH: `${bin}:${process.env['PATH']}` } });
    return readFileSync(counter, 'utf8').split('\n').length - 1;
  };
  stage([1]);
  expect(count()).toBeLessThanOrEqual(3);
  expect(count()).toBe(2);
  stage([0]);
  expect(count()).toBe(1);
});
