import type { ExitCode } from '../../contract/exit-codes.ts';
import { answerGitHook } from '../git-hook.ts';
import type { Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';

/** `docket hook NAME [ARGUMENT…]`, with options of the command line; without any, git's calls go past it. */
export async function run({ arguments: [name = '', ...args], globals }: Invocation): Promise<Outcome> {
  const { dir, cache, role } = globals;
  const { exitCode, text } = await answerGitHook(name, { dir, environment: process.env, cache, role, clock: Date.now() / 1000 }, args);
  return answer({ data: { hook: name, passed: exitCode === 0, text }, render: (data) => data.text, exitCode: exitCode as ExitCode });
}
