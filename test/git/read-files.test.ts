import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../src/contract/failure.ts';
import { noCache, openCache, type Cache } from '../../src/git/cache-store.ts';
import type { FileListing, Source } from '../../src/git/file-listing.ts';
import { openRepository, type Repository } from '../../src/git/open-repository.ts';
import { decodePath, encodePath } from '../../src/git/path-names.ts';
import { readBlobs } from '../../src/git/read-blobs.ts';
import { listFiles } from '../../src/git/read-tree.ts';
import { readWorktreeFile } from '../../src/git/read-worktree.ts';
import { buildRepo, openRepo, temporaryFolder, type TestRepo } from './build-repo.ts';

const pathspecs = { folders: ['machine-docs'], rootNames: ['JOURNAL*.md', 'DECISIONS.md'] };
const everySource: Source[] = [{ kind: 'commit', rev: 'HEAD' }, { kind: 'index' }, { kind: 'worktree' }];

let repo: TestRepo;
let repository: Repository;
const list = (source: Source, cache: Cache = noCache): Promise<FileListing> => listFiles(repository, source, pathspecs, cache);
const paths = (listing: FileListing): string[] => listing.files.map((file) => file.path);

let template: string;

beforeAll(async () => {
  repo = await buildRepo();
  template = repo.dir;
  repo.write('machine-docs/JOURNAL-a.md', '# a\n');
  repo.write('machine-docs/alerts/x.json', '{}\n');
  repo.write('JOURNAL-root.md', '# root\n');
  repo.write('DECISIONS.md.bak', '');
  repo.write('deep/JOURNAL-deep.md', '');
  repo.write('src/a.ts', 'a\n');
  repo.commit('first');
});

beforeEach(async () => {
  repo = openRepo(join(temporaryFolder(), 'repo'));
  cpSync(template, repo.dir, { recursive: true });
  repository = await openRepository(repo.dir);
});

describe('all three sources', () => {
  it('give the same files with the same blobs, below the folder and by name at the root', async () => {
    const expected = ['JOURNAL-root.md', 'machine-docs/JOURNAL-a.md', 'machine-docs/alerts/x.json'];
    for (const source of everySource) {
      const listing = await list(source);
      expect(paths(listing)).toEqual(expected);
      expect(listing.files.map((file) => file.blob)).toEqual(expected.map((path) => repo.git('rev-parse', `HEAD:${path}`)));
      expect(listing.skipped).toEqual([]);
    }
  });

  it('do so in a repository of sha256 too', async () => {
    const other = await buildRepo({ objectFormat: 'sha256' });
    other.write('machine-docs/a.md', 'a\n');
    other.commit('first');
    const opened = await openRepository(other.dir);
    for (const source of everySource) {
      const { files } = await listFiles(opened, source, pathspecs, noCache);
      expect(files.map((file) => file.blob)).toEqual([other.git('rev-parse', 'HEAD:machine-docs/a.md')]);
    }
  });

  it('skip symbolic links and other repositories with a note, and do not follow them', async () => {
    symlinkSync('/etc/passwd', join(repo.dir, 'machine-docs/link.md'));
    symlinkSync('alerts', join(repo.dir, 'machine-docs/folder'));
    const inner = await buildRepo({ dir: join(repo.dir, 'machine-docs/sub') });
    inner.write('inside.md', 'x');
    inner.commit('inside');
    repo.run(['-c', 'advice.addEmbeddedRepo=false', 'add', '-A']);
    repo.git('commit', '-q', '-m', 'odd');
    for (const source of everySource) {
      const listing = await list(source);
      expect(paths(listing)).toHaveLength(3);
      expect(listing.skipped.map((each) => each.path)).toEqual(['machine-docs/folder', 'machine-docs/link.md', 'machine-docs/sub']);
      expect(listing.skipped[1]?.why).toBe('a symbolic link');
    }
  });

  it('a folder that is a link or a file is none', async () => {
    renameSync(join(repo.dir, 'machine-docs'), join(repo.dir, 'docs'));
    symlinkSync('docs', join(repo.dir, 'machine-docs'));
    repo.commit('link');
    for (const source of everySource) expect(await list(source)).toMatchObject({ files: [{ path: 'JOURNAL-root.md' }], skipped: [{ path: 'machine-docs', why: 'a symbolic link' }] });
    rmSync(join(repo.dir, 'machine-docs'));
    repo.write('machine-docs', 'a file\n');
    repo.commit('file');
    for (const source of everySource) expect(await list(source)).toMatchObject({ files: [{ path: 'JOURNAL-root.md' }], skipped: [{ path: 'machine-docs', why: 'a file, not a folder' }] });
  });

  it('names with line breaks, quotes, brackets, and bytes that are no UTF-8', async () => {
    const names = [Buffer.from('new\nline.md'), Buffer.from('"q" \\x41 [a].md'), Buffer.from([0xff, 0xfe, 0x2e, 0x6d, 0x64]), Buffer.from('größe.md')];
    for (const name of names) writeFileSync(Buffer.concat([Buffer.from(`${repo.dir}/machine-docs/`), name]), name);
    repo.commit('names');
    for (const source of everySource) {
      const listing = await list(source);
      for (const name of names) {
        const file = listing.files.find((each) => encodePath(each.path).equals(Buffer.concat([Buffer.from('machine-docs/'), name])));
        expect(file).toBeDefined();
        const content = (await readBlobs(repository, [file?.blob ?? ''])).get(file?.blob ?? '');
        expect(content?.bytes).toEqual(name);
        expect(readWorktreeFile(repository, file?.path ?? '').bytes).toEqual(name);
      }
    }
  });

  it('a folder inside another one is read once', async () => {
    for (const source of everySource) {
      const { files } = await listFiles(repository, source, { folders: ['machine-docs', 'machine-docs/alerts', 'deep/'], rootNames: [] }, noCache);
      expect(files.map((file) => file.path)).toEqual(['deep/JOURNAL-deep.md', 'machine-docs/JOURNAL-a.md', 'machine-docs/alerts/x.json']);
    }
  });

  it('nothing where there is nothing', async () => {
    const empty = await openRepository((await buildRepo()).dir);
    expect(await listFiles(empty, { kind: 'index' }, pathspecs, noCache)).toEqual({ files: [], skipped: [] });
    expect(await listFiles(empty, { kind: 'worktree' }, pathspecs, noCache)).toEqual({ files: [], skipped: [] });
  });
});

describe('a commit', () => {
  it('older ones, by any name; unknown ones say so', async () => {
    repo.remove('machine-docs/JOURNAL-a.md');
    repo.commit('second');
    expect(paths(await list({ kind: 'commit', rev: 'HEAD~1' }))).toContain('machine-docs/JOURNAL-a.md');
    expect(paths(await list({ kind: 'commit', rev: 'main' }))).not.toContain('machine-docs/JOURNAL-a.md');
    for (const rev of ['nothing', 'a\nb', '']) await expect(list({ kind: 'commit', rev })).rejects.toBeInstanceOf(Failure);
  });

  it('in a bare repository; its working tree is refused', async () => {
    const bare = join(temporaryFolder(), 'bare.git');
    repo.git('clone', '-q', '--bare', repo.dir, bare);
    const opened = await openRepository(bare);
    expect((await listFiles(opened, { kind: 'commit', rev: 'HEAD' }, pathspecs, noCache)).files).toHaveLength(3);
    await expect(listFiles(opened, { kind: 'worktree' }, pathspecs, noCache)).rejects.toMatchObject({ kind: 'usage' });
  });
});

describe('the index', () => {
  it('holds what was added, not what lies there', async () => {
    repo.write('machine-docs/JOURNAL-a.md', '# staged\n');
    repo.git('add', '-A');
    repo.write('machine-docs/JOURNAL-a.md', '# later\n');
    const { files } = await list({ kind: 'index' });
    const blob = files.find((file) => file.path.endsWith('JOURNAL-a.md'))?.blob ?? '';
    expect((await readBlobs(repository, [blob])).get(blob)?.bytes?.toString()).toBe('# staged\n');
  });

  it('shows our side of a conflict, flagged; where we deleted the file, theirs', async () => {
    repo.write('machine-docs/BACKLOG-a.md', 'base\n');
    repo.commit('base');
    repo.git('checkout', '-q', '-b', 'theirs');
    repo.write('machine-docs/JOURNAL-a.md', '# theirs\n');
    repo.write('machine-docs/BACKLOG-a.md', 'theirs\n');
    repo.commit('theirs');
    repo.git('checkout', '-q', 'main');
    repo.write('machine-docs/JOURNAL-a.md', '# ours\n');
    repo.remove('machine-docs/BACKLOG-a.md');
    repo.commit('ours');
    expect(() => repo.git('merge', '-q', 'theirs')).toThrow();
    const { files } = await list({ kind: 'index' });
    const conflicts = files.filter((file) => file.conflict).map((file) => [file.path, file.blob]);
    expect(conflicts).toEqual([
      ['machine-docs/BACKLOG-a.md', repo.git('rev-parse', 'theirs:machine-docs/BACKLOG-a.md')],
      ['machine-docs/JOURNAL-a.md', repo.git('rev-parse', 'main:machine-docs/JOURNAL-a.md')],
    ]);
  });

  it('leaves out names that were only announced, but not files that are empty', async () => {
    repo.write('machine-docs/announced.md', 'text\n');
    repo.write('machine-docs/empty.md', '');
    repo.git('add', '-N', 'machine-docs/announced.md');
    repo.git('add', 'machine-docs/empty.md');
    const listed = paths(await list({ kind: 'index' }));
    expect(listed).toContain('machine-docs/empty.md');
    expect(listed).not.toContain('machine-docs/announced.md');
  });

  it('another one, when a hook names it', async () => {
    const other = join(repo.dir, '.git/other-index');
    repo.run(['read-tree', '--empty'], { env: { GIT_INDEX_FILE: other } });
    const opened = await openRepository(repo.dir, { GIT_INDEX_FILE: other });
    expect((await listFiles(opened, { kind: 'index' }, pathspecs, noCache)).files).toEqual([]);
  });

  it('outside of a sparse checkout too', async () => {
    repo.git('sparse-checkout', 'set', '--cone', 'src');
    expect(paths(await list({ kind: 'index' }))).toContain('machine-docs/JOURNAL-a.md');
  });
});

describe('the working tree', () => {
  it('holds untracked and ignored files and not those that were deleted', async () => {
    repo.write('.gitignore', 'machine-docs/ignored.md\n');
    repo.write('machine-docs/ignored.md', 'i\n');
    repo.write('machine-docs/untracked.md', 'u\n');
    repo.remove('machine-docs/JOURNAL-a.md');
    expect(paths(await list({ kind: 'worktree' }))).toEqual(['JOURNAL-root.md', 'machine-docs/alerts/x.json', 'machine-docs/ignored.md', 'machine-docs/untracked.md']);
  });

  it('hashes bytes as they are, whatever attributes say', async () => {
    repo.write('.gitattributes', '*.md text eol=lf filter=none\n');
    repo.write('machine-docs/crlf.md', 'a\r\nb\r\n');
    const { files } = await list({ kind: 'worktree' });
    const expected = repo.run(['hash-object', '--no-filters', '--stdin'], { input: 'a\r\nb\r\n' }).toString().trim();
    expect(files.find((file) => file.path.endsWith('crlf.md'))).toMatchObject({ blob: expected, bytes: 6, mode: '100644' });
  });

  it('tells executable files', async () => {
    chmodSync(join(repo.dir, 'machine-docs/JOURNAL-a.md'), 0o755);
    expect((await list({ kind: 'worktree' })).files.find((file) => file.path.endsWith('JOURNAL-a.md'))?.mode).toBe('100755');
  });

  it('never opens pipes, sockets and huge files', async () => {
    execFileSync('mkfifo', [join(repo.dir, 'machine-docs/pipe.md')]);
    const server = createServer().listen(join(repo.dir, 'machine-docs/socket.md'));
    writeFileSync(join(repo.dir, 'machine-docs/huge.md'), '');
    truncateSync(join(repo.dir, 'machine-docs/huge.md'), 5 * 2 ** 30);
    const unreadable = (await list({ kind: 'worktree' })).files.filter((file) => file.unreadable !== null);
    server.close();
    expect(unreadable.map((file) => [file.path, file.blob, file.unreadable])).toEqual([
      ['machine-docs/huge.md', null, 'larger than 32 MiB'],
      ['machine-docs/pipe.md', null, 'a named pipe'],
      ['machine-docs/socket.md', null, 'a socket'],
    ]);
    for (const name of ['pipe', 'socket', 'huge']) expect(readWorktreeFile(repository, `machine-docs/${name}.md`).bytes).toBeNull();
  });

  it.skipIf(process.getuid?.() === 0)('says which files it may not read', async () => {
    chmodSync(join(repo.dir, 'machine-docs/JOURNAL-a.md'), 0);
    expect((await list({ kind: 'worktree' })).files.find((file) => file.path.endsWith('JOURNAL-a.md'))?.unreadable).toBe('no permission to read it');
  });

  it('reads no file outside of the repository or behind a link', () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'secret.md'), 'secret');
    symlinkSync(outside, join(repo.dir, 'machine-docs/out'));
    symlinkSync(join(outside, 'secret.md'), join(repo.dir, 'machine-docs/secret.md'));
    for (const path of ['machine-docs/out/secret.md', 'machine-docs/secret.md', '../repo/JOURNAL-root.md', '/etc/passwd', 'machine-docs', 'none.md']) {
      expect(readWorktreeFile(repository, path)).toMatchObject({ bytes: null, unreadable: expect.any(String) });
    }
    expect(readWorktreeFile(repository, 'JOURNAL-root.md').bytes?.toString()).toBe('# root\n');
  });
});

describe('stat data', () => {
  /** Files that were written well before the run that reads them. */
  const age = (path: string): void => {
    const then = new Date('2026-01-01T00:00:00.5Z');
    utimesSync(join(repo.dir, path), then, then);
  };
  const settled = async (): Promise<Cache> => {
    const cache = openCache(repository);
    // Until the clock has left the tick in which the files were written.
    while (Date.now() < statSync(join(repo.dir, 'machine-docs/alerts/x.json')).ctimeMs + 40) await new Promise((resolve) => setTimeout(resolve, 5));
    await list({ kind: 'worktree' }, cache);
    return cache;
  };

  it('that are known spare reading the file', async () => {
    const cache = await settled();
    // A file whose bytes were exchanged without any trace: only who does not read it gives the old id.
    const path = join(repo.dir, 'machine-docs/JOURNAL-a.md');
    const known = await list({ kind: 'worktree' }, cache);
    const lie: Cache = { ...noCache, read: (key) => Buffer.from((cache.read(key) ?? Buffer.alloc(0)).toString().replaceAll(/^[0-9a-f]{40}|(?<=\0)[0-9a-f]{40}/g, 'f'.repeat(40))), write: () => {} };
    expect(statSync(path).size).toBe(4);
    expect((await list({ kind: 'worktree' }, lie)).files.map((file) => file.blob)).toEqual(known.files.map(() => 'f'.repeat(40)));
  });

  it('a warm run writes nothing', async () => {
    const cache = await settled();
    const kept = keepsIn(cache);
    await list({ kind: 'worktree' }, kept);
    expect(kept.written).toEqual([]);
  });

  it.each([
    ['other bytes of the same length, the time put back', (path: string) => {
      const { atime: accessed, mtime } = statSync(path);
      writeFileSync(path, '# b\n');
      utimesSync(path, accessed, mtime);
    }],
    ['another file in its place', (path: string) => {
      writeFileSync(`${path}.new`, '# c\n');
      utimesSync(`${path}.new`, statSync(path).atime, statSync(path).mtime);
      renameSync(`${path}.new`, path);
    }],
    ['a longer file', (path: string) => writeFileSync(path, '# a and more\n')],
  ])('%s are noticed', async (_name, change) => {
    const cache = await settled();
    const path = join(repo.dir, 'machine-docs/JOURNAL-a.md');
    change(path);
    const expected = repo.run(['hash-object', '--no-filters', '--stdin'], { input: readFileSync(path) }).toString().trim();
    const found = (await list({ kind: 'worktree' }, cache)).files.find((file) => file.path.endsWith('JOURNAL-a.md'));
    expect(found?.blob).toBe(expected);
  });

  it('of a file as young as the run that read it are not believed', async () => {
    const cache = openCache(repository);
    const path = join(repo.dir, 'machine-docs/JOURNAL-a.md');
    const soon = new Date(Date.now() + 3_600_000);
    utimesSync(path, soon, soon);
    const kept = keepsIn(cache);
    await list({ kind: 'worktree' }, kept);
    expect(kept.written.map((bytes) => bytes.toString()).join('')).not.toContain('JOURNAL-a.md');
  });

  it('damaged ones are nobody\'s error', async () => {
    age('machine-docs/JOURNAL-a.md');
    const cache: Cache = { ...noCache, read: () => Buffer.from('\0\t\0garbage') };
    expect(await list({ kind: 'worktree' }, cache)).toEqual(await list({ kind: 'worktree' }));
  });
});

function keepsIn(cache: Cache): Cache & { written: Uint8Array[] } {
  const written: Uint8Array[] = [];
  return { ...cache, write: (key, bytes) => void written.push(bytes), written };
}

describe('blobs', () => {
  it('many at once, of every kind of bytes, with those that are not there', async () => {
    const contents = [Buffer.from(''), Buffer.from('a\n'), Buffer.alloc(300_000, 'x\n'), Buffer.from([0, 1, 10, 255, 10]), Buffer.from('deadbeef blob 3\nabc\n')];
    const ids = contents.map((bytes) => repo.run(['hash-object', '-w', '--stdin'], { input: bytes }).toString().trim());
    const read = await readBlobs(repository, [...ids, 'f'.repeat(40), repo.git('rev-parse', 'HEAD'), ...ids]);
    for (const [index, id] of ids.entries()) expect(read.get(id)?.bytes?.equals(contents[index] ?? Buffer.alloc(0))).toBe(true);
    expect(read.get('f'.repeat(40))).toEqual({ bytes: null, unreadable: 'the object is missing here, or damaged' });
    expect(read.get(repo.git('rev-parse', 'HEAD'))?.unreadable).toBe('a commit, not a file');
  });

  it.each([
    ['from its first byte', (bytes: Buffer) => Buffer.from('garbage').subarray(0, bytes.length)],
    ['in its middle', (bytes: Buffer) => bytes.subarray(0, bytes.length - 40)],
  ])('one that is corrupt %s hides none of the others', async (_name, damage) => {
    const ids = ['one\n', Array.from({ length: 3000 }, (_, index) => `${index * 7919}`).join('\n'), 'three\n'].map((input) => repo.run(['hash-object', '-w', '--stdin'], { input }).toString().trim());
    const path = join(repo.dir, '.git/objects', ids[1]!.slice(0, 2), ids[1]!.slice(2));
    const bytes = readFileSync(path);
    rmSync(path);
    writeFileSync(path, damage(bytes));
    const read = await readBlobs(repository, ids);
    expect(ids.map((id) => read.get(id)?.bytes?.toString() ?? null)).toEqual(['one\n', null, 'three\n']);
    expect(read.get(ids[1]!)?.unreadable).toMatch(/corrupt|damaged|unable/);
  });
});

describe('path names', () => {
  it('of any bytes come back, and no two read alike', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 12 }).map((each) => Buffer.from(each)), fc.array(fc.constantFrom('\\', 'x', '4', '1', 'é', '\\x', '\\x41'), { maxLength: 6 }).map((each) => Buffer.from(each.join(''))));
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(encodePath(decodePath(a)).equals(a)).toBe(true);
        expect(decodePath(a) === decodePath(b)).toBe(a.equals(b));
      }),
      { numRuns: 2000 },
    );
  });
});
