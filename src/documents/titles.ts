import { dropLeadingSeparator, leadingMarks, tidyTitle } from './vocabulary/punctuation.ts';
import { readWhen, type FoundWhen } from './vocabulary/when.ts';

export interface ReadTitle {
  title: string;
  /** The explicit `{#name}` at the end. */
  name: string | null;
  /** The date that the text begins with. */
  when: FoundWhen | null;
  /** What follows the date and its separator, not tidied. */
  rest: string;
}

const explicitName = /\s*\{#([\p{L}\p{N}][\p{L}\p{N}_.-]*)\}\s*$/u;

/**
 * Reads a heading or bold lead as a title: a leading date with its time and separator, check marks, final punctuation and `{#name}` go;
 * nothing else is cut.
 */
export function readTitle(text: string): ReadTitle {
  const name = explicitName.exec(text)?.[1] ?? null;
  const bare = name === null ? text : text.replace(explicitName, '');
  const at = leadingMarks(bare);
  const when = readWhen(bare, at);
  const rest = when ? dropLeadingSeparator(bare.slice(when.end)) : bare;
  const title = tidyTitle(rest);
  return { title: title === '' ? tidyTitle(bare) : title, name, when, rest };
}
