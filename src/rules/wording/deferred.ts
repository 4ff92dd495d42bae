import type { RuleOf } from '../rule-ids.ts';
import type { Wording } from './wording.ts';

export const deferredWording: Record<RuleOf<'deferred'>, Wording> = {
  'deferred-wrong-section': {
    title: "An item's box and its section disagree",
    why: 'The box decides whether an item is open. An open item under the closed heading is forgotten by everybody who reads only the open ones.',
    wrong: `==> machine-docs/DEFERRED.md <==
## Open deferrals

## Closed deferrals

### 2026-06-14 — keycloak gate asks the realm page only
- [ ] **What:** ask the health endpoint too`,
    right: `==> machine-docs/DEFERRED.md <==
## Open deferrals

### 2026-06-14 — keycloak gate asks the realm page only
- [ ] **What:** ask the health endpoint too

## Closed deferrals`,
    nextStep: 'Move the item below the heading that fits its box.',
  },
  'deferred-closed-without-pointer': {
    title: 'A closed item does not say what closed it',
    why: 'A tick alone cannot be checked: nobody can tell later whether the work was done or the box was just ticked.',
    wrong: `==> machine-docs/DEFERRED.md <==
### 2026-06-12 — start limit is shorter than the health wait
- [x] **What:** raise the limit`,
    right: `==> machine-docs/DEFERRED.md <==
### 2026-06-12 — start limit is shorter than the health wait
- [x] **What:** raise the limit
- **Closed:** 2026-06-12 by 452a15b6bae3`,
    nextStep: 'Add one line **Closed:** with the date and the commit, the pull request or the person.',
  },
  'deferred-not-closed': {
    title: 'The fix of an open item has landed',
    why: 'Items that stay open after their fix landed bury those that still need work.',
    wrong: `==> machine-docs/DEFERRED.md <==
### 2026-06-12 — nightly sweep gives up on the first network error
- [ ] **What:** retry three times

$ git log -1 --stat --format=%B
fix(sweep): retry three times

Closes-Deferred: 2026-06-12-nightly-sweep-gives-up-on-the-first-network-error

 runner/nightly_sweep.py | 11 ++++++++---`,
    right: `==> machine-docs/DEFERRED.md <==
### 2026-06-12 — nightly sweep gives up on the first network error
- [x] **What:** retry three times
- **Closed:** 2026-06-13 by 964c39bf638e`,
    nextStep: 'Run docket sync, which ticks the box and adds the line.',
  },
  'deferred-reopened': {
    title: 'The commit that closed an item was reverted',
    why: 'The fix is gone from the default branch, but the record still says that the work is done.',
    wrong: `==> machine-docs/DEFERRED.md <==
### 2026-06-12 — nightly sweep gives up on the first network error
- [x] **What:** retry three times
- **Closed:** 2026-06-13 by 964c39bf638e

$ git revert --no-edit 964c39bf638e`,
    right: `==> machine-docs/DEFERRED.md <==
### 2026-06-12 — nightly sweep gives up on the first network error
- [ ] **What:** retry three times
- **Closed:** 2026-06-13 by 964c39bf638e
- **Reopened:** 2026-06-14, 964c39bf638e was reverted

$ git revert --no-edit 964c39bf638e`,
    nextStep: 'Run docket sync, which opens the item again and keeps its history.',
  },
  'deferred-duplicate': {
    title: 'Two open items park the same work',
    why: 'Each will be closed without the other, and the second stays open for ever.',
    wrong: `==> machine-docs/DEFERRED.md <==
### 2026-06-12 — alert files pile up without end
- [ ] **What:** delete alerts after 30 days

### 2026-06-14 — alert files pile up without end
- [ ] **What:** delete alerts after 30 days`,
    right: `==> machine-docs/DEFERRED.md <==
### 2026-06-12 — alert files pile up without end
- [ ] **What:** delete alerts after 30 days
- **Seen again:** 2026-06-14`,
    nextStep: 'Keep the older item and close the other with a line that points to it.',
  },
  'deferred-triggered': {
    title: 'What would bring an item back has happened',
    why: 'An item is parked until its trigger. After that, leaving it parked is a decision that nobody took.',
    wrong: `==> machine-docs/DEFERRED.md <==
### 2026-06-12 — alert files pile up without end
- [ ] **What:** delete alerts after 30 days
- **Re-entry trigger:** once M1 of pvfix is claimed

$ git log --format=%s
claim(pvfix-M1): the proxy unit outlives its own health wait`,
    right: `==> machine-docs/DEFERRED.md <==
### 2026-06-12 — alert files pile up without end
- [ ] **What:** delete alerts after 30 days
- **Re-entry trigger:** once M1 of pxgate is claimed

$ git log --format=%s
claim(pvfix-M1): the proxy unit outlives its own health wait`,
    nextStep: 'Do the work, or file the item again with a new trigger and a reason.',
  },
  'deferred-elsewhere': {
    title: 'Work is put off in prose only',
    why: '"Later" in a journal is read once. Only an item of DEFERRED.md is listed, triggered and closed.',
    wrong: `==> machine-docs/JOURNAL-pvfix.md <==
## 2026-06-12 — Deploy, read through
The stamp is written too early; will fix in a follow-up.`,
    right: `==> machine-docs/JOURNAL-pvfix.md <==
## 2026-06-12 — Deploy, read through
The stamp is written too early; parked as DEFERRED 2026-06-12.

==> machine-docs/DEFERRED.md <==
### 2026-06-12 — version stamp written before the deploy is healthy
- [ ] **What:** write it after the gate`,
    nextStep: 'File the work as an item of DEFERRED.md and name it in the journal.',
  },
  'misattributed-close': {
    title: 'A commit says that it closes what it did not touch',
    why: 'Most wrong closings cite the commit of another item. The work is then recorded as done and nobody looks again.',
    wrong: `==> machine-docs/DEFERRED.md <==
### 2026-06-12 — alert files pile up without end
- [ ] **What:** \`runner/alerts.py\` deletes nothing

$ git show --stat --format=%B
docs: tidy the readme

Closes-Deferred: 2026-06-12-alert-files-pile-up-without-end

 README.md | 2 +-`,
    right: `==> machine-docs/DEFERRED.md <==
### 2026-06-12 — alert files pile up without end
- [ ] **What:** \`runner/alerts.py\` deletes nothing

$ git show --stat --format=%B
fix(alerts): delete them after 30 days

Closes-Deferred: 2026-06-12-alert-files-pile-up-without-end

 runner/alerts.py | 9 +++++++++`,
    nextStep: 'Name the item that the commit closes, or close this one by hand with the commit that did the work.',
  },
};
