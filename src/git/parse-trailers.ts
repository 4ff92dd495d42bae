/** A `Name: value` line of a commit message. `hidden` says that git itself does not see it as a trailer. */
export interface Trailer {
  name: string;
  /** Folded lines joined by one space. */
  value: string;
  hidden: boolean;
}

/**
 * The trailers of a stored commit message, in order: those that `git log --format=%(trailers)` sees, and `hidden` ones, which
 * look like trailers and stand anywhere else but in the first line.
 *
 * git's rule (gitformat, git-interpret-trailers): the last paragraph, if it is not the first one, and if all of its lines are
 * trailers, or one of them is git's own (`Signed-off-by: `, `(cherry picked from commit `) and at least a quarter are.
 */
export function parseTrailers(message: string): Trailer[] {
  const lines = message.split('\n');
  const end = endOfText(lines);
  const start = startOfTrailers(lines, end);
  const hidden = [...readBlock(lines.slice(1, start), 'hidden'), ...readBlock(lines.slice(end), 'hidden')];
  const seen = readBlock(lines.slice(start, end), 'seen');
  return [...hidden, ...seen];
}

const commentMark = '#';
const scissors = '# ------------------------ >8 ------------------------';
const gitsOwn = ['Signed-off-by: ', '(cherry picked from commit '];
/** What git takes for white space; not all that JavaScript does. */
const blankLine = /^[ \t\r]*$/;
const indented = /^[ \t\r]/;
/** A token of letters, digits and dashes, blanks after it, a colon. */
const seenLine = /^([A-Za-z0-9-]+[ \t]*):(.*)$/s;
const hiddenLine = /^([A-Za-z][A-Za-z0-9-]*):[ \t]+(\S.*)$/s;

/** Where comments and the list of conflicts at the end begin, as a number of lines. */
function endOfText(lines: readonly string[]): number {
  const cut = lines.indexOf(scissors);
  const cutoff = cut < 0 || cut === lines.length - 1 ? lines.length : cut;
  let ignoredFrom = -1;
  let inConflicts = false;
  for (const [index, line] of lines.slice(0, cutoff).entries()) {
    // The piece behind the last line break is no line.
    if (index === lines.length - 1 && line === '') break;
    const startsConflicts = line === 'Conflicts:' && index < lines.length - 1;
    if (line.startsWith(commentMark) || line === '' || startsConflicts) {
      if (ignoredFrom < 0) ignoredFrom = index;
      inConflicts ||= startsConflicts;
    } else if (!(inConflicts && line.startsWith('\t')) && ignoredFrom >= 0) {
      ignoredFrom = -1;
      inConflicts = false;
    }
  }
  return ignoredFrom < 0 ? cutoff : ignoredFrom;
}

/** The line where the paragraph of trailers begins; `end` when there is none. */
function startOfTrailers(lines: readonly string[], end: number): number {
  const text = lines.slice(0, end);
  const titleEnd = text.findIndex((line) => !line.startsWith(commentMark) && blankLine.test(line));
  if (titleEnd < 0) return end;
  const counts = { trailers: 0, others: 0, perhapsFolded: 0, gitsOwn: false };
  let begun = false;
  for (let index = end - 1; index >= titleEnd; index--) {
    const line = text[index] ?? '';
    if (line.startsWith(commentMark)) {
      counts.others += counts.perhapsFolded;
      counts.perhapsFolded = 0;
    } else if (!blankLine.test(line)) {
      begun = true;
      countLine(line, counts);
    } else if (begun) {
      counts.others += counts.perhapsFolded;
      const enough = counts.gitsOwn && counts.trailers * 3 >= counts.others;
      return enough || (counts.trailers > 0 && counts.others === 0) ? index + 1 : end;
    }
  }
  return end;
}

function countLine(line: string, counts: { trailers: number; others: number; perhapsFolded: number; gitsOwn: boolean }): void {
  const own = gitsOwn.some((prefix) => line.startsWith(prefix));
  if (own || seenLine.test(line)) {
    counts.trailers++;
    counts.perhapsFolded = 0;
    counts.gitsOwn ||= own;
  } else if (indented.test(line)) counts.perhapsFolded++;
  else {
    counts.others += 1 + counts.perhapsFolded;
    counts.perhapsFolded = 0;
  }
}

function readBlock(lines: readonly string[], how: 'seen' | 'hidden'): Trailer[] {
  const trailers: Trailer[] = [];
  let last: Trailer | null = null;
  for (const line of lines) {
    if (last !== null && indented.test(line)) {
      last.value = `${last.value} ${trim(line)}`;
      continue;
    }
    const found = (how === 'seen' ? seenLine : hiddenLine).exec(line);
    last = found ? { name: trim(found[1] ?? ''), value: found[2] ?? '', hidden: how === 'hidden' } : null;
    if (last) trailers.push(last);
  }
  for (const trailer of trailers) trailer.value = trim(trailer.value);
  return trailers;
}

const blanks = ' \t\r\n';

/** By hand: a regular expression looks from every blank on for an end, and takes minutes over a line of 200,000 of them. */
function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && blanks.includes(text.charAt(start))) start++;
  while (end > start && blanks.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
