import { combine } from '../../ledger/builds/build.ts';
import { toPlace } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/** Claims of code whose build fails, by what the forge said when `docket ci status` last asked it. */
export const claimCiFailing = defineRule({
  id: 'claim-ci-failing',
  inputs: ['ledger', 'builds'],
  *check({ ledger, builds }) {
    for (const claim of ledger.entries) {
      const build = builds.get(claim.id);
      if (build === undefined || combine(build.statuses) !== 'failure') continue;
      const failed = build.statuses.filter(({ outcome }) => outcome === 'failed').map(({ context, state }) => `${context} (${state})`);
      const shown = failed.slice(0, 4).join(', ') + (failed.length > 4 ? ` and ${failed.length - 4} more` : '');
      yield {
        found: `claim of ${claim.phase}/${claim.gate ?? ''} on ${build.commit.slice(0, 12)}, which stands under a failing build: ${shown}`, expected: 'code whose builds pass',
        place: toPlace(claim.place, claim.place.line), entry: claim.id, commit: build.commit, key: 'build', next: `docket ci status ${build.commit.slice(0, 12)}`,
      };
    }
  },
});
