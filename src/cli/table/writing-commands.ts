import type { CommandSpec } from './command-spec.ts';
import { bodyOptions, writeOptions } from './write-options.ts';

const exitCodes = [0, 2, 70, 75] as const;

export const writingCommands = [
  {
    name: 'journal add',
    summary: "append an entry to a phase's journal",
    arguments: [],
    options: [
      { name: '--phase', value: 'P', summary: 'whose journal; the default phase of the configuration without it' },
      { name: '--title', value: 'T', summary: 'what the entry is about' },
      ...bodyOptions,
      ...writeOptions,
    ],
    exitCodes,
    examples: ["docket journal add --phase pxgate --title 'Phase start' --body '**Next:** claim M1.'", "docket journal add --phase pxgate --title 'Root cause found' -F notes.md --dry-run"],
    access: 'write',
  },
] as const satisfies readonly CommandSpec[];
