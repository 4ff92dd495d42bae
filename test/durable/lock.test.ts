import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeLock } from '../../src/durable/lock.ts';
import { ownIdentity } from '../../src/durable/process-identity.ts';
import { bundleScript } from '../reconcile/bundle-script.ts';

let script: string;
let folder: string;
let children: ChildProcess[];
beforeAll(async () => {
  script = await bundleScript(new URL('./hold-lock.ts', import.meta.url));
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-lock-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Starts a process that takes the lock; resolves to what it says. */
async function holdElsewhere(): Promise<{ child: ChildProcess; said: unknown }> {
  const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  return { child, said: JSON.parse(line) };
}

describe('the lock of a state folder', () => {
  it('is held by one process; the next is told who it is, and gets it when it is let go', async () => {
    const { child, said } = await holdElsewhere();
    expect(said).toEqual({ held: true });
    expect(await takeLock(folder)).toEqual({ held: false, holder: child.pid });
    child.stdin!.write('done\n');
    await once(child, 'exit');
    const mine = await takeLock(folder);
    expect(mine.held).toBe(true);
    expect((await holdElsewhere()).said).toEqual({ held: false, holder: process.pid });
    if (mine.held) await mine.release();
    expect((await holdElsewhere()).said).toEqual({ held: true });
  });

  it('is free at once when its holder was killed, even before anybody has collected the dead', async () => {
    for (let n = 0; n < 3; n += 1) {
      const { child, said } = await holdElsewhere();
      expect(said).toEqual({ held: true });
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const mine = await takeLock(folder);
    expect(mine.held).toBe(true);
    expect((await readdir(folder)).length).toBe(1);
  });

  it.each([
    ['a process that started at another time', { started: '1' }],
    ['an earlier boot', { boot_id: 'another' }],
    ['a process that is no more', { pid: 4_194_303 }],
  ])('is not held by %s', async (_, change) => {
    await writeFile(join(folder, 'lock.7'), JSON.stringify({ ...ownIdentity(), ...change }));
    expect((await takeLock(folder)).held).toBe(true);
    expect(await readdir(folder)).toEqual(['lock.8']);
  });

  it('is not held by a file that is torn', async () => {
    await writeFile(join(folder, 'lock.3'), '{"pid":');
    expect((await takeLock(folder)).held).toBe(true);
  });

  it('goes to exactly one of many that find the same dead holder', async () => {
    await writeFile(join(folder, 'lock.1'), JSON.stringify({ ...ownIdentity(), started: '1' }));
    const all = await Promise.all(Array.from({ length: 6 }, holdElsewhere));
    const holders = all.filter(({ said }) => (said as { held: boolean }).held);
    expect(holders.length).toBe(1);
    for (const { said } of all) if (!(said as { held: boolean }).held) expect(said).toEqual({ held: false, holder: holders[0]!.child.pid });
  });
});
