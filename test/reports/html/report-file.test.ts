import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildExample, type Example } from '../../example/build-example.ts';
import { makeRepository, type Repository } from '../../support/make-repository.ts';
import { askDocket, runDocket } from '../../support/run-docket.ts';

let example: Example;
beforeAll(() => {
  example = buildExample();
});
afterAll(() => example.remove());

const report = (args: string[], dir = example.dir) => runDocket(['report', ...args], dir);
const dataOf = async (args: string[], dir = example.dir) => (await askDocket(['report', ...args], dir)).data as { path: string; url: null; bytes: number; texts: { total: number; leftOut: number } };

describe('the file', () => {
  test('without --out lies where git neither tracks nor shows it, and says where', async () => {
    const { path, bytes } = await dataOf([]);
    expect(path).toBe('.git/docket/report.html');
    expect(statSync(join(example.dir, path)).size).toBe(bytes);
    const { stdout, exit } = await report([]);
    expect([exit, stdout]).toEqual([0, expect.stringContaining('written  .git/docket/report.html\n')]);
  });

  test('the same commit gives the same bytes: twice, without the cache, from a copy, from the revision itself', async () => {
    const { path } = await dataOf([]);
    const first = readFileSync(join(example.dir, path));
    await report(['--no-cache']);
    expect(readFileSync(join(example.dir, path)).equals(first)).toBe(true);
    await report(['--at', 'HEAD']);
    expect(readFileSync(join(example.dir, path)).equals(first)).toBe(true);
    const copy = join(example.dir, '..', 'a copy');
    cpSync(example.dir, copy, { recursive: true, preserveTimestamps: true });
    expect(readFileSync(join(copy, (await dataOf([], copy)).path)).equals(first)).toBe(true);
  });

  test('--at answers as of that revision', async () => {
    const { path } = await dataOf(['--at', 'before-fix']);
    const html = readFileSync(join(example.dir, path), 'utf8');
    expect(html).not.toContain('Adversary cold-verified');
    expect(html).toContain('traefik unhealthy-on-latest');
    const { exit } = await report(['--at', 'no-such-revision']);
    expect(exit).toBe(2);
  });

  test('replaces a report of its own, and nothing else unless it is forced to', async () => {
    const out = join(example.dir, '..', 'mine.html');
    for (const content of ['<!doctype html>\n<html lang="en">\n', '', 'notes']) {
      writeFileSync(out, content);
      const { exit, stderr } = await report(['--out', out]);
      expect([exit, readFileSync(out, 'utf8')]).toEqual([2, content]);
      expect(stderr).toContain('--force');
    }
    expect((await dataOf(['--out', out, '--force'])).path).toBe(out);
    const made = readFileSync(out, 'utf8');
    expect(made).toContain('<meta name="generator" content="docket report">');
    expect((await report(['--out', out, '--at', 'before-fix'])).exit).toBe(0);
    expect(readFileSync(out, 'utf8')).not.toBe(made);
  });

  test('is never written over a folder or behind a link to something else', async () => {
    const folder = join(example.dir, '..', 'outs');
    mkdirSync(join(folder, 'a-folder'), { recursive: true });
    writeFileSync(join(folder, 'precious'), 'precious');
    symlinkSync('precious', join(folder, 'link'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    for (const name of ['a-folder', 'link', 'dangling']) expect((await report(['--out', join(folder, name)])).exit).toBe(2);
    expect((await report(['--out', join(folder, 'a-folder'), '--force'])).exit).toBe(2);
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('precious');
    expect(readdirSync(folder).toSorted()).toEqual(['a-folder', 'dangling', 'link', 'precious']);
  });

  test('--out is seen from where docket was started; in the working tree git would see it, and that is said', async () => {
    const { exit, stderr } = await runDocket(['-C', join(example.dir, 'machine-docs'), 'report', '--out', 'seen.html']);
    expect([exit, existsSync(join(example.dir, 'machine-docs/seen.html'))]).toEqual([0, true]);
    expect(stderr).toContain('git does not ignore machine-docs/seen.html');
    expect((await dataOf(['--out', 'machine-docs/seen.html'])).path).toBe('machine-docs/seen.html');
  });

  test('leaves nothing beside it', () => expect(readdirSync(join(example.dir, '.git/docket')).filter((name) => name.endsWith('.tmp'))).toEqual([]));

  test.each([[['--out', '']], [['--port', '1']], [['--serve', '--out', 'x']], [['--serve', '--port', '70000']], [['--serve', '--port', 'x']], [['x']]])('%j is refused with a reason', async (args) => {
    const { exit, stdout, stderr } = await report(args);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/expected|unexpected/iu);
  });
});

describe('a record that is no record yet', () => {
  let repository: Repository;
  beforeAll(() => {
    repository = makeRepository();
  });
  afterAll(() => repository.remove());

  test('without a commit and without a document is a page all the same', async () => {
    const { path, texts } = await dataOf([], repository.dir);
    expect(texts).toEqual({ total: 0, leftOut: 0 });
    expect(readFileSync(join(repository.dir, path), 'utf8')).toContain('No phase yet.');
  });

  test('outside of git it is a usage error', async () => expect((await runDocket(['-C', '/', 'report'])).exit).toBe(2));
});

test('texts that find no room are left out aloud, and the page stays below 5 MB', async () => {
  const repository = makeRepository();
  const noise = (seed: number, length: number): string => {
    let state = seed;
    return Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8).toString(36).padStart(5, '0');
    }).join('');
  };
  const entries = Array.from({ length: 60 }, (_, index) => `## 2026-01-${String((index % 28) + 1).padStart(2, '0')} — day ${index}\n\n${noise(index + 1, 25_000).replace(/(.{100})/gu, '$1\n')}\n`);
  repository.write('machine-docs/JOURNAL-big.md', `# JOURNAL\n\n${entries.join('\n')}`);
  repository.commit('journal(big): much', '2026-01-29T10:00:00Z');
  const { path, bytes, texts } = await dataOf([], repository.dir);
  const html = readFileSync(join(repository.dir, path), 'utf8');
  const { stderr } = await report([], repository.dir);
  repository.remove();
  expect(bytes).toBeLessThan(5_000_000);
  expect(texts.leftOut).toBeGreaterThan(0);
  expect(texts.leftOut).toBeLessThan(texts.total);
  expect(html).toContain(`${texts.leftOut} of ${texts.total} texts are left out`);
  expect(stderr).toContain('docket show ID');
});

describe('for the Adversary', () => {
  /** Everything that a report holds, unpacked. */
  const everything = (html: string): string => html + [...html.matchAll(/<script type="application\/octet-stream" id="[^"]+">([^<]*)</gu)].map(([, packed = '']) => inflateRawSync(Buffer.from(packed, 'base64')).toString('utf8')).join('\n');
  const journal = readFileSync(new URL('../../example/JOURNAL-pxgate.md', import.meta.url), 'utf8');
  const prose = journal.split('\n').filter((line) => /^[A-Z*-].{30}/u.test(line)).map((line) => line.slice(0, 60));

  test('no word of a journal whose claim waits for its verdict is in the page, packed or not; with the verdict all of it is', async () => {
    const read = async (...args: string[]): Promise<string> => everything(readFileSync(join(example.dir, (await dataOf(args)).path), 'utf8'));
    expect(prose.length).toBeGreaterThan(8);
    const builders = await read('--at', 'at-claim');
    const adversarys = await read('--at', 'at-claim', '--role', 'adversary');
    expect(prose.filter((line) => builders.includes(line)).length).toBeGreaterThan(8);
    expect(prose.filter((line) => adversarys.includes(line))).toEqual([]);
    expect(adversarys).toContain('hidden until the verdict');
    const judged = await read('--role', 'adversary');
    expect(prose.filter((line) => judged.includes(line)).length).toBeGreaterThan(8);
  });
});
