import { Failure } from '../../contract/failure.ts';
import type { Draft } from '../../documents/reading.ts';
import { addLine, addPlainLine, hasBox, markBox, type BoxMark } from '../close-item.ts';
import type { Splice } from '../splice.ts';
import type { OpenPage } from '../writer/open-page.ts';

const statusLine = /^([ \t]*(?:[-*+][ \t]+)?(?:\*\*Status(?::\*\*|\*\*:|\.\*\*)|Status:)[ \t]*)(.*?)[ \t]*$/u;

/**
 * The ways to open or close an item where its state stands, with a line that says why: the mark of its box, the value of its *Status*, or, where it
 * has neither, a *Status* of its own. What the status said before stays readable behind the new word. Throws a usage failure for a row of a table.
 */
export function changeState(page: OpenPage, draft: Draft, state: 'open' | 'closed', line: string): Splice[][] {
  const { source } = page;
  if (source.sliceLines(draft.line, draft.line).trimStart().startsWith('|')) {
    throw new Failure('usage', `${page.path}:${draft.line} is a row of a table, where no line can be added; nothing was written`, { place: { path: page.path, line: draft.line }, next: 'Change its state in the row itself.' });
  }
  return [addLine, addPlainLine].map((add) => changeWith(page, draft, state, (text) => add(source, draft, text), line));
}

function changeWith(page: OpenPage, draft: Draft, state: 'open' | 'closed', add: (text: string) => Splice, line: string): Splice[] {
  const { source } = page;
  const added = add(line);
  const at = draft.boxLine;
  if (at !== undefined && hasBox(source, at)) {
    const mark: BoxMark = state === 'closed' ? 'x' : ' ';
    const tick = markBox(source, at, mark);
    return tick ? [tick, added] : [added];
  }
  const word = state === 'closed' ? 'CLOSED' : 'OPEN';
  const status = draft.fields.findLast(({ name }) => name === 'Status');
  const written = status === undefined ? null : changeStatus(page, status.line, word);
  if (written) return [written, added];
  // A deferred item without a box is closed by the line that says so.
  return draft.kind === 'deferred' ? [added] : [add(`**Status:** ${word}`), added];
}

/** `OPEN` becomes `CLOSED`; a longer value is kept behind the new word. */
function changeStatus({ source }: OpenPage, line: number, word: string): Splice | null {
  const text = source.sliceLines(line, line).replace(/[\r\n]+$/u, '');
  const found = statusLine.exec(text);
  if (!found) return null;
  const [, lead = '', value = ''] = found;
  const start = source.byteOffsetOfLine(line) + Buffer.byteLength(lead);
  const isPlain = /^(?:OPEN|CLOSED)$/iu.test(value);
  return { start, end: isPlain ? start + Buffer.byteLength(value) : start, text: isPlain || value === '' ? word : `${word}, was ` };
}
