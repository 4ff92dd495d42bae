/**
 * The names that may stand in brackets in a pattern, as RE2 sources. Each stands for what differs from run to run or
 * from machine to machine, and for no more: a name that matched anything would prove nothing.
 */
export const builtInTokens: Readonly<Record<string, string>> = {
  TIME: [
    String.raw`\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?`,
    String.raw`\d{8}T\d{6}Z?`,
    String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?:[ \d]?\d )?(?:\d{4} )?\d{2}:\d{2}(?::\d{2})?(?: (?:AM|PM))?(?: (?:[A-Z]{3,4}|[+-]\d{4}))?(?: \d{4})?`,
    String.raw`\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|GMT|AM|PM|am|pm))?`,
    String.raw`1\d{9}(?:\d{3}|\.\d{1,9})?`,
  ].join('|'),
  DATE: String.raw`\d{4}[-/]\d{2}[-/]\d{2}|(?:19|20)\d{6}|\d{1,2}[./]\d{1,2}[./]\d{4}|(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?: \d{1,2},?)?(?: \d{4})?`,
  DUR: String.raw`(?:\d+(?:[.,]\d+)? ?(?:ns|[uµμ]s|ms|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?) ?)+|\d+:\d{2}(?::\d{2})?(?:\.\d+)?`,
  SHA: '[0-9a-fA-F]{7,64}',
  UUID: '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}',
  PID: String.raw`\d{1,10}`,
  PORT: String.raw`\d{1,5}`,
  TMP: String.raw`\[TMP\](?:/[^\s/:"'()]+)?|(?:/private)?/(?:tmp|var/tmp|var/folders/[^\s/]+/[^\s/]+/T)(?:/[^\s/:"'()]+)?`,
  ROOT: String.raw`\[ROOT\]`,
  HOME: String.raw`\[HOME\]|/root|/(?:home|Users)/[\w.-]+`,
  HOST: String.raw`[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:.]+\]`,
  N: String.raw`[+-]?\d[\d,_]*(?:\.\d+)?`,
};
