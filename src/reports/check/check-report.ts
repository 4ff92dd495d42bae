import type { Diagnostic, DiagnosticPlace, Level } from '../../contract/schema/envelope.ts';

/** A finding as reports need it. */
export interface ReportedFinding extends Diagnostic {
  commit: string | null;
  fingerprint: string;
}

/** What the formats of `check` are made from. */
export interface CheckReport {
  findings: readonly ReportedFinding[];
  /** Findings that were not told, because the baseline knows them or a waiver accepts them. */
  baseline: { known: number };
  waived: number;
  checked: { mode: string; revision: string | null; documents: number; commits: number; rules: number };
}

/** A rule as formats describe it. */
export interface ReportedRule {
  id: string;
  level: Level;
  title: string;
  why: string;
  nextStep: string;
}

/** `path:line:column`, the commit where only history has it; `-` where there is no place. */
export function whereOf(place: DiagnosticPlace | null, commit: string | null): string {
  if (place === null) return commit === null ? '-' : `commit ${commit.slice(0, 12)}`;
  const at = `${place.path}:${place.line}${place.column === undefined ? '' : `:${place.column}`}`;
  return place.rev ? `${at} (in ${place.rev.slice(0, 12)})` : at;
}

function countLevels(findings: readonly Pick<Diagnostic, 'level'>[]): Record<Level, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { level } of findings) counts[level] += 1;
  return counts;
}

/** `1 error, 2 warnings, 0 remarks; 3 known from the baseline`. */
export function summarise({ findings, baseline, waived, checked }: CheckReport): string {
  const { error, warning, info } = countLevels(findings);
  const accepted = [...(baseline.known > 0 ? [`${baseline.known} known from the baseline`] : []), ...(waived > 0 ? [`${waived} waived`] : [])];
  const what = checked.commits > 0 ? `${plural(checked.documents, 'document')}, ${plural(checked.commits, 'commit')}` : plural(checked.documents, 'document');
  return [`${plural(error, 'error')}, ${plural(warning, 'warning')}, ${plural(info, 'remark')} in ${what}`, ...accepted].join('; ');
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
