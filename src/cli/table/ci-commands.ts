import type { CommandSpec } from './command-spec.ts';
import { consentOption, isolateOption } from './prove-commands.ts';

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
  {
    name: 'attest',
    summary: 'inside a build: replay recorded reproductions cold and leave a receipt of it in machine-docs/evidence/; it counts as attested with the seal of a key that ci.seals names',
    arguments: [{ name: 'NAME', summary: 'a reproduction, or a gate for all of its; all that are recorded without one', required: false, variadic: true }],
    options: [
      { name: '--plan', value: null, summary: 'only print what would be executed, with its digest; executes nothing, and works outside of a build too' },
      consentOption,
      isolateOption,
      { name: '--seal', value: 'KEYFILE', summary: 'sign the receipts with this SSH key, which only the build has' },
      { name: '--dry-run', value: null, summary: 'replay, but write no receipt' },
    ],
    exitCodes: [0, 1, 2, 3, 4, 70, 75],
    examples: ['docket attest --plan', 'docket attest pxgate/M1 --consent 9b1c7e0f4a2d6c8e1b3d5f7092a4c6e80b1d3f5a7c9e0b2d4f6a8c0e2b4d6f80', 'docket attest --seal /run/secrets/build-key'],
    access: 'write',
  },
] as const satisfies readonly CommandSpec[];
