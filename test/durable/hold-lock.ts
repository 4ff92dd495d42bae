/** A process of its own that takes the lock of a folder and says how that went; a line on its stdin lets it go, or nothing does. */
import { takeLock } from '../../src/durable/lock.ts';

const [folder = ''] = process.argv.slice(2);
const lock = await takeLock(folder);
process.stdout.write(`${JSON.stringify(lock.held ? { held: true } : lock)}\n`);
if (lock.held) {
  await new Promise((resolve) => process.stdin.once('data', resolve));
  await lock.release();
  process.exit(0);
}
