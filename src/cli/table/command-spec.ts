import type { ExitCode } from '../../contract/exit-codes.ts';

export interface ArgumentSpec {
  /** In capitals, as the help shows it. */
  name: string;
  summary: string;
  required: boolean;
  variadic: boolean;
  /** The words that are known, for completions and help. With `closed`, others are refused. */
  values?: readonly string[];
  closed?: boolean;
}

export interface OptionSpec {
  /** `--phase`; for the options that have none, the short form. */
  name: string;
  short?: string;
  /** Name of the value that follows; null for a switch. */
  value: string | null;
  summary: string;
  /** Takes several words, from `least` to `most`; the last ones are left out where an option follows. */
  words?: { least: number; most: number };
  /** May be given several times, and takes several values with commas between. */
  many?: boolean;
  values?: readonly string[];
  closed?: boolean;
}

/** One command as plain data: what the parser, the help, the completions and `docket describe` are derived from. */
export interface CommandSpec {
  /** Its words: `list`, `infra order`. */
  name: string;
  summary: string;
  arguments: readonly ArgumentSpec[];
  options: readonly OptionSpec[];
  exitCodes: readonly ExitCode[];
  /** Runnable as they stand, in a repository that has what they name. */
  examples: readonly string[];
  /** Only commands that read take `--at`. */
  access: 'read' | 'write' | 'none';
  /** Speaks the form of its host instead of the envelope. */
  hostForm?: boolean;
}
