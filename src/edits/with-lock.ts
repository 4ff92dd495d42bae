import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../contract/failure.ts';
import { takeLock } from '../durable/lock.ts';

/** How long a writer waits for another one, and how often it asks. Writers hold the lock for milliseconds. */
const patience = { milliseconds: 20_000, between: 15 };

/**
 * Runs `work` while no other docket process of this clone writes. Waits its turn; throws a `Failure` of kind locked (exit 75) when the holder
 * takes too long. A holder that was killed blocks nobody.
 */
export async function withLock<T>(commonDir: string, work: () => Promise<T>): Promise<T> {
  const folder = join(commonDir, 'docket', 'write-lock');
  const deadline = performance.now() + patience.milliseconds;
  for (;;) {
    const lock = await takeLock(folder);
    if (lock.held) {
      try {
        return await work();
      } finally {
        await lock.release();
      }
    }
    if (performance.now() > deadline) throw new Failure('locked', `another docket process (pid ${lock.holder}) is writing here, and has been for ${patience.milliseconds / 1000} s`, { next: `Wait for process ${lock.holder} to end, then run the same command again.` });
    await pause(patience.between + Math.random() * patience.between);
  }
}
