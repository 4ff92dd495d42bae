import type { CommandSpec } from './command-spec.ts';

export const ledgerCommands = [
  {
    name: 'sync',
    summary: 'close deferred items whose fix has landed; reopen those whose fix was reverted',
    arguments: [],
    options: [
      { name: '--landing', value: 'REF', summary: 'the ref on which a fix has landed; else the config, origin/HEAD, the current branch' },
      { name: '--accept-words', value: null, summary: 'a commit that declares a closing in words alone closes too' },
      { name: '--dry-run', value: null, summary: 'only print what would change, as a unified diff' },
    ],
    exitCodes: [0, 2, 70, 75],
    examples: ['docket sync --dry-run', 'docket sync --landing origin/main --json'],
    access: 'write',
  },
  {
    name: 'check',
    summary: 'is the record consistent: every rule of docket explain',
    arguments: [],
    options: [
      { name: '--staged', value: null, summary: 'what is staged, never the working tree: what the commit touches or makes wrong' },
      { name: '--range', value: 'A..B', summary: 'each commit of the range, as it stood; ci: the range of the build that this runs in' },
      { name: '--all', value: null, summary: 'history too: every commit, and what only history has' },
      { name: '--write-baseline', value: null, summary: 'keep what is found as known, in machine-docs/docket-baseline.json; one that is there only shrinks' },
      { name: '--fix', value: null, summary: 'mend in the working tree what can be mended without a choice, then judge it again' },
      { name: '--dry-run', value: null, summary: 'with --fix or --write-baseline: only print what would change, as a unified diff' },
      { name: '--format', value: 'FORMAT', summary: 'how the answer is written (default: text)', values: ['text', 'json', 'sarif', 'github', 'junit', 'markdown'], closed: true },
    ],
    exitCodes: [0, 1, 2, 70, 75],
    examples: ['docket check', 'docket check --staged', 'docket check --all --json', 'docket check --range HEAD~1..HEAD', 'docket check --fix --dry-run', 'docket check --format sarif'],
    access: 'read',
  },
  {
    name: 'gate',
    summary: 'may a gate be claimed, or its phase be called done: is there evidence that failed before, passes now, can fail, and is about this code',
    arguments: [{ name: 'GATE', summary: 'PHASE/GATE, or the gate alone where only one phase has it; with --for done a phase will do', required: true, variadic: false }],
    options: [
      { name: '--for', value: 'WHAT', summary: 'claim (default) or done', values: ['claim', 'done'], closed: true },
      { name: '--replay', value: null, summary: 'replay the evidence cold now and believe only that; executes what was consented to' },
      { name: '--consent', value: 'DIGEST', many: true, summary: 'with --replay: consent to exactly the commands that have this digest' },
    ],
    exitCodes: [0, 1, 2, 3, 4, 70],
    examples: ['docket gate pxgate/M1', 'docket gate pxgate/M1 --replay', 'docket gate pxgate --for done --json'],
    access: 'read',
  },
] as const satisfies readonly CommandSpec[];
