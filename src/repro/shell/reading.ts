/** Stands in a word for what a substitution will give: `http://localhost:$(port)/`. */
export const unknown = '\uFFFC';

/** Stands for a variable that the script does not assign. */
export const unknownVariable = '\uFFFB';

export interface Redirect {
  readonly operator: string;
  readonly target: string;
}

/** One program with its arguments. */
export interface SimpleCommand {
  /** The words with quotes and escapes resolved; the first is the program. */
  readonly words: readonly string[];
  readonly redirects: readonly Redirect[];
  readonly assignments: readonly (readonly [name: string, value: string])[];
  /** What its here-document or here-string feeds it, null when there is none. */
  readonly input: string | null;
  /** Reads the output of the command before it. */
  readonly piped: boolean;
}

export interface OpenCommand {
  words: string[];
  redirects: Redirect[];
  assignments: (readonly [string, string])[];
  input: string | null;
  piped: boolean;
}

export interface OpenHeredoc {
  readonly end: string;
  readonly tabs: boolean;
  /** A quoted end: nothing inside is expanded. */
  readonly literal: boolean;
  readonly owner: OpenCommand;
}

/** Where the reading of a script stands. The two functions lead back from words to the lists inside them. */
export interface Reading {
  readonly source: string;
  at: number;
  readonly depth: number;
  readonly commands: SimpleCommand[];
  readonly variables: Map<string, string>;
  torn: boolean;
  open: OpenCommand;
  readonly heredocs: OpenHeredoc[];
  /** Reads on, inside `$(` or `<(`, up to the bracket that closes it. */
  readonly readNested: (reading: Reading) => void;
  /** Reads a text of its own that stands inside a word. */
  readonly parseInside: (reading: Reading, text: string) => void;
}
