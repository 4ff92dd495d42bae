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
    name: 'help',
    summary: 'help for a command',
    arguments: [{ name: 'COMMAND', summary: 'the words of a command', required: false, variadic: true }],
    options: [],
    exitCodes: [0, 2, 70],
    examples: ['docket help', 'docket help list'],
    access: 'none',
  },
] as const satisfies readonly CommandSpec[];
