import type { CommandSpec } from './command-spec.ts';

export const ciCommands = [
  {
    name: 'ci status',
    summary: 'ask the forge of the configuration (ci: forge, url) for the builds of a commit; the only command that uses the network. A token comes from the variable DOCKET_CI_TOKEN alone',
    arguments: [{ name: 'REV', summary: 'the commit; HEAD without it', required: false, variadic: false }],
    options: [{ name: '--timeout', value: 'DURATION', summary: 'how long the forge may take altogether (default: 20s)' }],
    exitCodes: [0, 1, 2, 3, 70],
    examples: ['docket ci status', 'docket ci status HEAD~1 --timeout 5s --json'],
    access: 'read',
  },
] as const satisfies readonly CommandSpec[];
