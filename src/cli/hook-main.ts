import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isAmending } from '../agents/git-hooks/find-amend.ts';
import { authorOf, surroundings, takeSaid } from '../agents/git-hooks/hook-answer.ts';
import { changesHookPaths, isEmptyCommit, keptCheck } from '../rules/quick/kept-check.ts';
import type { runGitHook } from './git-hook.ts';
import type { IndexCheck } from '../rules/quick/index-check.ts';
import type { IndexCheckOptions } from '../rules/quick/index-check-options.ts';
import { openStagedCommit, type StagedCommit } from '../rules/quick/open-staged.ts';

/** The folder of the one file that the build makes of this. */
declare const __dirname: string;

/**
 * What the hooks of git start: one file without a module loader's work, since git waits. An index that was judged before on the same commit ends here; one that
 * needs no more than the usual parts of docket is judged by a second such file. For all else the whole of docket is loaded, with what is known already.
 */
async function main([name = '', ...args]: readonly string[]): Promise<void> {
  const commit = name === 'pre-commit' ? await openQuietly() : null;
  if (commit !== null && (await isPassed(commit))) return;
  const rest = (await import(pathToFileURL(join(__dirname, '../chunks/cli-git-hook.js')).href)) as { runGitHook: typeof runGitHook };
  await rest.runGitHook(name, args, ...(commit === null ? [] : [commit]));
}

/** Null where that fails: the whole of docket fails the same way, and says why. */
async function openQuietly(): Promise<StagedCommit | null> {
  try {
    return await openStagedCommit('.', { cache: true, amends: isAmending(), said: takeSaid(process.env) });
  } catch {
    return null;
  }
}

/** False as well where it cannot be told here. */
async function isPassed(commit: StagedCommit): Promise<boolean> {
  if (isEmptyCommit(commit)) return true;
  if (changesHookPaths(commit)) return false;
  const { role, clock } = surroundings(process.env);
  const options = { role, author: authorOf(process.env), clock };
  const check = keptCheck(commit, options) ?? (await judgeQuietly(commit, options));
  return check !== null && check.findings.length + check.diagnostics.length === 0;
}

async function judgeQuietly(commit: StagedCommit, options: IndexCheckOptions): Promise<IndexCheck | null> {
  try {
    const { checkIndex } = await import('../rules/quick/check-index.ts');
    return await checkIndex(commit, options);
  } catch {
    return null;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nRun npm bugs docket and report this with the stack.\n`);
  process.exitCode = 70;
});
