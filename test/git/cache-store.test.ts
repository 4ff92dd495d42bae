import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { beforeEach, describe, expect, it } from 'vitest';
import { DamagedPages } from '../../src/git/cache-pages.ts';
import { noCache, openCache } from '../../src/git/cache-store.ts';
import { pruneCache } from '../../src/git/prune-cache.ts';
import { temporaryFolder } from './build-repo.ts';

let commonDir: string;
let folder: string;

beforeEach(() => {
  commonDir = temporaryFolder();
  folder = join(commonDir, 'docket/v1');
});

describe('the cache', () => {
  it('gives back what was written, to every process, and the last writer counts', () => {
    const cache = openCache({ commonDir });
    expect(cache.read('key')).toBeNull();
    cache.write('key', Buffer.from('one'));
    cache.write('key', Buffer.from('two'));
    cache.write('empty', Buffer.alloc(0));
    expect(cache.read('key')?.toString()).toBe('two');
    expect(openCache({ commonDir }).read('key')?.toString()).toBe('two');
    expect(openCache({ commonDir }).read('empty')).toEqual(Buffer.alloc(0));
  });

  it('belongs to its owner alone', () => {
    mkdirSync(join(commonDir, 'docket'), { mode: 0o755 });
    openCache({ commonDir }).write('key', Buffer.from('x'));
    for (const path of [join(commonDir, 'docket'), folder]) expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
  });

  it('may be deleted at any moment', () => {
    const cache = openCache({ commonDir });
    cache.write('key', Buffer.from('x'));
    rmSync(join(commonDir, 'docket'), { recursive: true });
    expect(cache.read('key')).toBeNull();
    cache.write('key', Buffer.from('y'));
    openCache({ commonDir }).write('key', Buffer.from('z'));
    expect(openCache({ commonDir }).read('key')?.toString()).toBe('z');
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['with a bit turned over', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([(bytes.at(-1) ?? 0) ^ 1])])],
    ['empty', () => Buffer.alloc(0)],
    ['of another program', () => Buffer.from('something else entirely')],
  ])('does not believe a file %s', (_name, damage) => {
    const cache = openCache({ commonDir });
    cache.write('key', Buffer.from('some bytes'));
    writeFileSync(join(folder, 'key'), damage(readFileSync(join(folder, 'key'))));
    expect(cache.read('key')).toBeNull();
  });

  it('gives parts of what is large, each checked when it is read', () => {
    const cache = openCache({ commonDir });
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 7) % 251));
    expect(cache.open('key')).toBeNull();
    cache.writePages('key', bytes);
    const pages = cache.open('key');
    expect(pages?.length).toBe(bytes.length);
    for (const [from, to] of [[0, 0], [0, 1], [16_383, 16_385], [5, 90_000], [99_999, 100_000], [0, 100_000]] as const) expect(pages?.subarray(from, to)).toEqual(bytes.subarray(from, to));
    for (const [from, to] of [[0, 100_001], [-1, 5], [6, 5]] as const) expect(() => pages?.subarray(from, to)).toThrow(DamagedPages);
    pages?.close();
    const file = join(folder, 'key');
    const whole = readFileSync(file);
    whole[whole.length - 1] = 0x55;
    writeFileSync(file, whole);
    const damaged = cache.open('key');
    expect(damaged?.subarray(0, 16_384)).toEqual(bytes.subarray(0, 16_384));
    expect(() => damaged?.subarray(99_000, 100_000)).toThrow(DamagedPages);
    damaged?.close();
    for (const wrong of [whole.subarray(0, -1), whole.subarray(0, 10), Buffer.alloc(0), Buffer.from(whole).fill(9, 20, 24)]) {
      writeFileSync(file, wrong);
      expect(cache.open('key')).toBeNull();
    }
    cache.write('key', bytes);
    expect(cache.open('key')).toBeNull();
    expect(noCache.open('key')).toBeNull();
  });

  it('refuses keys that could leave the folder', () => {
    for (const key of ['../x', 'a/b', '', '.hidden', 'x'.repeat(300)]) expect(() => openCache({ commonDir }).read(key)).toThrow('not a cache key');
  });

  it('without one nothing is kept', () => {
    noCache.write('key', Buffer.from('x'));
    expect(noCache.read('key')).toBeNull();
  });
});

describe('symbolic links that were planted', () => {
  it('in place of the folder: no cache, and nothing is written through it', () => {
    const elsewhere = temporaryFolder();
    symlinkSync(elsewhere, join(commonDir, 'docket'));
    const cache = openCache({ commonDir });
    cache.write('key', Buffer.from('x'));
    expect(cache.read('key')).toBeNull();
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('in place of the folder of the layout', () => {
    const elsewhere = temporaryFolder();
    mkdirSync(join(commonDir, 'docket'));
    symlinkSync(elsewhere, folder);
    openCache({ commonDir }).write('key', Buffer.from('x'));
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('in place of a file: never read, and replaced rather than written through', () => {
    const target = join(temporaryFolder(), 'target');
    const cache = openCache({ commonDir });
    cache.write('key', Buffer.from('x'));
    writeFileSync(target, readFileSync(join(folder, 'key')));
    rmSync(join(folder, 'key'));
    symlinkSync(target, join(folder, 'key'));
    expect(cache.read('key')).toBeNull();
    const before = readFileSync(target);
    cache.write('key', Buffer.from('new'));
    expect(readFileSync(target)).toEqual(before);
    expect(lstatSync(join(folder, 'key')).isFile()).toBe(true);
    expect(cache.read('key')?.toString()).toBe('new');
  });

  it('in place of the stamp of pruning: left alone', () => {
    const target = join(temporaryFolder(), 'target');
    mkdirSync(join(commonDir, 'docket'));
    symlinkSync(target, join(commonDir, 'docket/pruned'));
    openCache({ commonDir }).write('key', Buffer.from('x'));
    expect(existsSync(target)).toBe(false);
  });
});

describe('where nothing can be kept', () => {
  it('a file in place of the folder', () => {
    writeFileSync(join(commonDir, 'docket'), 'a file');
    const cache = openCache({ commonDir });
    cache.write('key', Buffer.from('x'));
    expect(cache.read('key')).toBeNull();
  });

  it('a folder that is gone', () => {
    const cache = openCache({ commonDir: join(commonDir, 'none') });
    cache.write('key', Buffer.from('x'));
    expect(cache.read('key')).toBeNull();
  });

  it.skipIf(process.getuid?.() === 0)('a folder without the right to write', () => {
    chmodSync(commonDir, 0o500);
    openCache({ commonDir }).write('key', Buffer.from('x'));
    chmodSync(commonDir, 0o700);
    expect(existsSync(folder)).toBe(false);
  });

  it('a name that is taken by a folder', () => {
    const cache = openCache({ commonDir });
    cache.write('key', Buffer.from('old'));
    mkdirSync(join(folder, 'taken'));
    cache.write('taken', Buffer.from('x'));
    expect(cache.read('taken')).toBeNull();
    expect(readdirSync(folder).toSorted()).toEqual(['key', 'taken']);
  });

  it('a full disk leaves what was there, and no half a file', () => {
    openCache({ commonDir }).write('key', Buffer.from('old'));
    // A limit on the size of files (in blocks of 1024 bytes) stands for a disk that is full.
    execFileSync('bash', ['-c', `ulimit -f 8; exec "$0" "$@"`, process.execPath, builtWriter(), commonDir, 'key', 'n', '50000', '1']);
    expect(readdirSync(folder)).toEqual(['key']);
    expect(openCache({ commonDir }).read('key')?.toString()).toBe('old');
  });
});

/** A program that writes N bytes of a letter under a key, some times, with the cache as it is in the source. */
function builtWriter(): string {
  const outfile = join(temporaryFolder(), 'writer.mjs');
  const contents = `
    import { openCache } from './src/git/cache-store.ts';
    const [commonDir, key, letter, length, times] = process.argv.slice(2);
    for (let round = 0; round < Number(times); round++) openCache({ commonDir }).write(key, Buffer.alloc(Number(length), letter));`;
  buildSync({ stdin: { contents, resolveDir: join(import.meta.dirname, '../..') }, bundle: true, platform: 'node', format: 'esm', outfile });
  return outfile;
}

it('many processes at once: every reader sees the whole bytes of one of them', async () => {
  const writer = builtWriter();
  const running = new Set(['a', 'b', 'c', 'd']);
  const ends = [...running].map(
    (letter) =>
      new Promise<number | null>((resolve) => {
        spawn(process.execPath, [writer, commonDir, 'key', letter, '50000', '150']).on('close', (code) => {
          running.delete(letter);
          resolve(code);
        });
      }),
  );
  const seen = new Set<string>();
  while (running.size > 0) {
    const read = openCache({ commonDir }).read('key');
    if (read !== null) {
      expect(read.equals(Buffer.alloc(50_000, read[0]))).toBe(true);
      seen.add(read.toString('latin1', 0, 1));
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await Promise.all(ends)).toEqual([0, 0, 0, 0]);
  expect(seen.size).toBeGreaterThan(0);
  expect(readdirSync(folder)).toEqual(['key']);
});

describe('pruning', () => {
  const fill = (name: string, bytes: number, ageInDays: number): void => {
    writeFileSync(join(folder, name), Buffer.alloc(bytes));
    const then = Date.now() / 1000 - ageInDays * 86_400;
    utimesSync(join(folder, name), then, then);
  };

  beforeEach(() => {
    openCache({ commonDir }).write('young', Buffer.from('x'));
    rmSync(join(commonDir, 'docket/pruned'), { force: true });
  });

  it('removes what was not used for longest until three quarters are left', () => {
    for (const age of [1, 2, 3, 4, 5]) fill(`age-${age}`, 300, age);
    pruneCache(join(commonDir, 'docket'), folder, 1000);
    expect(readdirSync(folder).toSorted()).toEqual(['age-1', 'age-2', 'young']);
  });

  it('keeps all within the limit, and looks once an hour', () => {
    fill('old', 300, 400);
    pruneCache(join(commonDir, 'docket'), folder, 1000);
    fill('older', 3000, 500);
    pruneCache(join(commonDir, 'docket'), folder, 1000);
    expect(readdirSync(folder).toSorted()).toEqual(['old', 'older', 'young']);
    utimesSync(join(commonDir, 'docket/pruned'), 0, 0);
    pruneCache(join(commonDir, 'docket'), folder, 1000);
    expect(readdirSync(folder).toSorted()).toEqual(['old', 'young']);
  });

  it('removes what killed writers left, and older layouts but not newer ones', () => {
    fill('.new-1-ab', 10, 1);
    fill('.new-2-cd', 10, 0);
    mkdirSync(join(commonDir, 'docket/v0'));
    mkdirSync(join(commonDir, 'docket/v2'));
    pruneCache(join(commonDir, 'docket'), folder);
    expect(readdirSync(folder).toSorted()).toEqual(['.new-2-cd', 'young']);
    expect(readdirSync(join(commonDir, 'docket')).toSorted()).toEqual(['pruned', 'v1', 'v2']);
  });

  it('what is read stays young', () => {
    const cache = openCache({ commonDir });
    cache.write('key', Buffer.from('x'));
    utimesSync(join(folder, 'key'), 1000, 1000);
    cache.read('key');
    expect(statSync(join(folder, 'key')).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
  });
});
