import type { RuleOf } from '../rule-ids.ts';
import type { Wording } from './wording.ts';

const claim = `==> machine-docs/STATUS-pxgate.md <==
## Gate: M1 — CLAIMED, awaiting Adversary
### WHAT
The proxy's gate asks the proxy itself.
### HOW
\`./probe.sh\` with the dashboard absent
### EXPECTED
\`./probe.sh\` exits 0
### WHERE
\`runner/warm_reconcile.py\``;

export const gatesWording: Record<RuleOf<'gates'>, Wording> = {
  'claim-without-commit': {
    title: 'A gate is claimed in a document, but by no commit',
    why: 'The Adversary waits for a claim( commit; a claim in prose alone starts nobody.',
    wrong: `${claim}

$ git log --format=%s
status(pxgate): M1`,
    right: `${claim}

$ git log --format=%s
claim(pxgate-M1): the gate asks the proxy itself`,
    nextStep: 'Commit the claim as claim(PHASE-GATE): followed by what is claimed.',
  },
  'claim-incomplete': {
    title: 'A claim lacks WHAT, HOW, EXPECTED or WHERE',
    why: 'Without them nobody can check the claim cold; the verdict will rest on trust.',
    wrong: `==> machine-docs/STATUS-pxgate.md <==
## Gate: M1 — CLAIMED, awaiting Adversary
Holds by construction.`,
    right: claim,
    nextStep: 'Write the missing part below the claim, as a heading or a bold lead.',
  },
  'claim-without-evidence': {
    title: 'A claim rests on no recorded reproduction',
    why: 'A milestone that is claimed on prose that nobody ran is often wrong; a reproduction that failed before and passes now cannot be. docket shows that the check failed, passes and can fail; whether it asks the right question (of the code, not of the commit that it runs at or of the name of a file) is for the judge to see, and how strict the levels and the freshness are stands in docket.yaml for all to read.',
    wrong: `${claim}

$ docket list reproduction --phase pxgate --gate M1
nothing`,
    right: `==> machine-docs/JOURNAL-pxgate.md <==
\`\`\`console repro id=pxgate-m1 claim=M1
# red @7904dae
$ ./probe.sh
→? 22
# green
$ ./probe.sh
→? 0
# neg +no-proxy.diff
$ ./probe.sh
→? 7
\`\`\``,
    nextStep: 'Record one reproduction with red, green and neg that carries claim=GATE.',
  },
  'claim-dirty-tree': {
    title: 'A claim rests on code that is in no commit',
    why: 'What was tested is in no commit, so nobody else can run the same code.',
    wrong: `${claim}

$ git status --short
?? machine-docs/STATUS-pxgate.md
 M runner/warm_reconcile.py`,
    right: claim,
    nextStep: 'Commit the code, record the reproduction again, then claim.',
  },
  'claim-not-pushed': {
    title: 'What is claimed is on no remote-tracking branch',
    why: 'The Adversary works in another clone; a commit that nobody else has cannot be checked.',
    wrong: `$ git branch -r --contains HEAD
nothing`,
    right: `$ git branch -r --contains HEAD
  origin/main`,
    nextStep: 'Push the commit, then claim.',
  },
  'claim-ci-failing': {
    title: 'A claim stands on a commit whose build fails',
    why: 'The fix is written down as done while the forge says that its build is broken, and nobody who reads the record learns of it.',
    wrong: `==> machine-docs/docket.yaml <==
ci: {forge: forgejo, url: 'https://git.example.org/team/proxy'}

${claim}

$ docket ci status HEAD
✘ 24cb6261f0aa stands under a failing build
  ✘  continuous-integration/drone/push  failure  Build is failing`,
    right: `==> machine-docs/docket.yaml <==
ci: {forge: forgejo, url: 'https://git.example.org/team/proxy'}

${claim}

$ docket ci status HEAD
✔ 24cb6261f0aa is green
  ✔  continuous-integration/drone/push  success  Build is passing`,
    nextStep: 'Mend what the build shows, claim the commit that mends it, and ask again with docket ci status.',
  },
  'expected-without-command': {
    title: 'An EXPECTED line belongs to no command',
    why: 'A result without the command that gives it cannot be checked, only believed.',
    wrong: `==> machine-docs/STATUS-pxgate.md <==
## Gate: M1 — CLAIMED, awaiting Adversary
### EXPECTED
- the gate fails when the proxy is down`,
    right: `==> machine-docs/STATUS-pxgate.md <==
## Gate: M1 — CLAIMED, awaiting Adversary
### EXPECTED
- \`./stub stop && ./probe.sh\` exits 7`,
    nextStep: 'Name the command that shows it, in back-ticks on the same line or under HOW.',
  },
  'verdict-stale': {
    title: 'A verdict is older than the last claim',
    why: 'The gate was claimed again after it was judged; the old PASS says nothing of what is claimed now. For DONE the order of commits counts before their times, and a PASS that is not committed, or a claim that was rewritten after it, does not count.',
    wrong: `$ git log --format='%cI %s'
2026-06-13T14:10:00Z claim(pxgate-M1): again, with the ping enabled
2026-06-13T12:50:23Z review(pxgate-M1): M1 PASS`,
    right: `$ git log --format='%cI %s'
2026-06-13T14:40:00Z review(pxgate-M1): M1 PASS
2026-06-13T14:10:00Z claim(pxgate-M1): again, with the ping enabled
2026-06-13T12:50:23Z review(pxgate-M1): M1 PASS`,
    nextStep: 'Judge the gate again as the Adversary.',
  },
  'verdict-without-claim': {
    title: 'A gate was judged that nobody claimed',
    why: 'It is not known what was judged: there is no WHAT, no HOW and no commit to compare with.',
    wrong: `==> machine-docs/REVIEW-pxgate.md <==
## M2 — PASS @2026-06-13T18:20Z`,
    right: `==> machine-docs/STATUS-pxgate.md <==
## Gate: M2 — CLAIMED, awaiting Adversary

==> machine-docs/REVIEW-pxgate.md <==
## M2 — PASS @2026-06-13T18:20Z`,
    nextStep: 'Have the Builder claim the gate, or write the section as a note that is NOT a verdict.',
  },
  'gate-disagreement': {
    title: 'STATUS, REVIEW and the commits tell a gate differently',
    why: 'Each agent reads another file and acts on another truth.',
    wrong: `==> machine-docs/REVIEW-redfix.md <==
## M2 — PASS @2026-06-13T18:20Z

$ git log --format=%s
review(redfix-M2): FAIL — 5/6 PASS`,
    right: `==> machine-docs/REVIEW-redfix.md <==
## M2 — FAIL @2026-06-13T18:20Z

$ git log --format=%s
review(redfix-M2): FAIL — 5/6 PASS`,
    nextStep: 'Add the entry that says what holds now, in the file of the role that is wrong.',
  },
  'done-not-allowed': {
    title: 'A phase is marked DONE that may not be',
    why: 'A DONE section advances the whole phase, though a gate has no PASS, a finding is open or a veto stands.',
    wrong: `==> machine-docs/STATUS-pvfix.md <==
## DONE
All gates passed.

==> machine-docs/BACKLOG-pvfix.md <==
### A1 [adversary] deploy-proxy waits for the dashboard
**Status:** OPEN`,
    right: `==> machine-docs/STATUS-pvfix.md <==
A1 is open; the phase goes on.

==> machine-docs/BACKLOG-pvfix.md <==
### A1 [adversary] deploy-proxy waits for the dashboard
**Status:** OPEN`,
    nextStep: 'Take the DONE section out and finish what docket status names as missing.',
  },
  'done-placeholder': {
    title: 'A DONE heading holds a placeholder',
    why: 'A scaffolded `## DONE` that says "Not yet" has advanced whole phases with no work done, because some reader looked at the heading only.',
    wrong: `==> machine-docs/STATUS-pxgate.md <==
## DONE
Not yet.`,
    right: `==> machine-docs/STATUS-pxgate.md <==
M1 and M2 have to pass before this phase is done.`,
    nextStep: 'Delete the heading; write it when the phase is done.',
  },
  'done-missing': {
    title: 'Everything is ready and the DONE marker is missing',
    why: 'The phase is over, but whoever waits for the marker waits on.',
    wrong: `==> machine-docs/REVIEW-pxgate.md <==
## M1 — PASS @2026-06-13T13:00Z

==> machine-docs/STATUS-pxgate.md <==
## Gate: M1 — CLAIMED, awaiting Adversary`,
    right: `==> machine-docs/REVIEW-pxgate.md <==
## M1 — PASS @2026-06-13T13:00Z

==> machine-docs/STATUS-pxgate.md <==
## DONE
M1 passed in 24cb626.`,
    nextStep: 'Write the DONE section, with what it rests on.',
  },
  'veto-standing': {
    title: 'A veto stands',
    why: 'The Adversary has stopped the phase or the gate; going on builds on what is refused.',
    wrong: `==> machine-docs/REVIEW-pxgate.md <==
## VETO the rollback was never tried`,
    right: `==> machine-docs/REVIEW-pxgate.md <==
## VETO the rollback was never tried

## VETO cleared @2026-06-13T15:00Z — rollback shown in pxgate-m2`,
    nextStep: 'Answer the reason, then have the Adversary write that the veto is cleared.',
  },
  'finding-open-at-done': {
    title: 'A finding is open in a phase that is DONE',
    why: 'Nobody looks into a finished phase again, so the defect stays.',
    wrong: `==> machine-docs/STATUS-pvfix.md <==
## DONE
M1 passed.

==> machine-docs/BACKLOG-pvfix.md <==
- [ ] **A1 [adversary]** deploy-proxy waits for the dashboard`,
    right: `==> machine-docs/STATUS-pvfix.md <==
## DONE
M1 passed.

==> machine-docs/BACKLOG-pvfix.md <==
- [x] **A1 [adversary]** deploy-proxy waits for the dashboard — CLOSED, fix verified cold on 24cb626`,
    nextStep: 'Have the Adversary close the finding, or park the work in DEFERRED.md and say so at the finding.',
  },
  'backlog-stale': {
    title: 'A task is open whose gate has passed',
    why: 'A backlog that lags behind sends the next agent to work that is done.',
    wrong: `==> machine-docs/BACKLOG-pxgate.md <==
- [ ] **CLAIM M1** — awaiting Adversary review

==> machine-docs/REVIEW-pxgate.md <==
## M1 — PASS @2026-06-13T13:00Z`,
    right: `==> machine-docs/BACKLOG-pxgate.md <==
- [x] **CLAIM M1** — awaiting Adversary review

==> machine-docs/REVIEW-pxgate.md <==
## M1 — PASS @2026-06-13T13:00Z`,
    nextStep: 'Tick or drop the task as the Builder.',
  },
};
