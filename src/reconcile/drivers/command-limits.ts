/** How long commands may take, in milliseconds. They are there so that nothing hangs for ever, not to judge an app: that is the
 *  gate's business, and its `within` begins when the deploy has ended. */
export const commandLimits = {
  /** Commands that only look, print or switch something. */
  short: 60_000,
  /** Bringing up a version: images may have to come over a slow line. */
  deploy: 900_000,
  /** Copying an app's data away or back. */
  data: 3_600_000,
} as const;
