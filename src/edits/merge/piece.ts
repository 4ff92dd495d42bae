/** A stretch of a document that is merged as one: a section with all that stands below it, or an entry or block of a section's own text. */
export interface Piece {
  /** The line ends and blank lines between what stands before it and it. */
  gap: string;
  /** As it stands up to its last line that says something, without that line's end. */
  text: string;
  /** What it is known by when its text changed: its first line, whatever its box says. */
  key: string;
  /** First and last line in its file. */
  line: number;
  endLine: number;
  /** The date, perhaps with a time, that orders it among what two sides added; null where it has none. */
  when: string | null;
  /** An entry of the record starts here. */
  isEntry: boolean;
  /** The first bullet of a list. */
  opensList: boolean;
  /** `- (none yet)` and the like: it stands for nothing. */
  isPlaceholder: boolean;
  /** What a section is made of; null for what has no sections below it. */
  parts: Parts | null;
}

/** The own text of a section with its heading, as blocks, and the sections below it. */
export interface Parts {
  blocks: Piece[];
  children: Piece[];
}

/** A piece of the merged text. */
export interface Merged {
  gap: string;
  text: string;
}

/** The blocks of a section's own text as one: its heading and what stands before its first child. */
export function joinBlocks(blocks: readonly Merged[]): Merged {
  const [first, ...rest] = blocks;
  return { gap: first?.gap ?? '', text: (first?.text ?? '') + rest.map(({ gap, text }) => gap + text).join('') };
}
