import type { RuleOf } from '../rule-ids.ts';
import type { Wording } from './wording.ts';

export const freshnessWording: Record<RuleOf<'freshness'>, Wording> = {
  tampered: {
    title: 'A reproduction no longer fits its receipt',
    why: 'A command, an output or the receipt was changed after the run, or the receipt was copied from elsewhere, as from another phase: this was never run. Whoever writes the journal can also recompute every digest; that only a cold replay shows (docket gate GATE --replay).',
    wrong: `# green
$ ./probe.sh --lenient
→? 0
<!-- docket-receipt v1 {"id":"pxgate-m1", … written for ./probe.sh … } -->`,
    right: `# green
$ ./probe.sh
→? 0
<!-- docket-receipt v1 {"id":"pxgate-m1", … written for ./probe.sh … } -->`,
    nextStep: 'Record the reproduction again; never edit a recorded one.',
  },
  'receipt-unreadable': {
    title: 'The receipt of a reproduction cannot be read',
    why: 'What cannot be read proves nothing, and a gate that rests on it is refused.',
    wrong: `<!-- docket-receipt v1 {"id":"pxgate-m1", … cut off -->`,
    right: `<!-- docket-receipt v1 {"id":"pxgate-m1", … canonical JSON on one line … } -->`,
    nextStep: 'Record the reproduction again; never edit or shorten a receipt.',
  },
  'duplicate-reproduction': {
    title: 'Two reproductions have one id and are not chained',
    why: 'It cannot be told which of them a claim means, so both are judged and the gate is refused.',
    wrong: `\`\`\`console repro id=pxgate-m1 claim=M1
\`\`\`
\`\`\`console repro id=pxgate-m1 claim=M1
\`\`\``,
    right: `\`\`\`console repro id=pxgate-m1 claim=M1
\`\`\`
\`\`\`console repro id=pxgate-m1-tls claim=M1
\`\`\``,
    nextStep: 'Give the later one an id of its own, or record it again so that its receipt names the first.',
  },
  'unresolved-base': {
    title: 'The base of a red step cannot be found',
    why: 'Without the code as it was before the change, that the check failed on it is only said.',
    wrong: `# red @4c1d9e7
$ ./probe.sh
→? 22

$ git rev-parse 4c1d9e7
fatal: ambiguous argument '4c1d9e7': unknown revision`,
    right: `# red @7904dae
$ ./probe.sh
→? 22

$ git rev-parse --short 7904dae
7904dae`,
    nextStep: 'Name a revision that is in the history, or fetch the one that is named.',
  },
  'inputs-too-narrow': {
    title: 'Nothing among the inputs of a reproduction changed between red and green',
    why: 'The same command failed before and passes now, but what made the difference is not among its inputs; whatever changes there would never make it stale.',
    wrong: `\`\`\`console repro id=pxgate-m1 claim=M1 inputs=docs/**

$ git diff --stat 7904dae HEAD
 runner/warm_reconcile.py | 4 ++--`,
    right: `\`\`\`console repro id=pxgate-m1 claim=M1 inputs=runner/**

$ git diff --stat 7904dae HEAD
 runner/warm_reconcile.py | 4 ++--`,
    nextStep: 'Name the files that the fix is in as inputs, or leave inputs= out, and record again.',
  },
  'stale-code': {
    title: 'The code changed after the recording',
    why: 'The proof is about other code than the one that is claimed.',
    wrong: `$ git diff --stat 9f8e7d6 -- runner nix
 runner/warm_reconcile.py | 4 ++--`,
    right: `$ git diff --stat 9f8e7d6 -- runner nix
$ git diff --stat 9f8e7d6
 machine-docs/JOURNAL-pxgate.md | 12 ++++++++++++`,
    nextStep: 'Record the reproduction again at this code.',
  },
  'stale-contract': {
    title: 'The expectation was changed after the recording',
    why: 'What is expected now is not what the run was judged by; a pattern may have been widened until it fits.',
    wrong: `→~ {"Version":"[..]"}

recorded as
→ {"Version":"3.6.15"}`,
    right: `→ {"Version":"3.6.15"}

recorded as
→ {"Version":"3.6.15"}`,
    nextStep: 'Record the reproduction again with the new expectation.',
  },
  'stale-base': {
    title: 'The base of the red step is no longer in the history',
    why: 'The failure was shown on code that this branch does not come from.',
    wrong: `# red @65f8ba7

$ git merge-base --is-ancestor 65f8ba7 HEAD; echo $?
1`,
    right: `# red @452a15b

$ git merge-base --is-ancestor 452a15b HEAD; echo $?
0`,
    nextStep: 'Record red again at a commit that HEAD descends from.',
  },
  'env-drift': {
    title: 'The environment differs from that of the recording',
    why: 'Another Node, bash or system may give another result; the proof still counts, but look twice.',
    wrong: `recorded with node 20.20.0, here node 22.12.0`,
    right: `recorded with node 22.12.0, here node 22.12.0`,
    nextStep: 'Replay the reproduction here.',
  },
  lost: {
    title: 'The code of a recording is gone',
    why: 'Neither the recorded commit nor its tree exists any more; nobody can run the same code.',
    wrong: `$ git cat-file -t 9f8e7d6
fatal: Not a valid object name 9f8e7d6`,
    right: `$ git cat-file -t 9f8e7d6
commit`,
    nextStep: 'Record the reproduction again at a commit that has landed.',
  },
};
