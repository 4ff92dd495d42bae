/**
 * The words of a reproduction: what stands in one fence, read but not judged.
 * Lines are 1-based lines of the document that holds the fence.
 */

/** A fenced block as the markdown reader found it; `line` is the line of the first line of its body. */
export interface Fence {
  readonly lang: string | null;
  readonly meta: string | null;
  readonly body: string;
  readonly line: number;
}

export const roles = ['setup', 'red', 'green', 'neg', 'check', 'teardown'] as const;
export type Role = (typeof roles)[number];

export type Stream = 'stdout' | 'stderr';

/** plain: literal, may carry a note · exact: literal to the last character · pattern · regex: RE2 · status: how it ended */
export type Mode = 'plain' | 'exact' | 'pattern' | 'regex' | 'status';

/** What the writer says an observation means; `verdict` is null where only loose remarks stand. */
export interface Note {
  readonly verdict: 'fails' | 'passes' | null;
  readonly text: string;
}

export interface Command {
  /** What bash is given: continuation lines are joined by newlines, prompts are gone. */
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
}

export interface Observation {
  /** One line of output in the strict notation; loose blocks may hold several, joined by newlines. */
  readonly text: string;
  readonly stream: Stream;
  readonly mode: Mode;
  readonly note: Note | null;
  readonly line: number;
}

export interface Step {
  readonly role: Role;
  /** True where the role was read from the words of a comment, or from nothing. A guess proves nothing. */
  readonly guessed: boolean;
  readonly heading: string | null;
  /** The revision that the step is to run at, as written. */
  readonly at: string | null;
  /** A path from the repository's root, or the name of a mutation fence. */
  readonly patch: string | null;
  readonly line: number;
  readonly endLine: number;
  readonly comments: readonly string[];
  readonly commands: readonly Command[];
  readonly observations: readonly Observation[];
}

export const replayModes = ['auto', 'ask', 'manual', 'never'] as const;
export type ReplayMode = (typeof replayModes)[number];

/** The `key=value` words of the info string. Lists are empty and scalars null where nothing was written. */
export interface Meta {
  readonly id: string | null;
  readonly claim: string | null;
  readonly needs: readonly string[];
  readonly replay: ReplayMode | null;
  readonly timeoutMs: number | null;
  readonly inputs: readonly string[];
  readonly env: readonly string[];
}

/** Something that was not understood. `rule` is a stable word, `message` says what was found and what was expected. */
export interface Problem {
  readonly rule: string;
  readonly line: number;
  readonly message: string;
}

export interface Reproduction {
  readonly notation: 'strict' | 'loose';
  readonly lang: string | null;
  readonly meta: Meta;
  /** First and last line of the fence's body. */
  readonly line: number;
  readonly endLine: number;
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
}

/** What bash gets for a step: its commands, one after the other. */
export function scriptOf(step: Pick<Step, 'commands'>): string {
  return step.commands.map((command) => command.text).join('\n');
}
