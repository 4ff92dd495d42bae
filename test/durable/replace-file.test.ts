import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFile, removeFile, replaceFile, sweepTemporaries } from '../../src/durable/replace-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docket-durable-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('a file that is replaced', () => {
  it('keeps its mode, whatever the umask; a new one is private, or gets the mode that is asked for less the umask', () => {
    const path = join(folder, 'a');
    writeFileSync(path, 'old');
    chmodSync(path, 0o666);
    replaceFile(path, Buffer.from([0xff, 0, 0xfe]));
    expect(readFileSync(path)).toEqual(Buffer.from([0xff, 0, 0xfe]));
    expect(modeOf(path)).toBe(0o666);
    replaceFile(join(folder, 'new/private'), 'x');
    expect(modeOf(join(folder, 'new/private'))).toBe(0o600);
    const umask = process.umask(0o027);
    try {
      replaceFile(join(folder, 'shared'), 'x', 0o666);
    } finally {
      process.umask(umask);
    }
    expect(modeOf(join(folder, 'shared'))).toBe(0o640);
  });

  it('is as it was when the system refuses, and nothing is left beside it', () => {
    writeFileSync(join(folder, 'not-a-folder'), 'x');
    expect(() => replaceFile(join(folder, 'not-a-folder/a'), 'y')).toThrow(/ENOTDIR|EEXIST/);
    expect(readdirSync(folder)).toEqual(['not-a-folder']);
  });
});

describe('a file that is created', () => {
  it('never takes the place of another, nor of a link that leads nowhere', () => {
    const path = join(folder, 'a');
    expect(createFile(path, 'first')).toBe(true);
    expect(createFile(path, 'second')).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('first');
    symlinkSync('nowhere', join(folder, 'link'));
    expect(createFile(join(folder, 'link'), 'x')).toBe(false);
    expect(readdirSync(folder).toSorted()).toEqual(['a', 'link']);
    removeFile(path);
    removeFile(path);
    expect(existsSync(path)).toBe(false);
  });
});

it('what a killed writer left is swept, and nothing else', () => {
  writeFileSync(join(folder, '.docket-01234567-89ab-cdef-0123-456789abcdef.tmp'), 'torn');
  writeFileSync(join(folder, '.docket-mine.tmp'), 'not ours');
  writeFileSync(join(folder, 'a.md'), 'x');
  sweepTemporaries(folder);
  sweepTemporaries(join(folder, 'missing'));
  expect(readdirSync(folder).toSorted()).toEqual(['.docket-mine.tmp', 'a.md']);
});
