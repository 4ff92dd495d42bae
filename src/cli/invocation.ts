import { Failure } from '../contract/failure.ts';
import type { Role } from '../contract/schema/entry.ts';
import type { PageRequest } from '../queries/paging.ts';
import type { Outcome } from './outcome.ts';

/** A command line that was understood. */
export interface Invocation {
  /** The words of the command. */
  command: string;
  arguments: readonly string[];
  options: Options;
  globals: Globals;
  /** Everything as typed after `docket`, to build on it what to run next. */
  argv: readonly string[];
}

/** Asks another command in this process; what went wrong is an answer as well. */
export type AskDocket = (argv: readonly string[]) => Promise<Outcome>;

/** What was given by option name; a switch that was given has no values. */
export type Options = ReadonlyMap<string, readonly string[]>;

export interface Globals {
  json: boolean;
  quiet: boolean;
  cache: boolean;
  /** The folder to start from, as given; `.` by default. */
  dir: string;
  /** The revision to answer for; null for the working tree. */
  at: string | null;
  role: Role | null;
  /** The Adversary asks to see what is hidden before the verdict. */
  afterVerdict: boolean;
}

/** The value of an option; the last one, where it was given twice. */
export function valueOf(options: Options, name: string): string | null {
  return options.get(name)?.at(-1) ?? null;
}

/** All values of an option that takes many. */
export function valuesOf(options: Options, name: string): string[] {
  return [...(options.get(name) ?? [])];
}

export function isGiven(options: Options, name: string): boolean {
  return options.has(name);
}

/** `--limit` and `--cursor`. Throws a usage failure for a limit that is no number from 1. */
export function readPage(options: Options, defaultLimit: number | null): PageRequest {
  const limit = valueOf(options, '--limit');
  if (limit !== null && !/^[1-9]\d{0,8}$/.test(limit)) throw new Failure('usage', `Unexpected limit "${limit}", expected a whole number from 1.`);
  return { limit: limit === null ? defaultLimit : Number(limit), cursor: valueOf(options, '--cursor') };
}

/** The words of an option that takes several, one list for each time that it was given. */
export function wordsOf(options: Options, name: string): string[][] {
  return valuesOf(options, name).map((text) => JSON.parse(text) as string[]);
}
