import { checkIndex } from '../../rules/quick/check-index.ts';
import type { IndexCheck } from '../../rules/quick/index-check.ts';
import { changesHookPaths } from '../../rules/quick/kept-check.ts';
import { openStagedCommit } from '../../rules/quick/open-staged.ts';
import { isAmending } from './find-amend.ts';
import { authorOf, passed, type HookAnswer, type HookContext } from './hook-answer.ts';

/** `pre-commit`: refuses a commit whose staged documents are in error. Judges the index, never the working tree. */
export async function preCommit({ dir, environment, cache, role, clock, commit: opened }: HookContext): Promise<HookAnswer> {
  const commit = opened ?? (await openStagedCommit(dir, { cache, amends: isAmending() }));
  const check = await checkIndex(commit, { role, author: authorOf(environment), clock });
  if (changesHookPaths(commit)) {
    const { refreshHookPaths } = await import('../install/hook-paths.ts');
    await refreshHookPaths(dir, commit.repository.commonDir);
  }
  const note = check.left.length === 0 ? '' : tellLeft(check.left);
  if (check.findings.length + check.diagnostics.length > 0) return { exitCode: 1, text: (await renderRefusal(check)) + note };
  return note === '' ? passed : { exitCode: 0, text: note };
}

function tellLeft(left: readonly string[]): string {
  return `docket: this clone has not read its record yet, so only what is staged was judged; left to a check of all: ${left.join(', ')}.\n  → docket check --staged\n`;
}

async function renderRefusal({ findings, diagnostics, documents, left: _left, ...accepted }: IndexCheck): Promise<string> {
  const [{ renderFindings }, { renderDiagnostics }, { makeSafe }, { plainView }] = await Promise.all([
    import('./render-findings.ts'),
    import('../../reports/diagnostics-text.ts'),
    import('../../reports/safe-text.ts'),
    import('../../reports/view.ts'),
  ]);
  const unreadable = renderDiagnostics(makeSafe(diagnostics), plainView, diagnostics.length);
  const found = findings.length === 0 ? '' : await renderFindings(findings, documents, accepted);
  return `docket: this commit is refused; nothing is lost, mend it and commit again.\n\n${unreadable}${found}`;
}
