import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { makeRepository, type Repository } from '../../support/make-repository.ts';
import { askDocket, runDocket } from '../../support/run-docket.ts';

const made: Repository[] = [];
afterEach(() => {
  for (const repository of made.splice(0)) repository.remove();
});

/** A repository with docket's driver in place and these files committed on main. */
async function withDriver(files: Record<string, string>): Promise<Repository> {
  const repository = makeRepository();
  made.push(repository);
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  expect((await runDocket(['install', 'merge-driver'], repository.dir)).exit).toBe(0);
  repository.commit('start', '2026-06-01T00:00:00Z');
  return repository;
}

const read = (repository: Repository, path: string): string => readFileSync(join(repository.dir, path), 'utf8');

/** Commits files on a branch of its own that starts at `from`. */
function branch(repository: Repository, name: string, from: string, files: Record<string, string>): void {
  repository.git('checkout', '-q', '-b', name, from);
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.commit(`work on ${name}`, '2026-06-02T00:00:00Z');
}

/** Runs git and tells whether it ended well; a merge with conflicts does not. */
function tryGit(repository: Repository, ...args: string[]): boolean {
  try {
    repository.git('-c', 'core.editor=true', ...args);
    return true;
  } catch {
    return false;
  }
}

const journal = '# JOURNAL — phase k9 (Builder)\n\nAppend-only.\n\n## 2026-06-01T08:00Z — start\n\nRead the plan.\n\n**Next:** build it.\n';
const entry = (when: string, title: string, body = 'Done.'): string => `\n## ${when} — ${title}\n\n${body}\n\n**Next:** build it.\n`;
const path = 'machine-docs/JOURNAL-k9.md';

describe('appends of two clones', () => {
  test('to a journal: both stay, in the order of their dates, by merge and by rebase', async () => {
    const [mine, theirs] = [entry('2026-06-03', 'mine'), entry('2026-06-02T10:00Z', 'theirs')];
    const repository = await withDriver({ [path]: journal });
    branch(repository, 'a', 'main', { [path]: journal + mine });
    branch(repository, 'b', 'main', { [path]: journal + theirs });
    for (const [onto, other] of [['a', 'b'], ['b', 'a']] as const) {
      repository.git('checkout', '-q', '-B', `merged-${onto}`, onto);
      expect(tryGit(repository, 'merge', '-q', '-m', 'merge', other)).toBe(true);
      expect(read(repository, path)).toBe(journal + theirs + mine);
      repository.git('checkout', '-q', '-B', `rebased-${onto}`, onto);
      expect(tryGit(repository, 'rebase', '-q', other)).toBe(true);
      expect(read(repository, path)).toBe(journal + theirs + mine);
    }
    const { data } = await askDocket(['list', 'journal', '--fields', 'title'], repository.dir);
    expect(data.entries).toEqual([{ title: 'start' }, { title: 'theirs' }, { title: 'mine' }]);
  });

  test('of one day: ours first; and several commits rebased one by one', async () => {
    const repository = await withDriver({ [path]: journal });
    branch(repository, 'a', 'main', { [path]: journal + entry('2026-06-02', 'a1') });
    repository.write(path, journal + entry('2026-06-02', 'a1') + entry('2026-06-02', 'a2'));
    repository.commit('more', '2026-06-02T01:00:00Z');
    branch(repository, 'b', 'main', { [path]: journal + entry('2026-06-02', 'b1') });
    repository.git('checkout', '-q', 'a');
    expect(tryGit(repository, 'rebase', '-q', 'b')).toBe(true);
    expect(read(repository, path)).toBe(journal + entry('2026-06-02', 'b1') + entry('2026-06-02', 'a1') + entry('2026-06-02', 'a2'));
  });

  test('an addition that both have stands once, also where one of them went on', async () => {
    const [same, own] = [entry('2026-06-02', 'picked'), entry('2026-06-02', 'own')];
    const repository = await withDriver({ [path]: journal });
    branch(repository, 'a', 'main', { [path]: journal + same + own });
    branch(repository, 'b', 'main', { [path]: `${journal}${same}More of it.\n` });
    expect(tryGit(repository, 'merge', '-q', '-m', 'm', 'a')).toBe(true);
    expect(read(repository, path)).toBe(`${journal}${same}More of it.\n${own}`);
  });

  test('to lists and sections that held nothing: both delete (none yet), both stay', async () => {
    await initialised(async (repository) => {
      const file = (name: string) => `machine-docs/${name}`;
      const item = (date: string, what: string) => `### ${date} — ${what}\n- [ ] **What:** ${what}\n- **Filed by:** Builder, phase k9\n- **Reason for deferral:** later\n`;
      const replaceFirst = (name: string, text: string): [string, string] => [file(name), read(repository, file(name)).replace('(none yet)', text)];
      const append = (name: string, text: string): [string, string] => [file(name), read(repository, file(name)) + text];
      const backlog = (task: string, finding: string): [string, string] => [file('BACKLOG-k9.md'), read(repository, file('BACKLOG-k9.md')).replace('(none yet)', task).replace('(none yet)', finding)];
      const changes = (one: string) =>
        Object.fromEntries([
          replaceFirst('DEFERRED.md', item(one === 'a' ? '2026-06-03' : '2026-06-02', `item ${one}`).trimEnd()),
          append('DECISIONS.md', `\n## 2026-06-02 — k9: decision ${one}\n\nWe do ${one}.\n`),
          append('REVIEW-k9.md', `\n## M${one === 'a' ? 1 : 2} — PASS @2026-06-02T0${one === 'a' ? 2 : 1}:00Z\n\nRan ${one}.\n`),
          backlog(`- [ ] task ${one}`, `### A${one === 'a' ? 1 : 2} [adversary] finding ${one}\n\n- **Severity:** low`),
        ]);
      const [ours, theirs] = [changes('a'), changes('b')];
      branch(repository, 'a', 'main', ours);
      branch(repository, 'b', 'main', theirs);
      repository.git('checkout', '-q', 'a');
      expect(tryGit(repository, 'merge', '-q', '-m', 'm', 'b')).toBe(true);
      const deferred = read(repository, file('DEFERRED.md'));
      expect(deferred).toContain(`## Open deferrals\n\n${item('2026-06-02', 'item b')}\n${item('2026-06-03', 'item a')}\n## Closed deferrals\n\n(none yet)\n`);
      expect(read(repository, file('DECISIONS.md'))).toMatch(/decision a\n\nWe do a\.\n\n## 2026-06-02 — k9: decision b\n\nWe do b\.\n$/u);
      expect(read(repository, file('REVIEW-k9.md'))).toMatch(/## M2 — PASS @2026-06-02T01:00Z\n\nRan b\.\n\n## M1 — PASS @2026-06-02T02:00Z\n\nRan a\.\n$/u);
      expect(read(repository, file('BACKLOG-k9.md'))).toMatch(/## Build backlog\n\n- \[ \] task a\n- \[ \] task b\n\n## Adversary findings\n\n### A1 [^]*\n\n### A2 [^]*low\n$/u);
      const { data } = await askDocket(['list', 'deferred', 'decision', 'verdict', 'task', 'finding', '--fields', 'id,state'], repository.dir);
      expect((data.entries as { id: string }[]).map(({ id }) => id)).toEqual([
        'task:k9/task-a', 'task:k9/task-b', 'finding:k9/A1', 'finding:k9/A2', 'decision:k9/k9-decision-a', 'decision:k9/k9-decision-b',
        'deferred:2026-06-02-item-b', 'deferred:2026-06-03-item-a', 'verdict:k9/M2#1', 'verdict:k9/M1#1',
      ]);
    });
  });

  test('to an inbox that neither had: both messages', async () => {
    const inbox = 'machine-docs/BUILDER-INBOX.md';
    const message = (time: string, text: string) => `# BUILDER-INBOX — Adversary → Builder @2026-06-02T${time}Z\n\n${text}\n`;
    const repository = await withDriver({ [path]: journal });
    branch(repository, 'a', 'main', { [inbox]: message('09:00', 'Look at A1.') });
    branch(repository, 'b', 'main', { [inbox]: message('08:00', 'Look at A2.') });
    expect(tryGit(repository, 'merge', '-q', '-m', 'm', 'a')).toBe(true);
    expect(read(repository, inbox)).toBe(`${message('08:00', 'Look at A2.')}\n${message('09:00', 'Look at A1.')}`);
  });

  test('with CRLF, a BOM and no final line end: no byte between them changes', async () => {
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
    const start = `\uFEFF${crlf(journal).trimEnd()}`;
    const [mine, theirs] = [crlf(`\n${entry('2026-06-02', 'mine')}`).trimEnd(), crlf(`\n${entry('2026-06-03', 'theirs')}`)];
    const repository = await withDriver({ [path]: start });
    branch(repository, 'a', 'main', { [path]: start + mine });
    branch(repository, 'b', 'main', { [path]: start + theirs });
    repository.git('checkout', '-q', 'a');
    expect(tryGit(repository, 'merge', '-q', '-m', 'm', 'b')).toBe(true);
    expect(read(repository, path)).toBe(start + mine + theirs);
  });

  test('criss-cross: each clone merges the other, goes on, and they meet again', async () => {
    const repository = await withDriver({ [path]: journal });
    branch(repository, 'a', 'main', { [path]: journal + entry('2026-06-02', 'a') });
    branch(repository, 'b', 'main', { [path]: journal + entry('2026-06-02', 'b') });
    const [tipA, tipB] = [repository.git('rev-parse', 'a'), repository.git('rev-parse', 'b')];
    const extend = (name: string, other: string, title: string): void => {
      repository.git('checkout', '-q', name);
      expect(tryGit(repository, 'merge', '-q', '-m', 'm', other)).toBe(true);
      repository.write(path, read(repository, path) + entry('2026-06-04', title));
      repository.commit('on', '2026-06-04T00:00:00Z');
    };
    extend('a', tipB, 'a goes on');
    extend('b', tipA, 'b goes on');
    expect(repository.git('merge-base', '--all', 'a', 'b').split('\n')).toHaveLength(2);
    expect(tryGit(repository, 'merge', '-q', '-m', 'm', 'a')).toBe(true);
    const titles = read(repository, path).match(/^## .*$/gmu)?.map((line) => line.replace(/^.* — /u, ''));
    expect(titles?.toSorted()).toEqual(['a', 'a goes on', 'b', 'b goes on', 'start']);
    expect(titles?.slice(-2)).toEqual(['b goes on', 'a goes on']);
  });
});

describe('what is no append', () => {
  test('an item closed by one side and the next one filed by the other: both', async () => {
    const deferred = '# DEFERRED\n\n## Open deferrals\n\n### 2026-06-01 — first\n- [ ] **What:** it\n- **Filed by:** Builder, phase k9\n\n## Closed deferrals\n\n(none yet)\n';
    const file = 'machine-docs/DEFERRED.md';
    const repository = await withDriver({ [file]: deferred });
    branch(repository, 'a', 'main', { [file]: deferred.replace('[ ]', '[x]').replace('phase k9\n', 'phase k9\n- **Closed:** 2026-06-02 with this commit\n') });
    branch(repository, 'b', 'main', { [file]: deferred.replace('\n## Closed', '\n### 2026-06-02 — second\n- [ ] **What:** that\n\n## Closed') });
    expect(tryGit(repository, 'merge', '-q', '-m', 'm', 'a')).toBe(true);
    expect(read(repository, file)).toContain('- [x] **What:** it\n- **Filed by:** Builder, phase k9\n- **Closed:** 2026-06-02 with this commit\n\n### 2026-06-02 — second\n- [ ] **What:** that\n\n## Closed');
  });

  test('two edits of one entry conflict, between git marks, and no byte of either is lost', async () => {
    const repository = await withDriver({ [path]: journal });
    branch(repository, 'a', 'main', { [path]: journal.replace('Read the plan.', 'Read half of it.') + entry('2026-06-02', 'mine') });
    branch(repository, 'b', 'main', { [path]: journal.replace('Read the plan.', 'Read it all.') + entry('2026-06-03', 'theirs') });
    repository.git('checkout', '-q', 'a');
    expect(tryGit(repository, 'merge', '-q', '-m', 'm', 'b')).toBe(false);
    expect(repository.git('status', '--porcelain', path)).toBe(`UU ${path}`);
    const merged = read(repository, path);
    expect(merged).toContain('<<<<<<< ours\nRead half of it.\n=======\nRead it all.\n>>>>>>> theirs\n');
    expect(merged.endsWith(entry('2026-06-02', 'mine') + entry('2026-06-03', 'theirs'))).toBe(true);
    const { data } = await askDocket(['list', 'documents', '--path', path], repository.dir);
    expect(data.documents).toMatchObject([{ unparsed: [{ why: 'conflict marker' }] }]);
  });

  test('two edits of one status section conflict; edits of two sections do not', async () => {
    const file = 'machine-docs/STATUS-k9.md';
    const status = '# STATUS — phase k9\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n### WHAT\nIt works.\n### HOW\nRun it.\n\n## Gate: M2 — IN FLIGHT\n\nHalf.\n';
    const repository = await withDriver({ [file]: status });
    branch(repository, 'a', 'main', { [file]: status.replace('It works.', 'It works well.') });
    branch(repository, 'b', 'main', { [file]: status.replace('Half.', 'Most.') });
    branch(repository, 'c', 'main', { [file]: status.replace('It works.', 'It hardly works.') });
    expect(tryGit(repository, 'merge', '-q', '-m', 'm', 'b')).toBe(true);
    expect(tryGit(repository, 'merge', '-q', '-m', 'm', 'a')).toBe(false);
    expect(read(repository, file)).toContain('<<<<<<< ours\nIt hardly works.\n=======\nIt works well.\n>>>>>>> theirs\n');
  });

  test('an entry that one side deleted and the other changed is a conflict', async () => {
    const repository = await withDriver({ [path]: journal + entry('2026-06-02', 'gone or not') });
    branch(repository, 'a', 'main', { [path]: journal });
    branch(repository, 'b', 'main', { [path]: journal + entry('2026-06-02', 'gone or not', 'Changed.') });
    expect(tryGit(repository, 'merge', '-q', '-m', 'm', 'a')).toBe(false);
    expect(read(repository, path)).toContain('Changed.');
  });

  test('a fence that is never closed would swallow the other side: git merges line by line', async () => {
    const repository = await withDriver({ [path]: journal });
    branch(repository, 'a', 'main', { [path]: `${journal}${entry('2026-06-02', 'mine')}\n\`\`\`console\n$ it\n` });
    branch(repository, 'b', 'main', { [path]: journal + entry('2026-06-03', 'theirs') });
    expect(tryGit(repository, 'merge', '-q', '-m', 'm', 'a')).toBe(false);
    expect(read(repository, path)).toMatch(/^<{7} ours$[^]*theirs[^]*^={7}$[^]*mine[^]*^>{7} theirs$/mu);
  });
});

describe('the driver', () => {
  test('is set up in the clone, once, and goes without a trace', async () => {
    const repository = await withDriver({ [path]: journal, 'STATUS.md': '# STATUS\n', '.gitattributes': '*.png binary' });
    expect(read(repository, '.gitattributes')).toBe('*.png binary\n# docket merge driver: begin\n/machine-docs/**/*.md merge=docket\n/STATUS.md merge=docket\n# docket merge driver: end\n');
    const again = await askDocket(['install', 'merge-driver'], repository.dir);
    expect(again).toMatchObject({ ok: true, data: { written: [], chained: [] } });
    expect(repository.git('check-attr', 'merge', path)).toContain('merge: docket');
    expect(await askDocket(['install', 'merge-driver', '--uninstall'], repository.dir)).toMatchObject({ ok: true, data: { written: ['.gitattributes', '.git/config'], driver: null } });
    expect(read(repository, '.gitattributes')).toBe('*.png binary\n');
    expect(tryGit(repository, 'config', '--get-regexp', '^merge\\.docket')).toBe(false);
  });

  test('removes the file that it made, refuses a driver of another, changes nothing on a dry run', async () => {
    const repository = await withDriver({ [path]: journal });
    expect((await runDocket(['install', 'merge-driver', '--uninstall', '--dry-run'], repository.dir)).stdout).toContain('-/machine-docs/**/*.md merge=docket');
    expect(existsSync(join(repository.dir, '.gitattributes'))).toBe(true);
    await runDocket(['install', 'merge-driver', '--uninstall'], repository.dir);
    expect(existsSync(join(repository.dir, '.gitattributes'))).toBe(false);
    repository.git('config', 'merge.docket.driver', 'other %O %A %B');
    const { exit, stderr } = await runDocket(['install', 'merge-driver'], repository.dir);
    expect(exit).toBe(2);
    expect(stderr).toContain('other %O %A %B');
    expect(existsSync(join(repository.dir, '.gitattributes'))).toBe(false);
  });

  test('that is gone is replaced by what git does: no side is lost', async () => {
    const repository = await withDriver({ [path]: journal });
    repository.git('config', 'merge.docket.driver', repository.git('config', 'merge.docket.driver').replace(/'[^']*docket\.js'/u, `'/nowhere/docket.js'`));
    branch(repository, 'a', 'main', { [path]: journal + entry('2026-06-02', 'mine') });
    branch(repository, 'b', 'main', { [path]: journal + entry('2026-06-03', 'theirs') });
    repository.git('checkout', '-q', 'a');
    expect(tryGit(repository, 'merge', '-q', '-m', 'm', 'b')).toBe(false);
    expect(read(repository, path)).toMatch(/<{7} ours\n[^]*mine[^]*={7}\n[^]*theirs[^]*>{7} theirs/u);
  });

  test('works in a clone of its own, and with the placeholders of git alone', async () => {
    const repository = await withDriver({ [path]: journal });
    branch(repository, 'b', 'main', { [path]: journal + entry('2026-06-03', 'theirs') });
    repository.git('checkout', '-q', 'main');
    const clone = `${repository.dir}-clone`;
    execFileSync('git', ['clone', '-q', repository.dir, clone]);
    const other: Repository = { ...repository, dir: clone, git: (...args) => repository.git('-C', clone, ...args), remove: () => rmSync(clone, { recursive: true, force: true }) };
    made.push(other);
    const driver = repository.git('config', 'merge.docket.driver').split(' merge-file ')[0] ?? '';
    other.git('config', 'merge.docket.driver', `${driver} merge-file %O %A %B`);
    execFileSync('sh', ['-c', `printf '%s' "$1" >> "$2"`, 'sh', entry('2026-06-02', 'mine'), join(clone, path)]);
    other.git('commit', '-qam', 'mine');
    expect(tryGit(other, 'merge', '-q', '-m', 'm', 'origin/b')).toBe(true);
    expect(read(other, path)).toBe(journal + entry('2026-06-02', 'mine') + entry('2026-06-03', 'theirs'));
  });
});

async function initialised(work: (repository: Repository) => Promise<void>): Promise<void> {
  const repository = makeRepository();
  made.push(repository);
  expect((await runDocket(['init', '--phase', 'k9'], repository.dir)).exit).toBe(0);
  expect((await runDocket(['install', 'merge-driver'], repository.dir)).exit).toBe(0);
  repository.commit('start', '2026-06-01T00:00:00Z');
  await work(repository);
}
