import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTypical } from './make-typical.ts';

const small = { phases: 4, commits: 120, megabytes: 0.3, seed: 3 };

describe('the generated repository', () => {
  let root: string;
  let made: { head: string | null; files: number; bytes: number };
  const git = (...args: string[]): string => execFileSync('git', ['-C', join(root, 'one'), ...args], { encoding: 'utf8' }).trim();
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'docket-typical-'));
    made = await makeTypical(join(root, 'one'), small);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('has the commits and about the markdown that were asked for', () => {
    expect(git('rev-list', '--count', 'HEAD')).toBe('120');
    expect(git('rev-parse', 'HEAD')).toBe(made.head);
    expect(git('status', '--porcelain')).toBe('');
    expect(made.bytes).toBeGreaterThan(200_000);
    expect(made.bytes).toBeLessThan(450_000);
  });

  it('is the same for the same seed, and another one for another', async () => {
    expect(await makeTypical(join(root, 'two'), small)).toEqual(made);
    expect(await makeTypical(join(root, 'three'), { ...small, seed: 4 })).not.toEqual(made);
  });

  it('cites claims by the sha that they have', () => {
    const claims = git('log', '--format=%H', '--grep=^claim(').split('\n').map((sha) => sha.slice(0, 10));
    const reviews = git('ls-files', 'machine-docs/REVIEW-*').split('\n').map((path) => readFileSync(join(root, 'one', path), 'utf8'));
    const cited = reviews.flatMap((text) => [...text.matchAll(/claim `([0-9a-f]+)`/g)].map((match) => match[1] ?? ''));
    expect(cited.length).toBeGreaterThan(5);
    expect(cited.filter((sha) => !claims.includes(sha))).toEqual([]);
  });
});
