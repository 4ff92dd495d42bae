import { Ajv } from 'ajv';
import { assert, constantFrom, option, property, record, string, array, integer } from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderSarif } from '../../../src/reports/check/sarif.ts';
import { explainRules } from '../../../src/rules/wording.ts';

// The official schema (OASIS, errata 01; see LICENSE.md beside it) is the judge. It is of draft 4; what this reads of it is the same in later ones.

const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(new URL('./sarif-schema-2.1.0.json', import.meta.url), 'utf8')) as Record<string, unknown>;
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
const rules = explainRules();

const text = string({ unit: 'binary', maxLength: 40 });
const place = record({ path: string({ unit: 'binary', minLength: 1, maxLength: 20 }), line: integer({ min: 1, max: 9999 }), column: integer({ min: 1, max: 500 }), endLine: integer({ min: 9999, max: 99_999 }) });
const finding = record({
  rule: constantFrom(...rules.map(({ id }) => id)), level: constantFrom('error' as const, 'warning' as const, 'info' as const), message: text, place: option(place), related: array(record({ message: text, place }), { maxLength: 2 }),
  entry: option(text), commit: option(constantFrom('24cb626bfc3d24cb626bfc3d24cb626bfc3d24cb')), next: option(text), fixable: constantFrom(false), fingerprint: constantFrom('0f'.repeat(16)),
});

test('whatever is found and wherever, the log is valid', () => {
  assert(
    property(array(finding, { maxLength: 6 }), (findings) => {
      const log: unknown = JSON.parse(renderSarif({ findings, baseline: { known: 0 }, waived: 0, checked: { mode: 'worktree', revision: null, documents: 1, commits: 0, rules: 1 } }, rules));
      expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    }),
    { numRuns: process.env['DOCKET_LONG'] ? 2000 : 150 },
  );
});

test('the judge is awake', () => {
  expect(validate({ version: '2.1.0', runs: [{ tool: {}, results: [] }] })).toBe(false);
  expect(validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'docket' } }, results: [{ message: { text: 'x' }, level: 'fatal' }] }] })).toBe(false);
});
