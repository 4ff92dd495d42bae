import { describe, expect, test } from 'vitest';
import { readExpectedComments, readInlineObservations, readTableObservations } from '../../src/repro/read-inline-observations.ts';
import type { Span } from '../../src/repro/read-inline-observations.ts';
import { readMutation } from '../../src/repro/read-mutation.ts';
import { fenceOf } from './fence-of.ts';

/** Splits at back-ticks, as a markdown reader would. */
function spansOf(text: string, line = 1): Span[] {
  return text.split('`').map((value, index) => ({ kind: index % 2 === 1 ? 'code' as const : 'text' as const, value, line })).filter((span) => span.value !== '');
}

describe('in a paragraph', () => {
  test.each<[string, [string | null, string, string | undefined][]]>([
    ['`./probe.sh` → 404', [['./probe.sh', '404', undefined]]],
    ['`$ ./probe.sh` -> 404 ← FAILS', [['./probe.sh', '404', 'fails']]],
    ['Now `curl -s http://localhost/` → `200` ✓', [['curl -s http://localhost/', '200', 'passes']]],
    ['`./a.sh` → 1, `./b.sh` → 2', [['./a.sh', '1,', undefined], ['./b.sh', '2', undefined]]],
    ['`python3 runner/warm_reconcile.py --list` → traefik is asked under its own name', [['python3 runner/warm_reconcile.py --list', 'traefik is asked under its own name', undefined]]],
    ['`./probe.sh` => 404', [['./probe.sh', '404', undefined]]],
    ['`https://ci.example/ping` → 404', []],
    ['`health_path` → `/api/version`', []],
    ['`src/a.ts` → `src/b.ts`', []],
    ['`./probe.sh` prints 404', []],
    ['`./probe.sh` →', []],
    ['→ 404', []],
  ])('%s', (text, expected) => {
    expect(readInlineObservations(spansOf(text)).map(({ command, text: output, note }) => [command, output, note?.verdict ?? undefined])).toEqual(expected);
  });

  test('what stands on another line is another matter', () => {
    expect(readInlineObservations([...spansOf('see `./a.sh`', 4), ...spansOf('→ 1', 5)])).toEqual([]);
    expect(readInlineObservations(spansOf('`./a.sh` → 1', 7))[0]?.line).toBe(7);
  });
});

describe('in a table', () => {
  const row = (line: number, ...cells: string[]) => ({ line, cells: cells.map((cell) => spansOf(cell, line)) });
  test('checks and results', () => {
    const table = { head: row(1, '#', '**Check**', 'Result'), rows: [row(3, '1', '`./probe.sh` on the host', '404 ✗'), row(4, '2', 'the page looks right', 'yes'), row(5, '3', '`./x.sh`', '')] };
    expect(readTableObservations(table)).toEqual([
      { form: 'table', command: './probe.sh', text: '404', note: { verdict: 'fails', text: '' }, line: 3 },
      { form: 'table', command: null, text: 'yes', note: null, line: 4 },
    ]);
  });
  test('other tables', () => {
    expect(readTableObservations({ head: row(1, 'Name', 'Result'), rows: [row(3, '`ls -l`', 'x')] })).toEqual([]);
    expect(readTableObservations({ head: row(1, 'Check', 'Owner'), rows: [row(3, '`ls -l`', 'x')] })).toEqual([]);
  });
});

test('what comments expect', () => {
  const fence = fenceOf('./a.sh\n# EXPECTED: 200\n$ ./b.sh   # expected: 404 ← FAILS\n\n# Expected output: nothing\n# a comment about what is expected here\n', 'bash');
  expect(readExpectedComments(fence)).toEqual([
    { form: 'expected-comment', command: './a.sh', text: '200', note: null, line: 2 },
    { form: 'expected-comment', command: './b.sh', text: '404', note: { verdict: 'fails', text: '' }, line: 3 },
    { form: 'expected-comment', command: null, text: 'nothing', note: null, line: 5 },
  ]);
});

test('mutations', () => {
  expect(readMutation(fenceOf('--- a/x\n+++ b/x', 'diff repro-mutation id=no-traefik'))).toEqual({ id: 'no-traefik', patch: '--- a/x\n+++ b/x\n', line: 1 });
  for (const info of ['diff', 'diff repro-mutation', 'diff repro-mutation id=', 'diff repro-mutation id=../x']) expect(readMutation(fenceOf('x', info))).toBeNull();
});
