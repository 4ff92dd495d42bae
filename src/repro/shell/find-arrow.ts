/** An arrow that stands outside every quote, substitution and group of a command line. */
export interface Arrow {
  /** Offset of the arrow itself. */
  readonly at: number;
  readonly length: number;
}

/** What reading a command up to here has found out; reading may go on with the next line. */
export interface CommandScan {
  /** Quotes, substitutions and groups that are still open, innermost last. */
  readonly open: string[];
  readonly heredocs: Heredoc[];
  /** The first unquoted arrow, counted from the start of the line that was fed last. */
  arrow: Arrow | null;
  /** The line ends in a backslash or an operator that wants another command. */
  unfinished: boolean;
}

export interface Heredoc {
  readonly end: string;
  readonly tabs: boolean;
}

export function startScan(): CommandScan {
  return { open: [], heredocs: [], arrow: null, unfinished: false };
}

const arrowMode = /^(?:2?[=~/?]?)(?:\s|$)/;
const closers: Readonly<Record<string, string>> = { '(': ')', '{': '}' };

/**
 * Reads one line of a command in the way of bash: quotes, `$( )`, `${ }`, back-ticks, groups, comments and
 * here-documents. Linear in the length of the line; stops at the first unquoted arrow.
 */
export function scanLine(scan: CommandScan, line: string): void {
  let comment = false;
  scan.unfinished = false;
  for (let i = 0; i < line.length; i += 1) {
    const character = line.charAt(i);
    const inside = scan.open.at(-1);
    if (inside === "'") {
      if (character === "'") scan.open.pop();
    } else if (character === '\\' && !comment) {
      scan.unfinished = i === line.length - 1;
      i += 1;
    } else if (inside === '"' || inside === '`') {
      if (character === inside) scan.open.pop();
      else i += openSubstitution(scan, line, i);
    } else {
      const arrow = scan.open.length === 0 ? arrowAt(line, i) : null;
      if (arrow !== null) {
        scan.arrow = arrow;
        return;
      }
      if (comment) continue;
      if (character === '#' && isWordStart(line, i)) comment = true;
      else i += readPlain(scan, line, i, inside);
    }
  }
  if (!comment && scan.open.length === 0) scan.unfinished ||= /(?:\|\|?|&&)\s*$/.test(line.slice(-8));
}

function readPlain(scan: CommandScan, line: string, i: number, inside: string | undefined): number {
  const character = line.charAt(i);
  if (character === "'" || character === '"' || character === '`') scan.open.push(character);
  else if (character === '(') scan.open.push(character);
  else if (inside !== undefined && character === closers[inside]) scan.open.pop();
  else if (character === '<' && line.startsWith('<<<', i)) return 2;
  else if (character === '<' && line.startsWith('<<', i)) return readHeredocStart(scan, line, i);
  else return openSubstitution(scan, line, i);
  return 0;
}

/** Opens `$(`, `${` and back-ticks; says how many further characters that took. */
function openSubstitution(scan: CommandScan, line: string, i: number): number {
  const next = line.charAt(i + 1);
  if (line.charAt(i) === '$' && (next === '(' || next === '{')) {
    scan.open.push(next);
    return 1;
  }
  if (line.charAt(i) === '`') scan.open.push('`');
  return 0;
}

const heredocStart = /<<(-?)[ \t]*(?:'([^'\n]{1,200})'|"([^"\n]{1,200})"|\\?([\w.-]{1,200}))/y;

function readHeredocStart(scan: CommandScan, line: string, i: number): number {
  heredocStart.lastIndex = i;
  const found = heredocStart.exec(line);
  if (found === null) return 1;
  scan.heredocs.push({ tabs: found[1] === '-', end: found[2] ?? found[3] ?? found[4] ?? '' });
  return found[0].length - 1;
}

/** The arrow that begins at this offset, if one does: `→` after a blank, `->` between blanks or before a mode. */
export function arrowAt(line: string, i: number): Arrow | null {
  const wide = line.charAt(i) === '→';
  if (!wide && !line.startsWith('->', i)) return null;
  if (!isWordStart(line, i)) return null;
  const length = wide ? 1 : 2;
  if (!wide && !arrowMode.test(line.slice(i + length, i + length + 4))) return null;
  return { at: i, length };
}

function isWordStart(line: string, i: number): boolean {
  return i === 0 || /\s/.test(line.charAt(i - 1));
}
