/** The hooks of git that docket serves. */
export const hookNames = ['pre-commit', 'commit-msg', 'post-merge', 'pre-push'] as const;
export type HookName = (typeof hookNames)[number];

/** Those that are put in place where nobody names any: the others change or hold up what is done already. */
export const defaultHooks: readonly HookName[] = ['pre-commit', 'commit-msg'];

/** Who looks after the hooks of a repository: nobody but git, or a program with a file of its own. */
export const managerNames = ['plain', 'husky', 'lefthook', 'pre-commit'] as const;
export type ManagerName = (typeof managerNames)[number];
