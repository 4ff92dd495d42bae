/** `text` as one word of a POSIX shell, quoted only where that is needed, so that a command in `next` runs as it stands. */
export function quoteWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
