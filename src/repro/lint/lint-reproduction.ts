import { isAnyLines } from '../match/any-lines.ts';
import { checkPatterns } from '../match/check-patterns.ts';
import type { Redactions } from '../match/compile-pattern.ts';
import { comparesTwoChecks } from '../judge/sections.ts';
import { classifyCommand } from '../safety/classify-command.ts';
import type { Problem, Reproduction, Step } from '../types.ts';
import { findParaphrases } from './find-paraphrases.ts';
import type { KnownOutputs } from './find-paraphrases.ts';
import type { LintFinding } from './types.ts';

/** What is known beside the text of a reproduction. */
export interface LintContext {
  /** A readable receipt stands beside it. */
  readonly recorded: boolean;
  readonly redactions: Redactions;
  readonly known: KnownOutputs;
}

/**
 * What a written reproduction lacks to be evidence: what was not understood, output without a command, retold output,
 * steps without an exit status or a commit, commands that replay will not start, two checks compared without a
 * negative control. In the order of lines. Executes nothing and judges no recorded run.
 */
export function lintReproduction(reproduction: Reproduction, context: LintContext): LintFinding[] {
  const { steps } = reproduction;
  const findings = [
    ...reproduction.problems.concat(checkPatterns(reproduction, context.redactions)).map(fromProblem),
    ...findParaphrases(reproduction, context.known),
    ...steps.flatMap(lintStep),
    ...lintCommit(reproduction, context.recorded),
    ...lintComparison(reproduction),
  ];
  return findings.sort((a, b) => a.line - b.line);
}

function lintStep(step: Step): LintFinding[] {
  return [lintOrphan, lintExitStatus, lintEmptyContract, lintNotes, lintSafety].flatMap((lint) => lint(step));
}

function fromProblem({ rule, line, message }: Problem): LintFinding {
  return { rule, line, endLine: line, message, next: 'Write the line in the notation.' };
}

function lintOrphan(step: Step): LintFinding[] {
  const [first] = step.observations;
  if (step.commands.length > 0 || first === undefined) return [];
  return [{
    rule: 'orphan-observation', line: first.line, endLine: step.endLine,
    message: 'Unexpected output without a command, expected the command that printed it above', next: 'Write the command above its output.',
  }];
}

function isJudged(step: Step): boolean {
  return step.commands.length > 0 && (step.role === 'red' || step.role === 'green' || step.role === 'neg');
}

function lintExitStatus(step: Step): LintFinding[] {
  if (!isJudged(step) || step.observations.some((each) => each.mode === 'status')) return [];
  return [{
    rule: 'no-exit-status', line: step.line, endLine: step.endLine,
    message: `Unexpected ${step.role} step without an exit status, expected a line such as \`→? 0\``, next: 'Write how the command ended, as `→? N`.',
  }];
}

/** A contract that accepts whatever is printed can be told from nothing. */
function lintEmptyContract(step: Step): LintFinding[] {
  if (!isJudged(step) || step.observations.some((each) => !isAnyLines(each))) return [];
  return [{
    rule: 'vacuous', line: step.line, endLine: step.endLine,
    message: `Unexpected ${step.role} step that accepts any output, expected a line or a status that only ${step.role} gives`, next: 'Write what the command has to print.',
  }];
}

/** A red step that is noted as passing, or a green one as failing. */
function lintNotes(step: Step): LintFinding[] {
  const wrong = step.role === 'green' ? 'fails' : step.role === 'red' || step.role === 'neg' ? 'passes' : null;
  const noted = step.observations.find((each) => wrong !== null && each.note?.verdict === wrong);
  if (noted === undefined || step.guessed) return [];
  return [{
    rule: 'note-contradicts-role', line: noted.line, endLine: noted.line,
    message: `Unexpected note that ${step.role} ${wrong ?? ''}, expected the opposite`, next: 'Correct the note, or the role above the step.',
  }];
}

function lintSafety(step: Step): LintFinding[] {
  return step.commands.flatMap((command) => {
    const { class: found, reasons } = classifyCommand(command.text);
    if (found !== 'manual') return [];
    return [{
      rule: 'unsafe-replay', line: command.line, endLine: command.endLine,
      message: `Unexpected command that replay does not start: ${reasons.join('; ')}`, next: 'Prove the same with a stub on loopback, inside the tree.',
    }];
  });
}

function lintCommit(reproduction: Reproduction, recorded: boolean): LintFinding[] {
  if (recorded || reproduction.steps.every((step) => step.commands.length === 0)) return [];
  return [{
    rule: 'no-commit', line: reproduction.line, endLine: reproduction.endLine,
    message: 'Unexpected reproduction without a receipt, expected one that names the commit and tree that it ran on', next: 'Record it with `docket record`.',
  }];
}

function lintComparison(reproduction: Reproduction): LintFinding[] {
  const { steps } = reproduction;
  if (!comparesTwoChecks(steps) || steps.some((step) => step.role === 'neg' && step.commands.length > 0)) return [];
  return [{
    rule: 'missing-neg', line: reproduction.line, endLine: reproduction.endLine,
    message: 'Unexpected red and green with different commands, expected a neg step that shows that the check can fail', next: 'Add a neg step: break what is checked, and show that the check sees it.',
  }];
}
