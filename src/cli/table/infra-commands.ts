import type { ArgumentSpec, CommandSpec, OptionSpec } from './command-spec.ts';

const specOption: OptionSpec = { name: '--spec', value: 'FILE', summary: 'the specification, from the current folder; else machine-docs/infra.yaml of the repository' };
const folderOptions: readonly OptionSpec[] = [
  specOption,
  { name: '--state-dir', value: 'DIR', summary: "instead of the specification's state_dir, else a folder below the user's state folder" },
  { name: '--alerts-dir', value: 'DIR', summary: "instead of the specification's alerts_dir, else alerts/ beside the state" },
];
const journalOptions: readonly OptionSpec[] = [
  { name: '--journal', value: null, summary: 'write what came of it into the journal of a phase' },
  { name: '--phase', value: 'P', summary: 'whose journal; the default phase of the configuration without it' },
];
const dryRun: OptionSpec = { name: '--dry-run', value: null, summary: 'only print what would change, as a unified diff' };
const apps: ArgumentSpec = { name: 'APP', summary: 'only these apps; all without one', required: false, variadic: true };
const oneApp: ArgumentSpec = { name: 'APP', summary: 'the app', required: true, variadic: false };

export const infraCommands = [
  {
    name: 'infra check',
    summary: 'ask every health gate once, all at a time; nothing is deployed',
    arguments: [apps],
    options: [
      ...folderOptions,
      ...journalOptions,
      { name: '--record', value: 'NAME', summary: 'record this check as a reproduction of that name, so that it can carry a claim' },
      { name: '--claim', value: 'GATE', summary: 'with --record: the gate that it is for' },
      { name: '--red', value: 'REV', summary: 'with --record: the revision before the fix, at which the same check has to fail' },
    ],
    exitCodes: [0, 1, 2, 3, 5, 70, 75],
    examples: ['docket infra check', 'docket infra check traefik --json', 'docket infra check traefik --record traefik-gate --claim pxgate/M1 --red HEAD~1'],
    access: 'none',
  },
  {
    name: 'infra reconcile',
    summary: 'bring every app to its wanted version: deploy, health gate, commit, or roll back and raise an alert',
    arguments: [apps],
    options: [...folderOptions, ...journalOptions],
    exitCodes: [0, 1, 2, 3, 5, 70, 75],
    examples: ['docket infra reconcile', 'docket infra reconcile traefik --state-dir /var/lib/docket --json', 'docket infra reconcile --journal --phase pxgate'],
    access: 'none',
  },
  {
    name: 'infra order',
    summary: 'what waits for what at start, gates included; a gate that waits for what waits for it is a cycle',
    arguments: [{ name: 'UNIT', summary: 'what this unit waits for and what waits for it, direct and through others', required: false, variadic: false }],
    options: [specOption, { name: '--format', value: 'FORMAT', summary: 'a drawing instead of text', values: ['text', 'mermaid', 'dot'], closed: true }],
    exitCodes: [0, 1, 2, 3, 70],
    examples: ['docket infra order', 'docket infra order deploy-proxy', 'docket infra order --at HEAD~1', 'docket infra order --format dot'],
    access: 'read',
  },
  {
    name: 'infra controls',
    summary: 'show that gates can fail: by their conditions, against loopback ports, and on request by breaking an app and restoring it',
    arguments: [apps],
    options: [...folderOptions, { name: '--allow-break', value: 'APP', summary: 'this app may be broken on purpose, as its negative_controls say', many: true }, ...journalOptions],
    exitCodes: [0, 1, 2, 3, 5, 70, 75],
    examples: ['docket infra controls', 'docket infra controls traefik --allow-break traefik'],
    access: 'none',
  },
  {
    name: 'infra alerts',
    summary: 'open and closed alerts, oldest first',
    arguments: [apps],
    options: [...folderOptions, { name: '--closed', value: null, summary: 'show closed ones in the text as well; --json has them always' }],
    exitCodes: [0, 2, 70],
    examples: ['docket infra alerts', 'docket infra alerts traefik --json'],
    access: 'none',
  },
  {
    name: 'infra alerts close',
    summary: 'close an alert with a reason; its file moves to closed/ and is never deleted',
    arguments: [{ name: 'ID', summary: 'the name of its file, or any unique tail of it', required: true, variadic: false }],
    options: [
      { name: '--reason', value: 'WORD', summary: 'why it is over: false-alarm, fixed, …' },
      { name: '--evidence', value: 'TEXT', summary: 'what shows it: an entry, a commit, a line of evidence' },
      { name: '--by', value: 'WHO', summary: 'who closes it; else the role, else the user' },
      dryRun,
      ...folderOptions,
      ...journalOptions,
    ],
    exitCodes: [0, 2, 70, 75],
    examples: ['docket infra alerts close traefik-unhealthy-on-latest --reason false-alarm'],
    access: 'write',
  },
  {
    name: 'infra state',
    summary: 'what is remembered of every app: phase, last good version, versions that failed',
    arguments: [apps],
    options: folderOptions,
    exitCodes: [0, 2, 5, 70],
    examples: ['docket infra state', 'docket infra state traefik --json'],
    access: 'none',
  },
  {
    name: 'infra state resume',
    summary: 'a person has looked after an app that was stuck: the next run may begin',
    arguments: [oneApp],
    options: [dryRun, ...folderOptions],
    exitCodes: [0, 2, 70, 75],
    examples: ['docket infra state resume traefik'],
    access: 'write',
  },
  {
    name: 'infra state retry',
    summary: 'have the wanted version tried once more, though it failed before',
    arguments: [oneApp],
    options: [dryRun, ...folderOptions],
    exitCodes: [0, 2, 5, 70, 75],
    examples: ['docket infra state retry traefik'],
    access: 'write',
  },
  {
    name: 'infra state repair',
    summary: 'put a fresh state in the place of one that cannot be read; the old file stays beside it',
    arguments: [oneApp],
    options: [dryRun, ...folderOptions],
    exitCodes: [0, 2, 70, 75],
    examples: ['docket infra state repair traefik'],
    access: 'write',
  },
] as const satisfies readonly CommandSpec[];
