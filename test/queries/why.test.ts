import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Failure, openDocket, whyPath, type Diagnostic, type OpenOptions, type Why } from '../../src/index.ts';
import { buildRepo, openRepo, temporaryFolder, testEnvironment, type TestRepo } from '../git/build-repo.ts';

async function ask(repo: Pick<TestRepo, 'dir'>, target: string, options: OpenOptions & { from?: string } = {}): Promise<{ why: Why; diagnostics: Diagnostic[] }> {
  const { from = '', ...open } = options;
  return whyPath(await openDocket(repo.dir, open), join(repo.dir, from), target);
}

/** Commits with their lines, as `SHA 1-2 4`. */
function told({ why }: { why: Why }): string[] {
  return why.commits.map(({ commit, lines }) => [commit, ...lines.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`))].join(' '));
}

const entriesOf = ({ why }: { why: Why }): Record<string, string[]> => Object.fromEntries(why.entries.map(({ id, reasons }) => [id, reasons.map(({ relation }) => relation)]));

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error = await promise.catch((caught: unknown) => caught);
  if (error instanceof Failure) return error;
  throw new Error(`expected a Failure, got ${String(error)}`);
}

const block = ['function retry() {', '  wait longer than the last time', '  ask again, and say so', '}'];
const other = ['const limit = 3;', 'const name = "upload";'];

/** `src/up.ts` of two commits, renamed by a third, its block moved by a fourth. */
async function story(): Promise<{ repo: TestRepo; first: string; second: string; renamed: string; moved: string }> {
  const repo = await buildRepo();
  repo.write('src/up.ts', `${[...other, ...block].join('\n')}\n`);
  const first = repo.commit('feat: upload');
  repo.write('src/up.ts', `${[...other, ...block].join('\n').replace('limit = 3', 'limit = 5')}\n`);
  repo.write('machine-docs/DEFERRED.md', '# DEFERRED\n\n## Open deferrals\n\n### 2026-01-01 — five tries\n- [x] **What:** `src/up.ts` gives up too early.\n- **Closed:** 2026-01-01 with this fix commit\n');
  const second = repo.commit('fix(k2): five tries\n\nCloses-Deferred: 2026-01-01-five-tries\n');
  repo.git('mv', 'src/up.ts', 'src/upload.ts');
  const renamed = repo.commit('refactor: its whole name');
  repo.write('src/upload.ts', `${[...block, ...other].join('\n').replace('limit = 3', 'limit = 5')}\n`);
  const moved = repo.commit('refactor: the function first');
  return { repo, first, second, renamed, moved };
}

describe('which commits brought a line', () => {
  test('through a rename and a move; as of a revision; from a folder or from the root', async () => {
    const { repo, first, second, renamed } = await story();
    expect(told(await ask(repo, 'src/upload.ts'))).toEqual([`${first} 1-4 6`, `${second} 5`]);
    expect(told(await ask(repo, 'src/upload.ts:2'))).toEqual([`${first} 2`]);
    expect(told(await ask(repo, 'upload.ts:5-6', { from: 'src' }))).toEqual([`${second} 5`, `${first} 6`]);
    expect(told(await ask(repo, 'src/upload.ts:5', { from: 'src' }))).toEqual([`${second} 5`]);
    expect(told(await ask(repo, join(repo.dir, 'src/upload.ts:5')))).toEqual([`${second} 5`]);
    expect(told(await ask(repo, 'src/upload.ts:1', { at: renamed }))).toEqual([`${second} 1`]);
    expect(told(await ask(repo, 'src/up.ts', { at: first }))).toEqual([`${first} 1-6`]);
    expect((await ask(repo, 'src/upload.ts:2')).why.commits[0]).toMatchObject({ paths: ['src/up.ts'], subject: 'feat: upload', role: null });
    expect((await ask(repo, 'src/upload.ts:5')).why.commits[0]).toMatchObject({ role: 'builder', author: 'Test Author' });
  });

  test('what is not committed says so: changed, new, staged, deleted, empty', async () => {
    const { repo, first, second } = await story();
    repo.write('src/upload.ts', `// new\n${[...block, ...other].join('\n').replace('limit = 3', 'limit = 5').replace('upload', 'UPLOAD')}\n`);
    const changed = await ask(repo, 'src/upload.ts');
    expect(told(changed)).toEqual([`${first} 2-5`, `${second} 6`]);
    expect(changed.why).toMatchObject({ state: 'changed', uncommitted: [{ from: 1, to: 1 }, { from: 7, to: 7 }] });
    expect(changed.diagnostics).toMatchObject([{ rule: 'uncommitted', level: 'info', message: expect.stringContaining('2 of its lines') }]);
    expect(told(await ask(repo, 'src/upload.ts:6'))).toEqual([`${second} 6`]);
    expect((await ask(repo, 'src/upload.ts:1')).why).toMatchObject({ commits: [], uncommitted: [{ from: 1, to: 1 }] });
    repo.write('src/new.ts', 'one\ntwo\n');
    expect((await ask(repo, 'src/new.ts')).why).toMatchObject({ state: 'untracked', commits: [], uncommitted: [{ from: 1, to: 2 }] });
    repo.git('add', 'src/new.ts');
    expect((await ask(repo, 'src/new.ts')).why).toMatchObject({ state: 'uncommitted' });
    repo.write('src/empty.ts', '');
    expect((await ask(repo, 'src/empty.ts')).why).toMatchObject({ state: 'untracked', uncommitted: [] });
    repo.remove('src/upload.ts');
    expect((await ask(repo, 'src/upload.ts')).why).toMatchObject({ state: 'deleted', commits: [{ commit: first }, { commit: second }] });
  });

  test('line ends that a checkout changed are no change', async () => {
    const { repo, second } = await story();
    repo.write('src/upload.ts', [...block, ...other].map((line) => `${line.replace('limit = 3', 'limit = 5')}\r\n`).join(''));
    expect((await ask(repo, 'src/upload.ts:5')).why).toMatchObject({ state: 'committed', commits: [{ commit: second }] });
  });

  test('an unborn branch, a shallow clone, a bare repository', async () => {
    const empty = await buildRepo();
    empty.write('a.txt', 'x\n');
    expect((await ask(empty, 'a.txt')).why).toMatchObject({ state: 'untracked' });
    const { repo, moved } = await story();
    const clone = (...args: string[]): TestRepo => {
      const dir = join(temporaryFolder(), 'clone');
      execFileSync('git', ['clone', '-q', '--no-local', ...args, `file://${repo.dir}`, dir], { env: testEnvironment() });
      return openRepo(dir);
    };
    const shallow = await ask(clone('--depth', '1'), 'src/upload.ts:1');
    expect(told(shallow)).toEqual([`${moved} 1`]);
    expect(shallow.diagnostics).toMatchObject([{ rule: 'shallow-clone', next: 'git fetch --unshallow' }]);
    expect((await ask(clone('--bare'), 'src/upload.ts:5')).why.commits).toHaveLength(1);
  });

  test('names that git could take for options, patterns or nothing at all', async () => {
    const repo = await buildRepo();
    const names = ['--foo', ':(glob)*.ts', '*.ts', ' a b ', 'a:1', 'tab\tname', 'quote"name', 'ünï.txt', '-L1'];
    for (const name of names) repo.write(name, `${name}\n`);
    repo.write('a', 'another\n');
    const made = repo.commit('feat: odd names');
    for (const name of names) expect([name, told(await ask(repo, name)), told(await ask(repo, `./${name}:1`, { at: 'HEAD' }))]).toEqual([name, [`${made} 1`], [`${made} 1`]]);
    expect((await ask(repo, 'a:1')).why.path).toBe('a:1');
    expect((await ask(repo, './a:1:1')).why.path).toBe('a:1');
  });

  test('a name that is not UTF-8 is asked for as docket shows it', async () => {
    const repo = await buildRepo();
    const odd = Buffer.from('caf\xe9.txt', 'latin1');
    const put = (folder: string, text: string): void => writeFileSync(Buffer.concat([Buffer.from(`${repo.dir}/${folder}`), odd]), text);
    put('', 'one\n');
    mkdirSync(join(repo.dir, 'src'));
    put('src/', 'one\ntwo\n');
    const first = repo.commit('feat: odd');
    put('src/', 'one\n2\n');
    const second = repo.commit('fix: two');
    expect(told(await ask(repo, 'src/caf\\xe9.txt'))).toEqual([`${second} 2`, `${first} 1`]);
    expect(told(await ask(repo, 'caf\\xe9.txt:1', { at: first }))).toEqual([`${first} 1`]);
  });
});

describe('which entries explain it', () => {
  test('what the commit closes, then what mentions it, then what came with it, then what mentions the file', async () => {
    const { repo, second } = await story();
    repo.write('machine-docs/JOURNAL-k2.md', `# JOURNAL\n\n## 2026-01-02 — the tries\n\nSee commit ${second.slice(0, 9)}.\n\n## 2026-01-03 — another\n\n\`src/upload.ts:5\` and \`src/upload.ts\` are right.\n`);
    repo.commit('journal(k2): the tries');
    const line = await ask(repo, 'src/upload.ts:5');
    expect(Object.keys(entriesOf(line))).toEqual(['deferred:2026-01-01-five-tries', 'journal:k2/2026-01-02-the-tries', 'journal:k2/2026-01-03-another']);
    expect(entriesOf(line)['deferred:2026-01-01-five-tries']).toEqual(expect.arrayContaining(['closes', 'closed-by', 'introduced-by']));
    expect(line.why.entries[0]).toMatchObject({ kind: 'deferred', reasons: expect.arrayContaining([{ relation: 'closes', commit: second, line: null }]) });
    expect(entriesOf(line)['journal:k2/2026-01-03-another']).toEqual(['mentions']);
    expect(entriesOf(await ask(repo, 'src/upload.ts:6'))).toEqual({});
    expect(entriesOf(await ask(repo, 'src/upload.ts'))['journal:k2/2026-01-03-another']).toEqual(['mentions', 'mentions']);
  });

  test('a rewritten sha leads to the commit that landed', async () => {
    const { repo } = await story();
    repo.git('checkout', '-q', '-b', 'work');
    repo.write('src/b.ts', 'b\n');
    const old = repo.commit('feat: b');
    repo.git('checkout', '-q', 'main');
    repo.commit('chore: on');
    repo.git('cherry-pick', 'work');
    repo.write('machine-docs/JOURNAL-k2.md', `# JOURNAL\n\n## 2026-01-02 — b\n\nIn commit ${old}.\n`);
    expect(entriesOf(await ask(repo, 'src/b.ts:1'))).toEqual({ 'journal:k2/2026-01-02-b': ['mentions'] });
  });

  test('the entry that holds a line of the record', async () => {
    const { repo } = await story();
    expect(entriesOf(await ask(repo, 'machine-docs/DEFERRED.md:6'))['deferred:2026-01-01-five-tries']?.[0]).toBe('holds');
  });
});

describe('what is no file of the repository', () => {
  test('outside, gone, never there, a folder, beyond the end', async () => {
    const { repo, renamed } = await story();
    const messages = [
      ['../other.ts', 'lies outside'], ['/etc/passwd', 'lies outside'], ['src/../../x', 'lies outside'], ['src', 'a folder'], ['.', 'a folder'], ['', 'a folder'], ['nothing.ts', 'There is no file nothing.ts'],
      ['src/upload.ts:7', 'has 6 lines'], ['src/upload.ts:0', 'Unexpected lines'], ['src/upload.ts:5-2', 'Unexpected lines'],
    ];
    for (const [target = '', message = ''] of messages) {
      const failure = await failureOf(ask(repo, target));
      expect([target, failure.kind, failure.exitCode]).toEqual([target, 'usage', 2]);
      expect(failure.message).toContain(message);
      expect(failure.next).not.toBeNull();
    }
    const gone = await failureOf(ask(repo, 'src/up.ts'));
    expect(gone).toMatchObject({ message: expect.stringContaining('any more'), next: `docket why --at ${renamed.slice(0, 12)}^ src/up.ts` });
    expect(told(await ask(repo, 'src/up.ts', { at: `${renamed.slice(0, 12)}^` }))).toHaveLength(2);
  });

  test('links are not followed, neither to a file nor through a folder, in the working tree or in a commit', async () => {
    const { repo } = await story();
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'secret.txt'), 'secret\n');
    symlinkSync('upload.ts', join(repo.dir, 'src/link.ts'));
    symlinkSync(outside, join(repo.dir, 'away'));
    const check = async (options: OpenOptions): Promise<void> => {
      const link = await failureOf(ask(repo, 'src/link.ts', options));
      expect(link.message).toContain('symbolic link');
      const behind = await failureOf(ask(repo, 'away/secret.txt', options));
      expect(behind.message).toContain('behind the symbolic link away');
    };
    await check({});
    expect((await failureOf(ask(repo, 'src/link.ts'))).next).toBe('docket why src/upload.ts');
    repo.commit('feat: links');
    await check({});
    await check({ at: 'HEAD' });
  });

  test('nothing that the repository configures is run', async () => {
    const { repo } = await story();
    const witness = join(temporaryFolder(), 'ran');
    mkdirSync(join(repo.dir, '.git/info'), { recursive: true });
    repo.write('.git/info/attributes', '* diff=evil filter=evil\n');
    repo.write('.gitattributes', '* diff=evil filter=evil\n');
    for (const key of ['diff.evil.textconv', 'diff.evil.command', 'filter.evil.clean', 'filter.evil.smudge']) repo.git('config', key, `touch ${witness}; cat`);
    repo.write('src/upload.ts', 'changed\n');
    await ask(repo, 'src/upload.ts');
    await ask(repo, 'src/upload.ts:1', { at: 'HEAD' });
    expect(existsSync(witness)).toBe(false);
  });
});
