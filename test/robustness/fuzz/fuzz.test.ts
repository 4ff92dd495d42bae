import { writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, test } from 'vitest';
import { makeInput } from './make-input.ts';
import { targets, type Target } from './targets.ts';

/**
 * Every reader of what others wrote, with inputs made for it. `npm test` tries some hundreds of each, the same every time; `FUZZ=600` goes on for so
 * many seconds with one reader after the other (`FUZZ_TARGET` names some), with new seeds, and says which seed ended it.
 */
const seconds = Number(process.env['FUZZ'] ?? (process.env['DOCKET_LONG'] === undefined ? 0 : 60));
const only = process.env['FUZZ_TARGET']?.split(',') ?? null;
/** Of processor time, for one input of a few kilobytes; in the long run only, and asked twice. */
const budgetMs = 3000;

async function cost(check: Target['check'], bytes: Uint8Array): Promise<number> {
  const before = process.cpuUsage();
  await check(bytes);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function property(target: Target, most: number, timed: boolean): fc.IAsyncProperty<[Uint8Array]> {
  return fc.asyncProperty(makeInput(target.grammar, most), async (bytes) => {
    const spent = await cost(target.check, bytes);
    if (!timed || spent < budgetMs) return;
    const again = await cost(target.check, bytes);
    if (again >= budgetMs) throw new Error(`${Math.round(again)} ms for ${bytes.length} bytes`);
  });
}

describe.each(targets.filter(({ name }) => only?.includes(name) ?? true))('$name', (target) => {
  test.runIf(seconds === 0)('reads anything, drops nothing, and names places that are there', async () => {
    await fc.assert(property(target, 25, false), { numRuns: target.runs ?? 150 });
  });

  test.runIf(seconds > 0)(`for ${seconds} s`, async () => {
    const end = Date.now() + seconds * 1000;
    let cases = 0;
    for (let seed = Date.now() % 2 ** 31; Date.now() < end; seed += 1) {
      if (process.env['FUZZ_LOG']) writeFileSync(process.env['FUZZ_LOG'], `${target.name}: seed ${seed}, after ${cases} cases\n`);
      await fc.assert(property(target, 20 + (seed % 60), true), { seed, numRuns: 100, interruptAfterTimeLimit: end - Date.now() + 20_000 });
      cases += 100;
    }
    console.log(`${target.name}: ${cases} cases in ${seconds} s`);
  }, (seconds + 300) * 1000);
});
