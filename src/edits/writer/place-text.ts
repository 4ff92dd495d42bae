import type { Block } from '../../documents/outline/types.ts';
import type { Section } from '../../documents/sections.ts';
import { isNothing } from '../../documents/vocabulary/words.ts';
import { endsLine, lastFullLine, lineEndOf, withLineEnds } from '../line-ends.ts';
import type { Splice } from '../splice.ts';
import type { OpenPage } from './open-page.ts';

/** Puts a block of text (with LF, without line ends around it) at the end of a document, a blank line before it. */
export function appendText(page: OpenPage, text: string): Splice {
  return insertAfter(page, lastFullLine(page.source, 1, page.source.lines), page.source.lines, text);
}

/**
 * Puts a block of text at the end of a section and of all below it, before a rule that parts it from the next one. Where the section holds nothing
 * but a placeholder such as `(none yet)`, the text takes its place.
 */
export function placeInSection(page: OpenPage, section: Section, text: string): Splice {
  const placeholder = placeholderOf(section);
  if (placeholder) {
    const { source } = page;
    const ended = endsLine(source, placeholder.endLine);
    return { start: source.byteOffsetOfLine(placeholder.line), end: source.byteOffsetOfLine(placeholder.endLine + 1), text: withLineEnds(ended ? `${text}\n` : text, lineEndOf(source)) };
  }
  const end = endWithoutRules(page, section);
  return insertAfter(page, lastFullLine(page.source, section.line, end), end, text);
}

/** Puts a block of text before a line that begins a section, a blank line between them. */
export function placeBefore({ source }: OpenPage, line: number, text: string): Splice {
  const start = source.byteOffsetOfLine(line);
  return { start, end: start, text: withLineEnds(`${text}\n\n`, lineEndOf(source)) };
}

/** `(none yet)`, alone in its section. */
function placeholderOf(section: Section): Block | null {
  const [first, ...others] = section.blocks.filter(({ type }) => type !== 'rule');
  if (first === undefined || others.length > 0 || section.children.length > 0) return null;
  const [item, ...items] = first.type === 'list' ? first.items : [];
  const text = first.type === 'list' && items.length === 0 && item?.box === null ? item.children[0] : first;
  return text?.type === 'paragraph' && isNothing(text.prose.text) ? first : null;
}

/** The last line of a section and of all below it, without the rules that part it from the next one. */
export function endWithoutRules({ blocks }: OpenPage, section: Section): number {
  let end = section.endLine;
  const inside = blocks.filter(({ line }) => line > section.line && line <= section.endLine);
  for (const block of inside.toReversed()) {
    if (block.type !== 'rule') break;
    end = block.line - 1;
  }
  return end;
}

/** Inserts behind a line, with one blank line on each side where there is none yet; `last` is the last line before what follows. */
function insertAfter(page: OpenPage, line: number, last: number, text: string): Splice {
  const { source } = page;
  const followed = last < source.lines;
  const hasBlank = last > line && line > 0;
  // The blank lines that are there stay before the text; what follows gets a new one.
  const at = hasBlank && !followed ? last : line;
  const start = at === 0 ? source.bom : source.byteOffsetOfLine(at + 1);
  const ended = at === 0 || endsLine(source, at);
  const before = at === 0 ? '' : `${ended ? '' : '\n'}${at > line ? '' : '\n'}`;
  return { start, end: start, text: withLineEnds(`${before}${text}\n${followed && last === line ? '\n' : ''}`, lineEndOf(source)) };
}
