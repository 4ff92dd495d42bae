/** How docket's lines are marked off in a file that is somebody else's. */
export interface Marks {
  open: string;
  close: string;
}

export const markdownMarks: Marks = { open: '<!-- ', close: ' -->' };
export const tomlMarks: Marks = { open: '# ', close: '' };

const name = 'docket:agents';

interface Section {
  start: number;
  end: number;
  /** Line ends that were put before it. */
  gap: number;
  /** docket made the file. */
  isOwn: boolean;
  targets: string[];
}

/** For which targets the section is there. */
export function targetsOf(text: string): string[] {
  return findSection(text)?.targets ?? [];
}

/** The text with the section, for these targets, at its end or where it stands already; null for a file that is not there. */
export function withSection(text: string | null, lines: string, targets: readonly string[], marks: Marks): string {
  const found = text === null ? null : findSection(text);
  const eol = text?.includes('\r\n') === true ? '\r\n' : '\n';
  const print = (gap: number, isOwn: boolean): string => {
    const head = `${marks.open}${name} begin ${targets.join(',')} gap=${gap}${isOwn ? ' file' : ''}: put here by docket install agents, taken out by its --uninstall${marks.close}`;
    return [head, ...lines.trimEnd().split('\n'), `${marks.open}${name} end${marks.close}`, ''].join(eol);
  };
  if (text === null) return print(0, true);
  if (found !== null) return text.slice(0, found.start) + print(found.gap, found.isOwn) + text.slice(found.end);
  const gap = text === '' || text.endsWith('\n\n') || text.endsWith('\r\n\r\n') ? 0 : text.endsWith('\n') ? 1 : 2;
  return text + eol.repeat(gap) + print(gap, false);
}

/** The text without the section, as it was before it came; null where docket made the file and nothing else stands in it. */
export function withoutSection(text: string): string | null {
  const found = findSection(text);
  if (found === null) return text;
  let start = found.start;
  for (let left = found.gap; left > 0 && text[start - 1] === '\n'; left -= 1) start -= text[start - 2] === '\r' ? 2 : 1;
  const rest = text.slice(0, start) + text.slice(found.end);
  return found.isOwn && rest === '' ? null : rest;
}

function findSection(text: string): Section | null {
  const head = new RegExp(`^(?:<!-- |# )${name} begin (\\S*) gap=(\\d)( file)?:[^\\n]*\\n`, 'mu').exec(text);
  if (head === null) return null;
  const tail = new RegExp(`^(?:<!-- |# )${name} end[^\\n]*(?:\\n|$)`, 'mu');
  const rest = text.slice(head.index + head[0].length);
  const end = tail.exec(rest);
  if (end === null) return null;
  return { start: head.index, end: head.index + head[0].length + end.index + end[0].length, gap: Number(head[2]), isOwn: head[3] !== undefined, targets: (head[1] ?? '').split(',').filter((target) => target !== '') };
}
