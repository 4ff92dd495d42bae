import type { CommandSpec } from './command-spec.ts';
import { bodyOptions, writeOptions } from './write-options.ts';

const [, fileOption] = bodyOptions;
const forceOptions = [
  { name: '--force', value: null, summary: 'write it although it is refused; the reason stays visible in the file and in docket status' },
  { name: '--reason', value: 'TEXT', summary: 'why it is forced' },
] as const;

export const gateCommands = [
  {
    name: 'claim',
    summary: 'claim a gate; refused, as by docket gate, without recorded evidence',
    arguments: [{ name: 'GATE', summary: 'PHASE/GATE, such as pxgate/M1', required: true, variadic: false }],
    options: [
      { name: '--what', value: 'TEXT', summary: 'what is claimed' },
      { name: '--how', value: 'TEXT', summary: 'how to check it from a fresh clone: the commands' },
      { name: '--expected', value: 'TEXT', summary: 'what they print' },
      { name: '--where', value: 'TEXT', summary: 'the files and commits' },
      { name: '--teeth', value: 'TEXT', summary: 'what shows that the check can fail' },
      ...(fileOption ? [{ ...fileOption, summary: 'take all of it from a file, with WHAT, HOW, EXPECTED and WHERE as headings or bold leads; - is stdin' }] : []),
      ...forceOptions,
      ...writeOptions,
    ],
    exitCodes: [0, 1, 2, 70, 75],
    examples: ["docket claim pxgate/M1 --what 'the gate asks the proxy itself' --how '`./probe.sh`' --expected '`./probe.sh` exits 0' --where '`probe.sh`'", 'docket claim pxgate/M1 -F claim.md --dry-run'],
    access: 'write',
  },
  {
    name: 'verdict',
    summary: 'judge a gate in the review of its phase',
    arguments: [
      { name: 'GATE', summary: 'PHASE/GATE, such as pxgate/M1', required: true, variadic: false },
      { name: 'RESULT', summary: 'what it comes to', required: true, variadic: false, values: ['pass', 'fail', 'conditional'], closed: true },
    ],
    options: [{ name: '--claim', value: 'SHA', summary: 'the commit of the claim that was judged; that of the last claim without it' }, ...bodyOptions, ...writeOptions],
    exitCodes: [0, 2, 70, 75],
    examples: ["docket verdict pxgate/M1 pass --body 'Replayed cold: `./probe.sh` exits 0, and 7 without the proxy.'", 'docket verdict pxgate/M1 fail --claim HEAD~1 -F notes.md'],
    access: 'write',
  },
  {
    name: 'done',
    summary: 'mark a phase as done; refused while docket status names anything missing',
    arguments: [{ name: 'PHASE', summary: 'the phase', required: true, variadic: false }],
    options: [...forceOptions, ...bodyOptions, ...writeOptions],
    exitCodes: [0, 1, 2, 70, 75],
    examples: ['docket done pxgate', "docket done pxgate --force --reason 'the operator closes the phase'"],
    access: 'write',
  },
  {
    name: 'veto',
    summary: 'forbid a phase, or one of its gates, to go on',
    arguments: [{ name: 'SCOPE', summary: 'PHASE or PHASE/GATE', required: true, variadic: false }],
    options: [{ name: '--reason', value: 'TEXT', summary: 'why' }, ...bodyOptions, ...writeOptions],
    exitCodes: [0, 2, 70, 75],
    examples: ["docket veto pxgate --reason 'the rollback was never tried'", "docket veto pxgate/M2 --reason 'the probe answers without the proxy'"],
    access: 'write',
  },
  {
    name: 'veto lift',
    summary: 'lift a veto that stands',
    arguments: [{ name: 'ID', summary: 'the veto: veto:pxgate/1, or pxgate/1', required: true, variadic: false }],
    options: [{ name: '--why', value: 'TEXT', summary: 'what has changed' }, ...writeOptions],
    exitCodes: [0, 2, 70, 75],
    examples: ["docket veto lift veto:pxgate/1 --why 'the rollback is shown in pxgate-m2'"],
    access: 'write',
  },
  {
    name: 'phase open',
    summary: 'open a phase: its four documents, its gates, its place in the order',
    arguments: [{ name: 'PHASE', summary: 'its id: letters and digits', required: true, variadic: false }],
    options: [
      { name: '--plan', value: 'PATH', summary: 'the plan of the phase, in this repository or elsewhere' },
      { name: '--gates', value: 'M1,M2', summary: 'its gates', many: true },
      { name: '--dry-run', value: null, summary: 'only print what would be written, as a unified diff' },
    ],
    exitCodes: [0, 2, 70, 75],
    examples: ['docket phase open 2w --gates M1,M2', 'docket phase open 2w --plan machine-docs/plan-phase-2w-warm.md --dry-run'],
    access: 'write',
  },
  {
    name: 'waive',
    summary: 'accept a finding for a while: a decision that says until when, by whom and why',
    arguments: [
      { name: 'TARGET', summary: 'of what: an entry, a gate or a path', required: true, variadic: false },
      { name: 'RULE', summary: 'which rule (docket explain lists them)', required: true, variadic: false },
    ],
    options: [
      { name: '--until', value: 'DATE', summary: 'the last day on which it counts' },
      { name: '--by', value: 'WHO', summary: 'whose word it is' },
      { name: '--why', value: 'TEXT', summary: 'why it is accepted' },
      ...writeOptions,
    ],
    exitCodes: [0, 2, 70, 75],
    examples: ["docket waive pxgate/M1 claim-without-evidence --until 2099-12-01 --by operator --why 'the host is rebuilt this week'"],
    access: 'write',
  },
] as const satisfies readonly CommandSpec[];
