import type { z } from 'zod';
import type { ExitCode } from '../contract/exit-codes.ts';
import type { describeSchema } from '../contract/schema/answers.ts';
import type { CommandSpec, OptionSpec } from './table/command-spec.ts';

export type Description = z.infer<typeof describeSchema>;

const exitMeanings: Record<ExitCode, string> = {
  0: 'yes: clean, allowed, done, nothing to do',
  1: 'no: findings at error level, gate refused, evidence rejected, unhealthy',
  2: 'usage, configuration or input that cannot be read',
  3: 'could not be determined',
  4: 'refused: consent is needed to execute something',
  5: 'stuck: a person must act',
  70: 'a bug in docket',
  75: 'somebody else holds the lock; try again',
  125: 'with --bisect: skip this commit',
  255: 'with --bisect: stop',
};

/** A command of the table as `docket describe` gives it. */
export function describeCommand(spec: CommandSpec): Description['commands'][number] {
  return {
    name: spec.name,
    summary: spec.summary,
    arguments: spec.arguments.map(({ name, summary, required, variadic, values }) => ({ name, summary, required, variadic, values: [...(values ?? [])] })),
    options: spec.options.map(describeOption),
    exitCodes: spec.exitCodes.map((code) => ({ code, meaning: exitMeanings[code] })),
    examples: [...spec.examples],
  };
}

export function describeOption({ name, short, value, many, summary, values }: OptionSpec): Description['globalOptions'][number] {
  return { name, short: short ?? null, value, many: many ?? false, summary, values: [...(values ?? [])] };
}
