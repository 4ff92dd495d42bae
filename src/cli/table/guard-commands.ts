import { agentHooks, hosts } from '../../agents/hosts/names.ts';
import { hookNames, managerNames } from '../../agents/install/names.ts';
import type { CommandSpec } from './command-spec.ts';

export const guardCommands = [
  {
    name: 'install hooks',
    summary: 'judge every commit before it is made: hooks of git, in front of those that are there, plain or by husky, lefthook, pre-commit',
    arguments: [],
    options: [
      { name: '--hook', value: 'NAME', summary: 'only these (default: pre-commit and commit-msg)', many: true, values: hookNames, closed: true },
      { name: '--manager', value: 'NAME', summary: 'who looks after the hooks, where that cannot be told', values: managerNames, closed: true },
      { name: '--yes', value: null, summary: 'put lines into files that are there already' },
      { name: '--uninstall', value: null, summary: 'take them out again; every file is then as it was' },
      { name: '--dry-run', value: null, summary: 'only print what would change, as a unified diff' },
    ],
    exitCodes: [0, 2, 70, 75],
    examples: ['docket install hooks --dry-run', 'docket install hooks --yes', 'docket install hooks --hook pre-push --hook post-merge', 'docket install hooks --uninstall'],
    access: 'write',
  },
  {
    name: 'install agents',
    summary: 'give agents what their host reads: skills, commands, hooks, the MCP server, a section of AGENTS.md; what others wrote stays',
    arguments: [],
    options: [
      { name: '--target', value: 'NAME', summary: 'the host', values: hosts, closed: true },
      { name: '--uninstall', value: null, summary: 'take it out again; every file is then as it was' },
      { name: '--dry-run', value: null, summary: 'only print what would change, as a unified diff' },
    ],
    exitCodes: [0, 2, 70, 75],
    examples: ['docket install agents --target claude --dry-run', 'docket install agents --target codex', 'docket install agents --target codex --uninstall'],
    access: 'write',
  },
  {
    name: 'hook',
    summary: 'what git or an agent host calls: judges a commit, its message, or a push; tells an agent what it may not leave undone, or what it needs on waking',
    arguments: [
      { name: 'NAME', summary: 'the name of the hook', required: true, variadic: false, values: [...hookNames, ...agentHooks], closed: true },
      { name: 'ARGUMENT', summary: 'what git gives to it; of an agent host its name', required: false, variadic: true, values: hosts },
    ],
    options: [],
    exitCodes: [0, 1, 2, 70],
    examples: ['docket hook pre-commit', 'docket hook agent-stop </dev/null', 'docket hook session-start --role adversary </dev/null'],
    access: 'none',
    hostForm: true,
  },
] as const satisfies readonly CommandSpec[];
