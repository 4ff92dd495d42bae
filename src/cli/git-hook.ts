import { exitCode } from '../contract/exit-codes.ts';
import { Failure } from '../contract/failure.ts';
import { surroundings, type HookAnswer, type HookContext } from '../agents/git-hooks/hook-answer.ts';
import type { StagedCommit } from '../rules/quick/open-staged.ts';
import { writeAll } from './print.ts';

type GitHook = (context: HookContext, args: readonly string[]) => Promise<HookAnswer>;

const hooks: Readonly<Record<string, () => Promise<GitHook>>> = {
  'pre-commit': async () => (await import('../agents/git-hooks/pre-commit.ts')).preCommit,
  'commit-msg': async () => (await import('../agents/git-hooks/commit-msg.ts')).commitMsg,
  'post-merge': async () => (await import('../agents/git-hooks/post-merge.ts')).postMerge,
  'pre-push': async () => (await import('../agents/git-hooks/pre-push.ts')).prePush,
};

/** Does git have a hook of this name that docket serves? */
export function isGitHook(name: string): boolean {
  return Object.hasOwn(hooks, name);
}

/** What a hook answers. A broken configuration refuses, with its place: git's hooks end with 0 or 1. */
export async function answerGitHook(name: string, context: HookContext, args: readonly string[]): Promise<HookAnswer> {
  try {
    const hook = await hooks[name]?.();
    return (await hook?.(context, args)) ?? { exitCode: exitCode.usage, text: '' };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { escapeControls } = await import('../reports/safe-text.ts');
    return { exitCode: exitCode.no, text: `docket: ${escapeControls(error.message)}${error.next === null ? '' : `\n  → ${escapeControls(error.next)}`}\n` };
  }
}

/** Runs what git calls: no command line is parsed and nothing is loaded that a commit without documents does not need. */
export async function runGitHook(name: string, args: readonly string[], commit?: StagedCommit): Promise<void> {
  const { exitCode: code, text } = await answerGitHook(name, { ...surroundings(process.env), ...(commit === undefined ? {} : { commit }) }, args);
  await writeAll(process.stderr, text);
  process.exitCode = code;
}
