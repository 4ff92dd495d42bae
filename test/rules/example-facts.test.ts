import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkDocket } from '../../src/rules/check/check-docket.ts';
import type { Finding } from '../../src/rules/engine/finding.ts';
import { buildExample } from '../example/build-example.ts';
import type { Example } from '../example/build-example.ts';
import { facts, tags } from '../example/facts.ts';
import type { RevisionFacts } from '../example/facts.ts';

let example: Example;
beforeAll(() => {
  example = buildExample();
});
afterAll(() => example.remove());

type Expected = RevisionFacts['expected'][number];

function fits(finding: Finding, { rule, place, entry, commit }: Expected): boolean {
  const isThere = place === null || (finding.place?.path === place.path && finding.place.line === place.line);
  return finding.rule === rule && isThere && (entry === undefined || finding.entry === entry) && (commit === undefined || finding.commit === commit);
}

describe.each(tags)('check --all at %s', (tag) => {
  const { expected } = facts.revisions[tag];
  let findings: Finding[];
  beforeAll(async () => {
    findings = (await checkDocket(example.dir, { at: tag, scope: { kind: 'all' } })).findings;
  });

  test('finds all that the facts name', () => {
    expect(expected.filter((each) => !findings.some((finding) => fits(finding, each)))).toEqual([]);
  });
  test('finds nothing that they exclude', () => {
    expect(findings.filter(({ rule }) => facts.notExpected.includes(rule))).toEqual([]);
  });
  test('its errors are exactly theirs', () => {
    expect(findings.filter(({ level }) => level === 'error').filter((finding) => !expected.some((each) => fits(finding, each)))).toEqual([]);
  });
  test('tells every finding from the others', () => {
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
  });
});
