/**
 * The outline of a document: what remark saw, reduced to what recognisers need, with the place of everything. It is plain data, so that
 * it can be cached by section; lines count from 1 in the document (or in the section, while a section is cached).
 */
export interface Outline {
  blocks: Block[];
  /** Number of lines of the document; \n, \r\n and a lone \r end a line, as in CommonMark. A final line end opens no further line. */
  lines: number;
}

/** Flat list of [start, end) pairs into `Prose.text`. */
export type Ranges = number[];

/**
 * Inline text of one block. `text` has emphasis marks and HTML comments taken out; code spans keep their back-ticks; a link is its text.
 * Every line break of the source is exactly one "\n" in it, so the line of an offset is the block's first line plus the line ends before it.
 */
export interface Prose {
  text: string;
  /** Code spans, back-ticks included: words in them are quoted, never meant. */
  code: Ranges;
  strong: Ranges;
  struck: Ranges;
  links: { start: number; end: number; url: string }[];
}

/** `[ ]` open, `[x]` `[X]` done, `[~]` partial, `[-]` dropped. */
export type Box = 'open' | 'done' | 'partial' | 'dropped';

/** Lines from `line` to `endLine`, both included. */
export interface Placed {
  line: number;
  endLine: number;
}

export interface Heading extends Placed { type: 'heading'; depth: number; prose: Prose; box: Box | null }
export interface Paragraph extends Placed { type: 'paragraph'; prose: Prose }
export interface List extends Placed { type: 'list'; ordered: boolean; items: Item[] }
/** The box is taken out of the first paragraph's prose, whatever its mark. */
export interface Item extends Placed { type: 'item'; box: Box | null; children: Block[] }
export interface Quote extends Placed { type: 'quote'; children: Block[] }
/** `bodyLine` is the first line of the body; `fenced` is false for code by indentation. */
export interface Code extends Placed { type: 'code'; lang: string | null; meta: string | null; value: string; bodyLine: number; fenced: boolean }
/** An HTML block; a comment is one too (`value` starts with "<!--"). */
export interface Html extends Placed { type: 'html'; value: string }
export interface Table extends Placed { type: 'table'; rows: { line: number; cells: Prose[] }[] }
export interface Rule extends Placed { type: 'rule' }
export interface FrontMatterBlock extends Placed { type: 'frontmatter'; value: string }
/** A link or footnote definition, or a construct that no recogniser knows. */
export interface Other extends Placed { type: 'other'; children: Block[] }
/** A stretch that was not given to remark: too large, too deep, or a merge conflict. */
export interface Unread extends Placed { type: 'unread'; why: string }

export type Block = Heading | Paragraph | List | Quote | Code | Html | Table | Rule | FrontMatterBlock | Other | Unread;
