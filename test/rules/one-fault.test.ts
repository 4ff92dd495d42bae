import { describe, expect, test } from 'vitest';
import { allRules } from '../../src/rules/all-rules.ts';
import { explainRules } from '../../src/rules/wording.ts';
import { faults, implied, rulesFor } from './one-fault.ts';

// Every rule fires on its fault, and only there.

/** What only a run can show is tested where runs are recorded (test/runner, test/gates). */
const elsewhere: ReadonlySet<string> = new Set(explainRules().flatMap(({ id, group }) => (['evidence', 'notation', 'controls', 'freshness'].includes(group) ? [id] : [])));

test('no rule is left out', () => {
  expect(allRules.map(({ id }) => id).filter((id) => !elsewhere.has(id) && !(id in faults))).toEqual([]);
});

test('the clean record is clean', async () => {
  expect(await rulesFor(null)).toEqual([]);
});

describe.each(Object.entries(faults))('%s', (id, mutate) => {
  test('is all that its fault brings', async () => {
    expect(await rulesFor(mutate)).toEqual([id, ...(implied[id] ?? [])].toSorted());
  });
});
