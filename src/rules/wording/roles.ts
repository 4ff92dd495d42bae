import type { RuleOf } from '../rule-ids.ts';
import type { Wording } from './wording.ts';

export const rolesWording: Record<RuleOf<'roles'>, Wording> = {
  'not-owner': {
    title: "A role changed the other role's file or section",
    why: 'Each side writes its own files, so that neither can put words into the mouth of the other.',
    wrong: `$ git show --stat --format=%s
feat(pxgate): new probe
 machine-docs/REVIEW-pxgate.md | 3 +++`,
    right: `$ git show --stat --format=%s
feat(pxgate): new probe
 machine-docs/JOURNAL-pxgate.md | 3 +++`,
    nextStep: 'Take the change back and send it to the owner through the inbox.',
  },
  'append-only': {
    title: 'An old entry of an append-only document was changed',
    why: 'A journal that is edited later shows what should have been, not what was. A gate refuses a recording whose failed attempt was committed and taken out again.',
    wrong: `==> machine-docs/JOURNAL-pxgate.md <==
 ## 2026-06-13 — Phase start
-The probe asks the dashboard.
+The probe asks the API.`,
    right: `==> machine-docs/JOURNAL-pxgate.md <==
 ## 2026-06-13 — Phase start
 The probe asks the dashboard.
+
+## 2026-06-14 — Correction of the entry above
+The probe asks the API.`,
    nextStep: 'Restore the old text and add a new entry that corrects it.',
  },
  'verdict-rewritten': {
    title: 'A verdict was changed or deleted',
    why: 'A FAIL that becomes a PASS by an edit leaves no trace of why.',
    wrong: `==> machine-docs/REVIEW-pxgate.md <==
-## M1 — FAIL @2026-06-13T12:40Z
+## M1 — PASS @2026-06-13T12:40Z`,
    right: `==> machine-docs/REVIEW-pxgate.md <==
 ## M1 — FAIL @2026-06-13T12:40Z
+
+## M1 — PASS @2026-06-13T14:40Z`,
    nextStep: 'Restore the verdict and add the new one below it.',
  },
  'other-side-ticked': {
    title: "A role ticked the other role's box",
    why: 'A finding is closed by the Adversary who filed it; a Builder who closes his own defects needs no Adversary.',
    wrong: `$ git show --format=%s
fix(pvfix): ask the proxy itself
==> machine-docs/BACKLOG-pvfix.md <==
 ## Adversary findings
-- [ ] **A1 [adversary]** deploy-proxy waits for the dashboard
+- [x] **A1 [adversary]** deploy-proxy waits for the dashboard`,
    right: `$ git show --format=%s
review(pvfix): A1 closed, verified cold
==> machine-docs/BACKLOG-pvfix.md <==
 ## Adversary findings
-- [ ] **A1 [adversary]** deploy-proxy waits for the dashboard
+- [x] **A1 [adversary]** deploy-proxy waits for the dashboard`,
    nextStep: 'Untick the box and ask its owner, through the inbox, to look.',
  },
};

export const inboxWording: Record<RuleOf<'inbox'>, Wording> = {
  'inbox-verdict': {
    title: 'A verdict was given in an inbox',
    why: 'A consumed message is deleted; a verdict that stands only there is lost with it.',
    wrong: `==> machine-docs/BUILDER-INBOX.md <==
@2026-06-13T13:00Z — Adversary: M1 PASS.`,
    right: `==> machine-docs/REVIEW-pxgate.md <==
## M1 — PASS @2026-06-13T13:00Z

==> machine-docs/BUILDER-INBOX.md <==
@2026-06-13T13:00Z — Adversary: M1 is judged, see REVIEW-pxgate.`,
    nextStep: 'Write the verdict into REVIEW-PHASE.md.',
  },
  'inbox-overwritten': {
    title: 'A message was overwritten before it was read',
    why: 'The reader never learns what it said.',
    wrong: `==> machine-docs/BUILDER-INBOX.md <==
-@2026-06-13T09:30Z — Adversary: the plan names two probes.
+@2026-06-13T10:04Z — Adversary: mind the ping, too.`,
    right: `==> machine-docs/BUILDER-INBOX.md <==
 @2026-06-13T09:30Z — Adversary: the plan names two probes.
+
+@2026-06-13T10:04Z — Adversary: mind the ping, too.`,
    nextStep: 'Put the old message back above the new one.',
  },
  'inbox-unread-at-claim': {
    title: 'A gate was claimed with an unread message in the inbox',
    why: 'The message may say why the claim will fail.',
    wrong: `$ ls machine-docs
BUILDER-INBOX.md STATUS-pxgate.md
$ git commit -m 'claim(pxgate-M1): the gate asks the proxy itself'`,
    right: `$ git rm machine-docs/BUILDER-INBOX.md
$ git commit -m 'inbox(pxgate): read'
$ git commit -m 'claim(pxgate-M1): the gate asks the proxy itself'`,
    nextStep: 'Read the message, act on it, delete the file in a commit, then claim.',
  },
};
