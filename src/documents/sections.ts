import type { Block, Heading, Outline } from './outline/types.ts';
import { maskProse } from './masked.ts';

/** A heading with what stands below it, up to the next heading of its own level or a higher one. The root has no heading. */
export interface Section {
  heading: Heading | null;
  /** Text of the heading; empty for the root. */
  text: string;
  /** The same with quoted words blanked out. */
  masked: string;
  depth: number;
  line: number;
  /** Last line of the section, its children included. */
  endLine: number;
  /** Last line before the first child. */
  ownEnd: number;
  blocks: Block[];
  children: Section[];
  parent: Section | null;
}

function openSection(heading: Heading | null, parent: Section | null): Section {
  return {
    heading,
    text: heading?.prose.text ?? '',
    masked: heading ? maskProse(heading.prose) : '',
    depth: heading?.depth ?? 0,
    line: heading?.line ?? 1,
    endLine: 0,
    ownEnd: 0,
    blocks: [],
    children: [],
    parent,
  };
}

function closeSection(section: Section, endLine: number): void {
  section.endLine = endLine;
  section.ownEnd = (section.children[0]?.line ?? endLine + 1) - 1;
}

/** Builds the tree of sections of a document from its outline. */
export function buildSections(outline: Outline): Section {
  const root = openSection(null, null);
  let current = root;
  for (const block of outline.blocks) {
    if (block.type !== 'heading') {
      current.blocks.push(block);
      continue;
    }
    while (current.parent && current.depth >= block.depth) {
      closeSection(current, block.line - 1);
      current = current.parent;
    }
    const section = openSection(block, current);
    current.children.push(section);
    current = section;
  }
  for (let section: Section | null = current; section; section = section.parent) closeSection(section, outline.lines);
  return root;
}

/** All sections below (and with) one, in file order. */
export function* walkSections(section: Section): Generator<Section> {
  yield section;
  for (const child of section.children) yield* walkSections(child);
}

/** The blocks of a section and of everything below it, headings included, in file order. */
export function allBlocks(section: Section): Block[] {
  return [...section.blocks, ...section.children.flatMap((child) => [...(child.heading ? [child.heading as Block] : []), ...allBlocks(child)])];
}
