/** Exit codes of all commands. Other programs rely on them: never 78, 124-128 or 137. */
export const exitCode = {
  yes: 0,
  no: 1,
  usage: 2,
  undetermined: 3,
  consentNeeded: 4,
  stuck: 5,
  bug: 70,
  locked: 75,
  /** Only with `--bisect`: what `git bisect run` takes for "skip this commit", and for "stop". */
  bisectSkip: 125,
  bisectStop: 255,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
