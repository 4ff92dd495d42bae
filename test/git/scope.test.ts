import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRepository } from '../../src/git/open-repository.ts';
import { changedPaths, scopedTree } from '../../src/git/scope/compare-files.ts';
import { treeOf } from '../../src/git/scope/find-twin.ts';
import { filesOfCommit, filesOfWorktree } from '../../src/git/scope/read-files.ts';
import { scopeOf } from '../../src/git/scope/scope.ts';
import { treeId } from '../../src/git/scope/tree-id.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';

let repository: Repository;
beforeAll(() => {
  repository = makeRepository();
  for (const [path, text] of [['a', '1'], ['a.b', '2'], ['a-b/c', '3'], ['a/d'.replace('a/', 'dir/'), '4'], ['dir.x', '5'], ['ünï/ö', '6'], ['machine-docs/J.md', '7'], ['run.sh', '8']] as const) repository.write(path, text);
  chmodSync(join(repository.dir, 'run.sh'), 0o755);
  symlinkSync('a', join(repository.dir, 'link'));
  repository.commit('one', '2026-03-02T10:00:00Z');
});
afterAll(() => repository.remove());

const head = (): string => repository.git('rev-parse', 'HEAD');

describe('trees', () => {
  test('have the ids that git gives them', async () => {
    const files = await filesOfCommit(await openRepository(repository.dir), head());
    expect(treeId(files ?? new Map(), 'sha1')).toBe(repository.git('rev-parse', 'HEAD^{tree}'));
  });

  test('of any files have them, too', () => {
    const name = fc.stringMatching(/^[a-c.][a-c.-]{0,2}$/).filter((each) => each !== '.' && each !== '..' && each !== '.git');
    const paths = fc.uniqueArray(fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')), { minLength: 1, maxLength: 8 });
    fc.assert(fc.property(paths, (all) => {
      // A path may not be a file and a folder at once.
      const own = all.filter((path) => !all.some((other) => other.startsWith(`${path}/`)));
      const blob = repository.git('rev-parse', 'HEAD:a');
      const index = join(repository.dir, '.git/scratch-index');
      const lines = own.map((path) => `100644 ${blob}\t${path}\n`).join('');
      repository.write('.git/lines', lines);
      const id = repository.git('-c', 'alias.tree=!f() { export GIT_INDEX_FILE="$1"; rm -f "$1"; git update-index --add --index-info < .git/lines && git write-tree; }; f', 'tree', index);
      expect([own, treeId(new Map(own.map((path) => [path, { mode: '100644', id: blob }])), 'sha1')]).toEqual([own, id]);
    }), { numRuns: process.env['DOCKET_LONG'] ? 500 : 25 });
  });

  test('of everything but the record need not be opened', async () => {
    const opened = await openRepository(repository.dir);
    const whole = scopeOf([]);
    expect(await treeOf(opened, head(), whole)).toBe(scopedTree((await filesOfCommit(opened, head())) ?? new Map(), whole, 'sha1'));
    expect(await treeOf(opened, 'ab'.repeat(20), whole)).toBeNull();
  });
});

describe('the working tree', () => {
  const changes = async (inputs: string[] = []): Promise<string[]> => {
    const opened = await openRepository(repository.dir);
    return changedPaths((await filesOfCommit(opened, head())) ?? new Map(), (await filesOfWorktree(opened)).files, scopeOf(inputs));
  };

  test('as it was committed is the commit', async () => expect(await changes()).toEqual([]));

  test.each<[string, () => void, string[]]>([
    ['an edit', () => repository.write('a', 'x'), ['a']],
    ['an edit that is staged', () => { repository.write('a', 'x'); repository.git('add', 'a'); }, ['a']],
    ['a new file', () => repository.write('new/file', 'x'), ['new/file']],
    ['a file that is gone', () => repository.git('rm', '-q', 'dir.x'), ['dir.x']],
    ['a mode', () => chmodSync(join(repository.dir, 'a'), 0o755), ['a']],
    ['a file in the record', () => repository.write('machine-docs/J.md', 'x'), []],
    ['an ignored file', () => { repository.write('.git/info/exclude', 'ignored\n'); repository.write('ignored', 'x'); }, []],
    ['a repository inside', () => { mkdirSync(join(repository.dir, 'inner')); repository.git('-C', 'inner', 'init', '-q'); repository.write('inner/x', 'x'); }, ['inner']],
  ])('%s', async (_, change, paths) => {
    change();
    expect(await changes()).toEqual(paths);
    repository.git('reset', '-q', '--hard');
    repository.git('clean', '-qffdx');
    chmodSync(join(repository.dir, 'a'), 0o644);
  });

  test('line ends are those that git would store', async () => {
    repository.write('.gitattributes', '*.txt text eol=crlf\n');
    repository.write('t.txt', 'one\r\ntwo\r\n');
    repository.git('add', '-A');
    repository.commit('text', '2026-03-02T11:00:00Z');
    repository.write('t.txt', 'one\ntwo\n');
    expect(await changes()).toEqual([]);
    repository.write('t.txt', 'one\nthree\n');
    expect(await changes()).toEqual(['t.txt']);
    repository.git('checkout', '-q', '--', '.');
  });

  test('a filter is not run: what it would convert counts as changed, with its name', async () => {
    repository.write('.gitattributes', '*.bin filter=big\n');
    repository.write('x.bin', 'pointer');
    repository.commit('filtered', '2026-03-02T12:00:00Z');
    repository.git('config', 'filter.big.clean', 'touch ran; echo pointer');
    repository.git('config', 'filter.big.required', 'true');
    repository.write('x.bin', 'content');
    const { filtered } = await filesOfWorktree(await openRepository(repository.dir));
    expect([...filtered]).toEqual([['x.bin', 'big']]);
    expect(await changes()).toEqual(['x.bin']);
    expect(repository.git('ls-files', '--others')).toBe('');
  });
});

describe('inputs', () => {
  test.each<[string[], string[]]>([
    [[], ['src/a.ts', 'docs/x.md', '.github/ci.yml']],
    [['src/**'], ['src/a.ts']], [['src'], ['src/a.ts']], [['src/'], ['src/a.ts']], [['./src'], ['src/a.ts']], [['**/*.md'], ['docs/x.md']], [['!docs/**'], ['src/a.ts', '.github/ci.yml']], [['**', '!src'], ['docs/x.md', '.github/ci.yml']],
    [['{src,docs}/**'], ['src/a.ts', 'docs/x.md']], [['machine-docs/check.sh'], ['machine-docs/check.sh']], [['**/*'], ['src/a.ts', 'docs/x.md', '.github/ci.yml']],
  ])('%j', (inputs, named) => {
    const paths = ['src/a.ts', 'docs/x.md', '.github/ci.yml', 'machine-docs/JOURNAL.md', 'machine-docs/check.sh'];
    expect(paths.filter(scopeOf(inputs))).toEqual(named);
  });
});
