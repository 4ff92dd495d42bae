import { describe, expect, test } from 'vitest';
import { findRules } from '../../src/queries/find-rules.ts';
import { explainRules } from '../../src/rules/wording.ts';

/** Written down a second time on purpose: a rule that changes its level by accident shows here. */
const errors = [
  'conflict-marker', 'front-matter', 'baseline-grown', 'duplicate-id', 'deferred-wrong-section', 'misattributed-close', 'supersede-cycle', 'done-not-allowed', 'append-only', 'verdict-rewritten',
  'not-owner', 'other-side-ticked', 'inbox-overwritten', 'secret', 'terminal-escape', 'gate-cycle', 'toothless-gate',
];
const evidence = ['evidence', 'controls', 'freshness'];
const rules = explainRules();

test('the errors by default are these, besides recorded proofs that are false', () => {
  expect(rules.filter(({ level, group }) => level === 'error' && !evidence.includes(group)).map(({ id }) => id).toSorted()).toEqual(errors.toSorted());
});

test('every rule of the plan is there', () => {
  const ids = rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(75);
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test('says what, why, how it looks and what to do', () => {
    for (const text of [rule.title, rule.why, rule.wrong, rule.right, rule.nextStep]) expect(text.trim().length).toBeGreaterThan(10);
    expect(rule.wrong).not.toBe(rule.right);
    expect(rule.title).not.toMatch(/\.$/);
    expect(rule.nextStep).toMatch(/^[A-Z].*\.$/s);
    expect(rule.why).toMatch(/\.$/);
  });
  test('opens files in its examples in one way', () => {
    for (const line of `${rule.wrong}\n${rule.right}`.split('\n').filter((one) => one.startsWith('==>'))) expect(line).toMatch(/^==> [\w./-]+ <==$/);
  });
});

describe('finding rules', () => {
  test('by id, by group, by the beginning of an id', () => {
    expect(findRules('noop').map(({ id }) => id)).toEqual(['noop']);
    expect(findRules('roles').map(({ id }) => id)).toEqual(['not-owner', 'append-only', 'verdict-rewritten', 'other-side-ticked']);
    expect(findRules('paraphrased').map(({ id }) => id)).toEqual(['paraphrased-output']);
    expect(findRules(null)).toEqual(rules);
  });
  test('an unknown one names the nearest', () => expect(() => findRules('apend-only')).toThrow(/Did you mean append-only/));
});
