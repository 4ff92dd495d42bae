import type { CommandSpec } from './command-spec.ts';

export const proveCommands = [
  {
    name: 'repro lint',
    summary: 'what reproductions lack to be evidence; executes nothing',
    arguments: [{ name: 'PATH', summary: 'documents or folders; all documents without one', required: false, variadic: true }],
    options: [],
    exitCodes: [0, 1, 2, 70],
    examples: ['docket repro lint', 'docket repro lint machine-docs/JOURNAL-pxgate.md --json'],
    access: 'read',
  },
] as const satisfies readonly CommandSpec[];
