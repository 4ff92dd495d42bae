import { Ajv } from 'ajv';
import { assert, constantFrom, option, property, record, string, array, integer } from 'fast-check';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderSarif } from '../../../src/reports/check/sarif.ts';
import { checkDocket } from '../../../src/rules/check/check-docket.ts';
import { explainRules } from '../../../src/rules/wording.ts';
import { makeRepository } from '../../support/make-repository.ts';

// The official schema (OASIS, errata 01; see LICENSE.md beside it) is the judge. It is of draft 4; what this reads of it is the same in later ones.

const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(new URL('./sarif-schema-2.1.0.json', import.meta.url), 'utf8')) as Record<string, unknown>;
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
const rules = explainRules();

interface Log {
  runs: { results: { ruleId: string; partialFingerprints: Record<string, string>; locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[] }[] }[];
}

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

test('files with odd names: the URI leads to their bytes, and fingerprints stay while lines move', async () => {
  const repo = makeRepository();
  try {
    const names = ['JOURNAL-a b%20#?.md', 'JOURNAL-é中.md', ']]><&"\'.md', 'a|b`c.md', '::error::x,y.md', 'JOURNAL-x\ny.md'].map((name) => Buffer.from(name));
    const all = [...names, Buffer.from([0x4a, 0xff, 0xfe, 0x2e, 0x6d, 0x64])];
    const write = (above: string): void => {
      mkdirSync(join(repo.dir, 'machine-docs'), { recursive: true });
      for (const name of all) writeFileSync(Buffer.concat([Buffer.from(`${repo.dir}/machine-docs/`), name]), `# J\n${above}\n## 2026-03-02T09:00Z — Wall\n\n<<<<<<< a\nx \`|\` ]]> ::error:: %0A\n=======\ny\n>>>>>>> b\n`);
    };
    const conflicts = async (): Promise<{ uri: string; print: string | undefined; line: number | undefined }[]> => {
      const found = await checkDocket(repo.dir, { cache: false });
      const log = JSON.parse(renderSarif(found, rules)) as Log;
      expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
      const results = log.runs.flatMap((run) => run.results).filter(({ ruleId }) => ruleId === 'conflict-marker');
      return results.map(({ locations, partialFingerprints }) => ({ uri: locations[0]?.physicalLocation.artifactLocation.uri ?? '', print: partialFingerprints['docket/v1'], line: locations[0]?.physicalLocation.region.startLine }));
    };
    write('');
    const first = await conflicts();
    const bytes = (uri: string): Buffer => Buffer.from(uri.replace(/%([0-9A-F]{2})/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1');
    expect(first.map(({ uri }) => bytes(uri).toString('hex')).toSorted()).toEqual(all.map((name) => Buffer.concat([Buffer.from('machine-docs/'), name]).toString('hex')).toSorted());
    for (const { uri } of first) expect(uri).toMatch(/^(?:[\w.!~*'()/-]|%[0-9A-F]{2})+$/u);
    expect(new Set(first.map(({ print }) => print)).size).toBe(all.length);
    write('\nWords above all.\n\nAnd more.\n');
    const moved = await conflicts();
    expect(moved.map(({ uri, print }) => [uri, print])).toEqual(first.map(({ uri, print }) => [uri, print]));
    expect(moved.map(({ line }) => line)).not.toEqual(first.map(({ line }) => line));
  } finally {
    repo.remove();
  }
});

test('the judge is awake', () => {
  expect(validate({ version: '2.1.0', runs: [{ tool: {}, results: [] }] })).toBe(false);
  expect(validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'docket' } }, results: [{ message: { text: 'x' }, level: 'fatal' }] }] })).toBe(false);
});
