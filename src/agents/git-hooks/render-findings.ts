import type { Finding } from '../../rules/engine/finding.ts';

/** Findings as git shows them to a person; loaded only where there are some. */
export async function renderFindings(findings: readonly Finding[], documents: number, accepted = { known: 0, waived: 0 }): Promise<string> {
  const [{ renderCheck }, { makeSafe }, { plainView }] = await Promise.all([import('../../reports/check/text.ts'), import('../../reports/safe-text.ts'), import('../../reports/view.ts')]);
  const { known, waived } = accepted;
  return renderCheck(makeSafe({ findings, baseline: { known }, waived, checked: { mode: 'index', revision: null, documents, commits: 0, rules: 0 } }), plainView);
}
