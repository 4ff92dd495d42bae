import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readState, repairState, statePath, writeState } from '../../../src/reconcile/state/state-file.ts';
import { newState } from '../../../src/reconcile/state/types.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-state-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the state of an app', () => {
  it('is that of an app that was never deployed when there is no file', async () => {
    expect(await readState(join(folder, 'missing'), 'proxy')).toEqual({ ok: true, state: newState() });
  });

  it('reads back as it was written, with the next number, and leaves nothing else in the folder', async () => {
    const attempt = { version: '2+v1', id: 'a', n: 1, boot_id: 'b', mark: 'm' };
    const written = writeState(folder, 'proxy', { ...newState(), phase: 'gating', attempt, last_good: '1', bad: ['0'] });
    expect(written.seq).toBe(1);
    expect(await readState(folder, 'proxy')).toEqual({ ok: true, state: written });
    expect(await readdir(folder)).toEqual(['proxy.json']);
  });

  const whole = JSON.stringify({ ...newState(), last_good: '1' });
  it.each([
    ['cut off', whole.slice(0, -7), 'torn'],
    ['empty', '', 'torn'],
    ['of a newer schema', JSON.stringify({ ...newState(), schema: 2, nonsense: true }), 'schema 2'],
    ['without last_good', JSON.stringify({ ...newState(), last_good: undefined }), 'last_good'],
    ['with a key that this version does not know', JSON.stringify({ ...newState(), extra: 1 }), 'extra'],
    ['in the middle of nothing', JSON.stringify({ ...newState(), phase: 'gating' }), 'without an attempt'],
  ])('is refused, with its path, when the file is %s; repair keeps the old one', async (_, text, why) => {
    const path = statePath(folder, 'proxy');
    await writeFile(path, text);
    expect(await readState(folder, 'proxy')).toEqual({ ok: false, path, why: expect.stringContaining(why) });
    const { kept } = await repairState(folder, 'proxy');
    expect(await readFile(kept ?? '', 'utf8')).toBe(text);
    expect(await readState(folder, 'proxy')).toMatchObject({ ok: true, state: { phase: 'idle', last_good: null } });
    expect(await repairState(folder, 'proxy')).toEqual({ kept: null });
  });

  it('keeps every file that was ever repaired', async () => {
    for (const text of ['first', 'second']) {
      await writeFile(statePath(folder, 'proxy'), text);
      await repairState(folder, 'proxy');
    }
    const kept = (await readdir(folder)).filter((name) => name.includes('kept')).sort();
    expect(await Promise.all(kept.map((name) => readFile(join(folder, name), 'utf8')))).toEqual(['first', 'second']);
  });
});

const mayMount = process.platform === 'linux' && process.getuid?.() === 0;
if (!mayMount) console.warn('skipped: a full disk can only be made by root on Linux');
describe.skipIf(!mayMount)('a full disk', () => {
  it('rejects, and the old state is untouched', async () => {
    const small = join(folder, 'small');
    await mkdir(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]);
    try {
      const before = writeState(small, 'proxy', { ...newState(), last_good: '1' });
      await writeFile(join(small, 'filler'), Buffer.alloc(1 << 20)).catch(() => 'full now');
      expect(() => writeState(small, 'proxy', { ...before, last_good: '2'.repeat(10_000) })).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
      expect(await readState(small, 'proxy')).toEqual({ ok: true, state: before });
    } finally {
      execFileSync('umount', ['-l', small]);
    }
  });
});
