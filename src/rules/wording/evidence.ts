import type { RuleOf } from '../rule-ids.ts';
import type { Wording } from './wording.ts';

export const evidenceWording: Record<RuleOf<'evidence'>, Wording> = {
  'not-green': {
    title: 'The green step does not show what is claimed',
    why: 'The proof that it works now does not hold at the commit that is claimed, or asks for nothing in particular.',
    wrong: `# green
$ ./probe.sh
→? 0

$ ./probe.sh; echo $?
22`,
    right: `# green
$ ./probe.sh
→~ {"Version":"[..]","startDate":"[TIME]"}
→? 0

$ ./probe.sh; echo $?
{"Version":"3.6.15","startDate":"2026-06-13T05:38:02Z"}
0`,
    nextStep: 'Mend the code or the expectation, then record the reproduction again.',
  },
  'vacuous-red': {
    title: 'The red step passes',
    why: 'A check that passes before the fix does not show that the fix did anything.',
    wrong: `# red @7904dae
$ ./probe.sh
→? 0`,
    right: `# red @7904dae
$ ./probe.sh
→? 22`,
    nextStep: 'Find the command that fails before the change and passes after it.',
  },
  'wrong-red': {
    title: 'The red step fails for another reason',
    why: 'A check that fails on a typo or a missing file before the fix will pass after it without the fault being mended.',
    wrong: `# red @7904dae: the gate waits for the dashboard
$ ./probe.sh
→ 404
→? 22

$ ./probe.sh
2: curl: (6) Could not resolve host`,
    right: `# red @7904dae: the gate waits for the dashboard
$ ./probe.sh
→ 404
→? 22

$ ./probe.sh
404`,
    nextStep: 'Make the red step fail with the symptom of the fault, and record again.',
  },
  vacuous: {
    title: 'Red and green cannot be told apart',
    why: 'An expectation that the output of both satisfies, such as an ellipsis alone or exit 0 of curl, proves nothing; nor does a step that looks at nothing but its own words, or that its last words make fail.',
    wrong: `# red @7904dae
$ curl -s localhost:8443/
→ …
# green
$ curl -s localhost:8443/api/version
→ …`,
    right: `# red @7904dae
$ curl -sf localhost:8443/
→? 22
# green
$ curl -sf localhost:8443/api/version
→~ {"Version":"[..]"}
→? 0`,
    nextStep: 'State in green something that the output of red does not satisfy.',
  },
  mismatch: {
    title: 'A replay does not give what was recorded',
    why: 'What the record says was true then, is not now, or never was.',
    wrong: `# red @7904dae
$ ./probe.sh
→? 22

$ docket replay pxgate-m1
red: exit 0, expected 22`,
    right: `# red @7904dae
$ ./probe.sh
→? 22

$ docket replay pxgate-m1
red: exit 22`,
    nextStep: 'Find out what changed, mend it, and record the reproduction again.',
  },
  inconclusive: {
    title: 'A step could not be run to an end',
    why: 'A time-out, a missing program or a test run without a test is neither red nor green.',
    wrong: `# red @7904dae
$ pytest -k proxy_gate
→ no tests ran
→? 5`,
    right: `# red @7904dae
$ pytest -k proxy_gate
→~ FAILED [..]::test_proxy_gate
→? 1`,
    nextStep: 'Make the step run here (program, time limit, setup), and record again.',
  },
  flaky: {
    title: 'Two runs of a step disagree',
    why: 'A check that passes sometimes passes on the day of the verdict, too.',
    wrong: `*Recorded 2026-06-13T20:35Z · red ✗✗ green ✓✗ · 2 runs, unstable*`,
    right: `*Recorded 2026-06-13T20:35Z · red ✗✗ green ✓✓ · 2 runs, stable*`,
    nextStep: 'Remove what varies between runs (time, order, network), and record again.',
  },
  incomplete: {
    title: 'A recording lacks a red, a green or a neg step',
    why: 'Without red nothing was wrong before, without green nothing is right now, and without neg the check may be unable to fail.',
    wrong: `# green
$ ./probe.sh
→? 0`,
    right: `# red @7904dae
$ ./probe.sh
→? 22
# green
$ ./probe.sh
→? 0
# neg +no-proxy.diff
$ ./probe.sh
→? 7`,
    nextStep: 'Add what is missing and record it again.',
  },
  'reasoned-evidence': {
    title: 'Something is shown by reasoning only',
    why: '"Holds by construction" was written of a function that returned 0 where the text says 999. Nobody had run it.',
    wrong: `==> machine-docs/JOURNAL-pxgate.md <==
## 2026-06-13 — M1 shown
**P1-neg:** connection refused → 999 → unhealthy. P1-neg holds by construction.`,
    right: `==> machine-docs/JOURNAL-pxgate.md <==
## 2026-06-13 — M1 shown
\`\`\`console repro id=pxgate-p1-neg claim=M1
# neg +no-proxy.diff: the gate has teeth
$ ./probe.sh
→2~ curl: (7) Failed to connect [..]
→? 7
\`\`\``,
    nextStep: 'Run it, and record what it printed.',
  },
  'paraphrased-output': {
    title: 'What is written is not what the command prints',
    why: 'Output that was retold by hand cannot be compared with a replay, and retelling is where errors come in.',
    wrong: `curl -s -o /dev/null -w "%{http_code}" https://ci.example/
→ HTTP 404`,
    right: `curl -s -o /dev/null -w "%{http_code}" https://ci.example/
→ 404`,
    nextStep: 'Paste the output as it was, and put remarks after ← or under mode ~.',
  },
  'orphan-observation': {
    title: 'An output belongs to no command',
    why: 'Nobody can get the same output again without knowing what gave it.',
    wrong: `# New probe body:
→ {"Version":"3.6.15"}`,
    right: `# New probe body:
curl -s https://traefik.ci.example/api/version
→ {"Version":"3.6.15"}`,
    nextStep: 'Write the command above the output.',
  },
  'state-left-behind': {
    title: 'The teardown failed',
    why: 'What the reproduction set up is still there, and the next run starts from another state.',
    wrong: `# teardown
$ ./stub down
→? 0

$ ./stub down; echo $?
1`,
    right: `# teardown
$ ./stub down
→? 0

$ ./stub down; echo $?
0`,
    nextStep: 'Clean up by hand and mend the teardown step.',
  },
};

export const notationWording: Record<RuleOf<'notation'>, Wording> = {
  'repro-notation': {
    title: 'A line of a reproduction is not in the notation',
    why: 'A line that is not understood is neither run nor compared, so it proves nothing.',
    wrong: `# green
$ ./probe.sh
200`,
    right: `# green
$ ./probe.sh
→ 200`,
    nextStep: 'Write the line as a comment, a command behind `$`, or output behind an arrow.',
  },
  'no-exit-status': {
    title: 'A step does not say how its command ended',
    why: 'A command may print what is expected and fail all the same; curl ends with 0 for 404 and 200 alike.',
    wrong: `# green
$ ./probe.sh
→ 200`,
    right: `# green
$ ./probe.sh
→ 200
→? 0`,
    nextStep: 'Write how the command ended, as `→? N`.',
  },
  'no-commit': {
    title: 'A reproduction has no receipt',
    why: 'Nobody knows on which code it ran, or whether it ran at all.',
    wrong: `# NEW probe:
./probe.sh
→ 200 ← PASSES`,
    right: `# green
$ ./probe.sh
→ 200
→? 0
<!-- docket-receipt v1 {"id":"pxgate-m1", … } -->`,
    nextStep: 'Record it with docket record.',
  },
  'missing-neg': {
    title: 'Red and green run different commands, and no negative control',
    why: 'An old check that fails beside a new one that passes shows that they differ, not that the new one can fail.',
    wrong: `# red @7904dae
$ ./old-probe.sh
→? 22
# green
$ ./new-probe.sh
→? 0`,
    right: `# red @7904dae
$ ./old-probe.sh
→? 22
# green
$ ./new-probe.sh
→? 0
# neg +no-proxy.diff
$ ./new-probe.sh
→? 7`,
    nextStep: 'Add a neg step: break what is checked, and show that the check sees it.',
  },
  'unsafe-replay': {
    title: 'A command is one that replay never starts',
    why: 'It reaches another machine, containers, services or files outside the tree, so nobody else can run it again.',
    wrong: `# setup
$ docker service scale dashboard=0`,
    right: `# setup
$ ./stub up --without dashboard`,
    nextStep: 'Prove the same with a stub on loopback, inside the tree.',
  },
  'note-contradicts-role': {
    title: 'The note behind an output contradicts the role of its step',
    why: 'A red step that passes, or a green one that fails, is the opposite of the proof that it is meant to be.',
    wrong: `# green
$ ./probe.sh
→? 22 ← FAILS`,
    right: `# red @7904dae
$ ./probe.sh
→? 22 ← FAILS`,
    nextStep: 'Correct the note, or the role above the step.',
  },
};

export const controlsWording: Record<RuleOf<'controls'>, Wording> = {
  toothless: {
    title: 'The negative control passes',
    why: 'The thing was broken on purpose and the check did not notice, so its green says nothing.',
    wrong: `# neg +no-proxy.diff
$ ./probe.sh
→? 0`,
    right: `# neg +no-proxy.diff
$ ./probe.sh
→? 7`,
    nextStep: 'Make the check notice the mutation, and record again.',
  },
  noop: {
    title: 'The mutation of a negative control changed nothing',
    why: 'The check ran on the same bytes as green; that it can fail was not shown.',
    wrong: `# neg +no-proxy.diff
$ git apply no-proxy.diff && git diff --stat
nothing`,
    right: `# neg +no-proxy.diff
$ git apply no-proxy.diff && git diff --stat
 runner/proxy.py | 2 +-`,
    nextStep: 'Write a patch that changes what the check is about.',
  },
  void: {
    title: 'The negative control broke the check itself',
    why: 'A crash or a failed build also exits with an error, but the check never got to look; nor did it where the control runs something else than green.',
    wrong: `# neg +no-proxy.diff
$ ./probe.sh
→2 SyntaxError: invalid syntax
→? 1`,
    right: `# neg +no-proxy.diff
$ ./probe.sh
→2~ curl: (7) Failed to connect [..]
→? 7`,
    nextStep: 'Break the subject, not the instrument, and expect the line that detection prints.',
  },
  'pre-red': {
    title: 'The check failed before the mutation',
    why: 'A check that fails anyway shows nothing by failing after the mutation.',
    wrong: `# neg +no-proxy.diff
$ ./probe.sh          (before the patch)
→? 7
$ ./probe.sh          (after the patch)
→? 7`,
    right: `# neg +no-proxy.diff
$ ./probe.sh          (before the patch)
→? 0
$ ./probe.sh          (after the patch)
→? 7`,
    nextStep: 'Get green first, then record the negative control.',
  },
};
