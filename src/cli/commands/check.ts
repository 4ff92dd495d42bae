import { changeBaseline, type BaselineChange } from '../../edits/change-baseline.ts';
import { withLock } from '../../edits/with-lock.ts';
import { openRepository } from '../../git/open-repository.ts';
import { exitCode, type ExitCode } from '../../contract/exit-codes.ts';
import { Failure } from '../../contract/failure.ts';
import type { CheckReport } from '../../reports/check/check-report.ts';
import { renderGithub } from '../../reports/check/github.ts';
import { renderJunit } from '../../reports/check/junit.ts';
import { renderMarkdown } from '../../reports/check/markdown.ts';
import { renderSarif } from '../../reports/check/sarif.ts';
import { renderCheck } from '../../reports/check/text.ts';
import { makeSafe } from '../../reports/safe-text.ts';
import type { View } from '../../reports/view.ts';
import { checkDocket } from '../../rules/check/check-docket.ts';
import type { CheckResult, CheckScope } from '../../rules/check/check-result.ts';
import { parseRange } from '../../rules/check/check-range.ts';
import { toDiagnostic, type Finding } from '../../rules/engine/finding.ts';
import { explainRules } from '../../rules/wording.ts';
import { isGiven, valueOf, type Invocation, type Options } from '../invocation.ts';
import { fixCheck, renderFix } from '../fix-check.ts';
import { answer, type Outcome } from '../outcome.ts';

const renderers: Readonly<Record<string, (report: CheckReport, view: View) => string>> = {
  text: (report, view) => renderCheck(makeSafe(report), view),
  github: renderGithub,
  markdown: renderMarkdown,
  junit: (report) => renderJunit(report, explainRules()),
  sarif: (report) => renderSarif(report, explainRules()),
};

/** `docket check [--staged | --range A..B|ci | --all] [--format F] [--fix | --write-baseline]`. */
export async function run({ options, globals }: Invocation): Promise<Outcome> {
  const format = valueOf(options, '--format');
  if (globals.json && format !== null && format !== 'json') throw new Failure('usage', `Unexpected --json beside --format ${format}, expected one of them.`, { next: `docket check --format ${format}` });
  const { at, cache, role, afterVerdict } = globals;
  const asked = scopeOf(options, at);
  const scope = asked.kind === 'build' ? await rangeScope(globals.dir) : asked;
  const check = (): Promise<CheckResult> => checkDocket(globals.dir, { at, cache, role, afterVerdict, scope });
  const dryRun = isGiven(options, '--dry-run');
  if (isGiven(options, '--fix')) {
    if (isGiven(options, '--write-baseline')) throw new Failure('usage', 'Unexpected --fix with --write-baseline, expected one of them.', { next: 'docket check --fix' });
    const { fix, result: fixed } = await fixCheck(globals.dir, check, { cache, dryRun });
    const outcome = outcomeOf(fixed, format, globals.json);
    const data = { ...outcome.data, ...fix, dryRun };
    return dryRun ? answer({ data, render: (shown) => `${shown.diff}${renderFix(shown)}` }) : { ...outcome, data, text: (view) => `${format === null || format === 'text' ? renderFix(makeSafe(fix)) : ''}${outcome.text(view)}` };
  }
  const result = await check();
  if (isGiven(options, '--write-baseline') && result.diagnostics.some(({ rule }) => rule === 'isolation')) throw new Failure('usage', 'A baseline is written by who may read all of the record, and journals are hidden from the Adversary before the verdict.', { next: 'docket check --write-baseline --after-verdict' });
  if (isGiven(options, '--write-baseline')) return writeBaseline(globals.dir, result, dryRun);
  return outcomeOf(result, format, globals.json);
}

function outcomeOf(result: CheckResult, format: string | null, asked: boolean): Outcome {
  const json = asked || format === 'json';
  const { findings, baseline, waived, checked } = result;
  return {
    exitCode: exitOf(result),
    data: { findings, baseline, waived, checked },
    diagnostics: [...result.diagnostics, ...(json ? findings.map(toDiagnostic) : [])],
    next: nextOf(findings),
    notes: [],
    nextIsAnswer: false,
    text: (view) => (renderers[format ?? 'text'] ?? renderCheck)(result, view),
  };
}

/** The range of the build that this runs in. Loaded when it is asked for. */
async function rangeScope(dir: string): Promise<CheckScope> {
  const { rangeOfBuild } = await import('../../agents/ci/range-of-build.ts');
  return { kind: 'range', range: await rangeOfBuild(await openRepository(dir), process.env) };
}

function scopeOf(options: Options, at: string | null): CheckScope | { kind: 'build' } {
  const given = ['--staged', '--range', '--all'].filter((name) => isGiven(options, name));
  if (given.length > 1) throw new Failure('usage', `Unexpected ${given.join(' with ')}, expected one of them.`, { next: `docket check ${given[0] === '--range' ? '--range A..B' : (given[0] ?? '')}` });
  if (at !== null && (given[0] === '--staged' || given[0] === '--range')) throw new Failure('usage', `Unexpected --at with ${given[0]}, which says itself what is judged.`, { next: 'docket check --at REV' });
  const range = valueOf(options, '--range');
  if (range === 'ci') return { kind: 'build' };
  if (range !== null) return { kind: 'range', range: parseRange(range) };
  return { kind: isGiven(options, '--staged') ? 'staged' : isGiven(options, '--all') ? 'all' : 'state' };
}

/** Keeps what was found as known: all of it where there is no baseline yet, else what the baseline knows and still is. */
async function writeBaseline(dir: string, { all, checked }: CheckResult, dryRun: boolean): Promise<Outcome> {
  if (checked.mode !== 'worktree' && checked.mode !== 'all') throw new Failure('usage', `Unexpected --write-baseline for ${checked.mode}, expected the working tree.`, { next: 'docket check --all --write-baseline' });
  const { commonDir, root } = await openRepository(dir);
  const write = (): Promise<BaselineChange> => Promise.resolve(changeBaseline(root, all, dryRun));
  const change = dryRun ? await write() : await withLock(commonDir, write);
  return answer({
    data: { ...change, dryRun },
    render: ({ known, gone, path, diff }) => (dryRun ? diff : `${path}: ${known} known, ${gone} gone\n`),
    next: change.written && !dryRun ? [`git add :/${change.path}`] : [],
  });
}

/** What cannot be read cannot be judged, whatever else was found. */
function exitOf({ findings, diagnostics }: CheckResult): ExitCode {
  if (diagnostics.some(({ rule }) => rule === 'unreadable' || rule === 'config')) return exitCode.usage;
  return findings.some(({ level }) => level === 'error') ? exitCode.no : exitCode.yes;
}

/** The commands that the findings call for, the gravest first, and the meaning of the first rule. */
function nextOf(findings: readonly Finding[]): string[] {
  const [gravest] = findings.toSorted((a, b) => weight(b) - weight(a));
  if (gravest === undefined) return [];
  const commands = [gravest, ...findings].flatMap(({ next, level }) => (level !== 'info' && next !== null && /^(?:docket|git) [^.]*$/u.test(next) ? [next] : []));
  return [...new Set([...commands, `docket explain ${gravest.rule}`])].slice(0, 4);
}

function weight({ level }: Finding): number {
  return level === 'error' ? 2 : level === 'warning' ? 1 : 0;
}
