import type { RuleOf } from '../rule-ids.ts';
import type { Wording } from './wording.ts';

export const timeWording: Record<RuleOf<'time'>, Wording> = {
  'future-time': {
    title: 'A written time is later than its commit',
    why: 'The time was made up; whatever order rests on it is wrong. Only the time of the commit decides.',
    wrong: `==> machine-docs/REVIEW-pxgate.md <==
## M1 — probe replaced
### PASS @2026-06-13T13:00Z — Adversary cold-verified

$ git log -1 --format=%cI
2026-06-13T12:50:23Z`,
    right: `==> machine-docs/REVIEW-pxgate.md <==
## M1 — probe replaced
### PASS @2026-06-13T12:50Z — Adversary cold-verified

$ git log -1 --format=%cI
2026-06-13T12:50:23Z`,
    nextStep: 'Take times from the clock (date -u +%FT%RZ) when you write them.',
  },
  'time-without-zone': {
    title: 'A time has no zone',
    why: 'Agents run in several zones; a bare 02:00 may be hours away from what is meant.',
    wrong: `==> machine-docs/JOURNAL-lvl5.md <==
## 2026-06-11 02:00 — lvl5 refinement`,
    right: `==> machine-docs/JOURNAL-lvl5.md <==
## 2026-06-11T02:00Z — lvl5 refinement`,
    nextStep: 'Write times in UTC with a Z.',
  },
};

export const commitsWording: Record<RuleOf<'commits'>, Wording> = {
  'commit-scope': {
    title: "A commit's scope does not fit what it does",
    why: 'Claims and verdicts are found by their scope; one that names another gate, or none, is counted for the wrong one.',
    wrong: `$ git show --format=%s
claim(pxgate): done
==> machine-docs/STATUS-pxgate.md <==
+## Gate: M1 — CLAIMED, awaiting Adversary`,
    right: `$ git show --format=%s
claim(pxgate-M1): the gate asks the proxy itself
==> machine-docs/STATUS-pxgate.md <==
+## Gate: M1 — CLAIMED, awaiting Adversary`,
    nextStep: 'Write the scope as PHASE-GATE of what the commit claims or judges.',
  },
  'commit-trailer-hidden': {
    title: 'git does not see the trailers of a commit',
    why: 'git reads trailers only in a clean last paragraph; a blank line before Co-Authored-By hides those above it.',
    wrong: `$ git log -1 --format=%B
fix(pxgate): ask the proxy itself

Closes-Deferred: 2026-06-13-circular-dependency

Co-Authored-By: Pair Agent <pair@example.org>`,
    right: `$ git log -1 --format=%B
fix(pxgate): ask the proxy itself

Closes-Deferred: 2026-06-13-circular-dependency
Co-Authored-By: Pair Agent <pair@example.org>`,
    nextStep: 'Put all trailers into one last paragraph; the commit-msg hook does it for you.',
  },
  'review-without-verdict': {
    title: 'A review commit gives no verdict',
    why: 'A Builder who waits for review( wakes up for nothing.',
    wrong: `$ git log -1 --format=%s
review(2w): watchdog ping — no formal gate yet`,
    right: `$ git log -1 --format=%s
inbox(2w): watchdog ping — no formal gate yet`,
    nextStep: 'Use another prefix, such as note( or inbox(, for what is no verdict.',
  },
};
