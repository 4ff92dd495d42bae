/** A commit as git stores it, times in UTC to the second. */
export interface Commit {
  commit: string;
  /** As git knows them here: none at the edge of a shallow clone. */
  parents: string[];
  author: { name: string; email: string };
  /** `YYYY-MM-DDTHH:MM:SSZ` */
  authorTime: string;
  commitTime: string;
  /** The first paragraph on one line. */
  subject: string;
  /** What follows it. */
  body: string;
  /** The whole message in UTF-8, up to its first NUL. */
  message: string;
  /** What changed among the files that were asked for, against the first parent. */
  files: FileChange[];
}

export interface FileChange {
  path: string;
  /** Added, modified (or its mode), deleted, renamed, of another type. */
  status: 'A' | 'M' | 'D' | 'R' | 'T';
  /** Ids of the blobs before and after; null where there is none. */
  before: string | null;
  after: string | null;
  /** The path before a rename. */
  from: string | null;
  /** A regular file after the change: neither gone, nor a link, nor a submodule. */
  regular: boolean;
}

/** The fields of one commit, each ended by NUL; git cuts a message at a NUL, so none can hold one. The first byte marks a record. */
export const commitFormat = '--format=%x01%H%x00%P%x00%an%x00%ae%x00%at%x00%ct%x00%B%x00';
export const commitFieldCount = 7;
export const recordMark = 1;

/** Options that fix what every configuration could change of a log or a diff. */
export const stableDiffOptions: readonly string[] = [
  '-z',
  '--raw',
  '--no-abbrev',
  '--full-index',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--find-renames=50%',
  '-l1000',
  '--no-relative',
  '--submodule=short',
  '--ignore-submodules=none',
];
export const stableLogOptions: readonly string[] = [
  ...stableDiffOptions,
  '--no-notes',
  '--no-decorate',
  '--no-mailmap',
  '--no-show-signature',
  '--encoding=UTF-8',
  '--diff-merges=first-parent',
  // Every commit is shown, and of its changes only those to the files that are asked for.
  '--full-history',
  '--sparse',
];

/** A commit from its fields; `files` are added as they are read. */
export function commitFromFields(fields: readonly Buffer[]): Commit {
  const [id = '', parents = '', name = '', email = '', authorSeconds = '', commitSeconds = '', message = ''] = fields.map((field) => field.toString('utf8'));
  const commitTime = utcTime(commitSeconds);
  return {
    commit: id,
    parents: parents === '' ? [] : parents.split(' '),
    author: { name, email },
    authorTime: authorSeconds === '' || authorSeconds === commitSeconds ? commitTime : utcTime(authorSeconds),
    commitTime,
    ...splitMessage(message),
    message,
    files: [],
  };
}

/** The subject and the body as `git log` shows them (`%s`, `%b`). */
export function splitMessage(message: string): { subject: string; body: string } {
  const lines = message.split('\n');
  const isBlank = (line: string): boolean => /^[ \t\r\f\v]*$/.test(line);
  const start = lines.findIndex((line) => !isBlank(line));
  if (start < 0) return { subject: '', body: '' };
  const blank = lines.findIndex((line, index) => index > start && isBlank(line));
  const end = blank < 0 ? lines.length : blank;
  const rest = lines.slice(end);
  const bodyStart = rest.findIndex((line) => !isBlank(line));
  const subject = lines.slice(start, end).map((line) => line.trimEnd());
  return { subject: subject.join(' '), body: bodyStart < 0 ? '' : rest.slice(bodyStart).join('\n') };
}

const lastSecond = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

/** Seconds since 1970 as `YYYY-MM-DDTHH:MM:SSZ`; what no calendar holds is cut to the nearest second that it does. */
export function utcTime(seconds: string | number): string {
  const number = Math.trunc(Number(seconds));
  const held = Number.isFinite(number) ? Math.min(Math.max(number, Date.UTC(0, 0, 1) / 1000), lastSecond) : 0;
  return `${new Date(held * 1000).toISOString().slice(0, 19)}Z`;
}
