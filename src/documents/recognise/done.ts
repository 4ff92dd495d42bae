import type { Block } from '../outline/types.ts';
import type { DoneMark } from '../reading.ts';
import { maskProse } from '../masked.ts';
import { allBlocks, walkSections, type Section } from '../sections.ts';
import { dropLeadingSeparator, leadingMarks, tidyTitle } from '../vocabulary/punctuation.ts';
import { findPlaceholder } from '../vocabulary/words.ts';

const doneTitle = /^(?:phase\s+[A-Za-z0-9]+\s*(?:[:—–-]|is)?\s*)?DONE\b(?!\s+(?:criteri|when|if|means|definition|checklist|condition|list|items?|tracker|rules?|gate))/u;

/** The first words of some blocks, as a person would read them; an open box has its placeholder said for it. */
function firstWords(blocks: Block[]): string | null {
  for (const block of blocks) {
    if (block.type === 'paragraph') {
      const line = maskProse(block.prose).trim() === '' ? block.prose.text : block.prose.text;
      return line.trim() === '' ? firstWords(blocks.slice(blocks.indexOf(block) + 1)) : (line.trim().split('\n')[0] ?? '');
    }
    if (block.type === 'list') {
      const item = block.items[0];
      if (!item) continue;
      return item.box === 'open' || item.box === 'partial' ? 'not yet (open box)' : firstWords(item.children);
    }
    if (block.type === 'quote') return firstWords(block.children);
    if (block.type === 'html' && !block.value.trimStart().startsWith('<!--')) return block.value.trim().split('\n')[0] ?? '';
    if (block.type === 'table') return block.rows[1]?.cells.map((cell) => cell.text).join(' ') ?? '';
  }
  return null;
}

function readMark(section: Section): DoneMark {
  const tail = tidyTitle(dropLeadingSeparator(section.text.slice(leadingMarks(section.text)).replace(doneTitle, '')));
  const said = tail === '' ? null : findPlaceholder(tail);
  const first = firstWords(allBlocks(section));
  const why = said !== null && said !== 'empty' ? said : findPlaceholder(first ?? '');
  return { line: section.line, endLine: section.endLine, marked: why === null, why, text: first ?? '' };
}

/** The DONE section of a status document: marked only when its first words are no placeholder. The last such section counts. */
export function findDone(root: Section): DoneMark | null {
  let done: DoneMark | null = null;
  for (const section of walkSections(root)) {
    if (section.depth > 1 && doneTitle.test(section.masked.slice(leadingMarks(section.masked)))) done = readMark(section);
  }
  return done;
}
