import type { CommandSpec } from './command-spec.ts';

export const setupCommands = [
  {
    name: 'init',
    summary: 'put machine-docs/ in place; never overwrites a file',
    arguments: [],
    options: [
      { name: '--phase', value: 'P', summary: 'also the four files of this phase', many: true },
      { name: '--dry-run', value: null, summary: 'only print what would be written, as a unified diff' },
    ],
    exitCodes: [0, 2, 70],
    examples: ['docket init --dry-run', 'docket init --phase 1'],
    access: 'write',
  },
  {
    name: 'describe',
    summary: 'the command line and every default, as data',
    arguments: [],
    options: [],
    exitCodes: [0, 2, 70],
    examples: ['docket describe', 'docket describe --json'],
    access: 'none',
  },
  {
    name: 'completion',
    summary: 'a script that completes docket in a shell',
    arguments: [{ name: 'SHELL', summary: 'bash, zsh or fish', required: true, variadic: false, values: ['bash', 'zsh', 'fish'], closed: true }],
    options: [],
    exitCodes: [0, 2, 70],
    examples: ['eval "$(docket completion bash)"', 'docket completion fish'],
    access: 'none',
    hostForm: true,
  },
  {
    name: 'merge-file',
    summary: 'merge two versions of a document by entries: the git merge driver of docket',
    arguments: [
      { name: 'BASE', summary: 'the file that both come from (%O)', required: true, variadic: false },
      { name: 'OURS', summary: 'our file, whose place the result takes (%A)', required: true, variadic: false },
      { name: 'THEIRS', summary: 'their file (%B)', required: true, variadic: false },
    ],
    options: [
      { name: '--path', value: 'PATH', summary: 'the path of the document, which tells its kind (%P)' },
      { name: '--marker-size', value: 'N', summary: 'length of the conflict marks, 7 by default (%L)' },
      { name: '--dry-run', value: null, summary: 'only print what would change in OURS, as a unified diff' },
    ],
    exitCodes: [0, 1, 2, 70],
    examples: ['docket merge-file base.md DEFERRED.md theirs.md --dry-run', 'docket merge-file .merge_O .merge_A .merge_B --path machine-docs/DEFERRED.md'],
    access: 'write',
  },
  {
    name: 'install merge-driver',
    summary: 'let git merge the documents of this clone by entries, so that the appends of two clones do not conflict',
    arguments: [],
    options: [
      { name: '--uninstall', value: null, summary: 'take it out again' },
      { name: '--dry-run', value: null, summary: 'only print what would change in .gitattributes, as a unified diff' },
    ],
    exitCodes: [0, 2, 70, 75],
    examples: ['docket install merge-driver --dry-run', 'docket install merge-driver', 'docket install merge-driver --uninstall'],
    access: 'write',
  },
  {
    name: 'help',
    summary: 'help for a command',
    arguments: [{ name: 'COMMAND', summary: 'the words of a command', required: false, variadic: true }],
    options: [],
    exitCodes: [0, 2, 70],
    examples: ['docket help', 'docket help list'],
    access: 'none',
  },
] as const satisfies readonly CommandSpec[];
