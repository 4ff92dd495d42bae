import { outputLines } from '../match/output-lines.ts';
import { matchStream } from '../match/match-output.ts';
import { scriptOf } from '../types.ts';
import type { Observation, Reproduction, Step } from '../types.ts';
import { predictOutput } from './predict-output.ts';
import type { LintFinding } from './types.ts';

/** What commands are known to have printed, from receipts: the script of a step → its outputs. */
export type KnownOutputs = ReadonlyMap<string, readonly string[]>;

/**
 * Finds output that was retold: written otherwise than the command can print it, or otherwise than a recording of the
 * same command printed it while saying the same. Literal lines only; a pattern does not claim to be a quotation.
 */
export function findParaphrases(reproduction: Reproduction, known: KnownOutputs): LintFinding[] {
  return reproduction.steps.flatMap((step) => {
    const last = step.commands.at(-1);
    const quoted = step.observations.filter((each) => each.stream === 'stdout' && each.mode === 'plain' && each.text !== '…' && each.text !== '...');
    if (last === undefined || quoted.length === 0) return [];
    return quoted.flatMap((observation) => {
      const expected = retoldFromWords(last.text, observation, quoted) ?? retoldFromRecord(step, observation, known);
      return expected === null ? [] : [finding(observation, expected)];
    });
  });
}

function retoldFromWords(command: string, observation: Observation, quoted: readonly Observation[]): string | null {
  const prediction = predictOutput(command);
  if (prediction === null) return null;
  const whole = quoted.map((each) => each.text).join('\n').trim();
  return prediction.accepts.test(whole) || (quoted.length > 1 && prediction.accepts.test(observation.text.trim())) ? null : prediction.what;
}

/** A line that holds what was printed, and more. */
function retoldFromRecord(step: Step, observation: Observation, known: KnownOutputs): string | null {
  const outputs = known.get(scriptOf(step)) ?? [];
  if (outputs.some((output) => matchStream([{ ...observation, mode: 'plain' }], 'stdout', output, {}) === null)) return null;
  const printed = outputs.flatMap(outputLines).map((line) => line.trim());
  if (printed.includes(observation.text.trim())) return null;
  const retold = printed.find((line) => line !== '' && observation.text.includes(line));
  return retold === undefined ? null : JSON.stringify(retold);
}

function finding(observation: Observation, expected: string): LintFinding {
  const text = observation.text.length > 80 ? `${observation.text.slice(0, 79)}…` : observation.text;
  return {
    rule: 'paraphrased-output', line: observation.line, endLine: observation.line,
    message: `Unexpected ${JSON.stringify(text)}, expected ${expected}: the command does not print this`,
    next: 'Write what the command printed, and move remarks behind ←.',
  };
}
