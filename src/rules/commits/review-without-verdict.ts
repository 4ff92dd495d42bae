import { commitOf } from '../engine/entries.ts';
import { defineRule } from '../engine/rule.ts';

export const reviewWithoutVerdict = defineRule({
  id: 'review-without-verdict',
  inputs: ['commits'],
  *check({ commits }) {
    for (const fact of commits.facts) {
      const isReview = fact.prefix?.split(/[+/,&]/u).includes('review') ?? false;
      if (!isReview || fact.verdicts.length > 0 || /\bVETO\b/u.test(fact.subject)) continue;
      yield { found: `review commit without a verdict: "${fact.subject}"`, expected: 'PASS, FAIL or CONDITIONAL of a gate', place: null, commit: commitOf(fact), key: 'verdict' };
    }
  },
});
