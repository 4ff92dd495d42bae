import type { Draft } from '../documents/reading.ts';
import { walkSections, type Section } from '../documents/sections.ts';
import { readTitle } from '../documents/titles.ts';
import { lastContentLine, lineEndOf, withLineEnds } from './line-ends.ts';
import { applySplices, type Splice } from './splice.ts';
import type { OpenPage } from './writer/open-page.ts';
import { placeInSection } from './writer/place-text.ts';

/** The section of a document that holds its open items, or its closed ones; null where it has none. */
export function findFrame(page: OpenPage, state: 'open' | 'closed'): Section | null {
  const word = state === 'open' ? /^\W*open\b/iu : /^\W*(?:closed|resolved|done)\b/iu;
  const frames = [...walkSections(page.root)].filter(({ heading, depth, text }) => heading !== null && heading.box === null && depth > 1 && readTitle(text).when === null);
  return frames.find(({ masked }) => word.test(masked)) ?? (state === 'open' ? (frames.find(({ masked }) => /\bopen\b/iu.test(masked)) ?? null) : null);
}

/** An item that moves as it changes: what is left where it stood, and what is put where it goes. */
export interface Move {
  left: Splice;
  put: Splice;
}

/**
 * Makes splices that change an item also move it, as the configuration may want (`deferred: {sections: move}`): from the section where it stands to
 * the one of its new state. Null where there is no such section, or the item stands there already.
 */
export function moveWith(page: OpenPage, item: Draft, splices: readonly Splice[], state: 'open' | 'closed'): Move | null {
  const target = findFrame(page, state);
  if (!target || (item.line > target.line && item.line <= target.endLine)) return null;
  const { source } = page;
  const last = lastContentLine(source, item.line, item.endLine);
  const [start, end] = [source.byteOffsetOfLine(item.line), source.byteOffsetOfLine(last + 1)];
  if (splices.some((splice) => splice.start < start || splice.end > end)) return null;
  const own = splices.map((splice) => ({ start: splice.start - start, end: splice.end - start, text: splice.text }));
  const text = applySplices(source.bytes.subarray(start, end), own).toString('utf8').trimEnd();
  const left = isAlone(page, item) ? { start, end, text: withLineEnds('(none yet)\n', lineEndOf(source)) } : { start, end: source.byteOffsetOfLine(endOfBlanks(page, last) + 1), text: '' };
  return { left, put: placeInSection(page, target, text) };
}

/** The last of the blank lines right behind a line. */
function endOfBlanks({ source }: OpenPage, line: number): number {
  let end = line;
  while (end < source.lines && source.sliceLines(end + 1, end + 1).trim() === '') end += 1;
  return end;
}

/** The only item of its section: the section is then left with a placeholder. */
function isAlone(page: OpenPage, item: Draft): boolean {
  const section = [...walkSections(page.root)].find(({ line, children }) => line !== item.line && children.some((child) => child.line === item.line));
  return section !== undefined && section.blocks.every(({ type }) => type === 'rule') && section.children.length === 1;
}
