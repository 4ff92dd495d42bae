import { describe, expect, test } from 'vitest';
import { allRules } from '../../src/rules/all-rules.ts';
import { checkDocket } from '../../src/rules/check/check-docket.ts';
import type { Finding } from '../../src/rules/engine/finding.ts';
import { explainRules } from '../../src/rules/wording.ts';
import { makeExample } from './example-repository.ts';

/** The moment for which the examples are judged. */
const clock = Date.UTC(2026, 5, 20) / 1000;

async function findIn(example: string): Promise<Finding[]> {
  const repository = makeExample(example);
  try {
    const all = await checkDocket(repository.dir, { scope: { kind: 'all' }, clock, cache: false });
    // What a commit does to the baseline is judged where commits are.
    const last = await checkDocket(repository.dir, { scope: { kind: 'range', range: { from: 'HEAD~1', to: 'HEAD' } }, clock, cache: false });
    return [...all.findings, ...last.findings.filter(({ rule }) => rule === 'baseline-grown')];
  } finally {
    repository.remove();
  }
}

const asked = new Set(allRules.map(({ id }) => id));
const evidenceGroups: readonly string[] = ['evidence', 'notation', 'controls', 'freshness'];
/** The examples of rules about recordings show a run, not a repository; those rules are tested where runs are recorded. */
const rules = explainRules().filter(({ id, group, wrong }) => asked.has(id) && (!(evidenceGroups.includes(group)) || wrong.includes('==> ')));

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, { wrong, right, nextStep }) => {
  test('finds the wrong example', async () => {
    const found = (await findIn(wrong)).filter(({ rule }) => rule === id);
    expect(found).not.toEqual([]);
    for (const finding of found) {
      expect(finding.message).toBe(`Unexpected ${finding.found}, expected ${finding.expected}`);
      expect(finding.place !== null || finding.commit !== null, 'a finding says where').toBe(true);
      expect(finding.next ?? nextStep).toMatch(/\S/);
      expect(finding.fingerprint).toMatch(/^[0-9a-f]{32}$/);
    }
  });
  test('is silent about the right one', async () => {
    const found = await findIn(right);
    expect(found.filter(({ rule }) => rule === id)).toEqual([]);
  });
});
