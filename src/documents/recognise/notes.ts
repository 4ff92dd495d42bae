import { isFree } from '../cover-lines.ts';
import { addDraft, readContent, type Page } from '../page.ts';
import { allBlocks, type Section } from '../sections.ts';
import { readTitle } from '../titles.ts';
import { findWhen, plainWhen } from '../vocabulary/when.ts';
import { isNoteTitle } from '../vocabulary/words.ts';

function isNote(section: Section): boolean {
  return section.depth > 1 && (findWhen(section.text) !== null || isNoteTitle(section.masked));
}

/** Notes: dated sections of a review or a status that are neither claim nor verdict, and undated ones whose title says so. */
export function recogniseNotes(page: Page, options: { except?: (section: Section) => boolean } = {}): void {
  const file = (section: Section): void => {
    if (isFree(page.cover, section.line) && isNote(section) && !options.except?.(section)) {
      const inner = section.children.find((child) => !isFree(page.cover, child.line) || isNote(child));
      const endLine = (inner?.line ?? section.endLine + 1) - 1;
      const read = readTitle(section.text);
      const blocks = [...(section.heading ? [section.heading] : []), ...allBlocks(section).filter((block) => block.line <= endLine)];
      addDraft(page, 'note', { ...plainWhen(read.when ?? findWhen(section.text)), title: read.title, name: read.name, line: section.line, endLine, fields: readContent(page, blocks.slice(1)).fields, refs: readContent(page, blocks).refs });
      for (const child of section.children) if (child.line > endLine) file(child);
      return;
    }
    for (const child of section.children) file(child);
  };
  file(page.root);
}

