/** `text` as one word of a POSIX shell, quoted only where that is needed, so that a command in `next` runs as it stands. */
export function quoteWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The same as an argument of a docket command: a text that looks like an option stands behind `--`. */
export function quoteArgument(text: string): string {
  return text.startsWith('-') ? `-- ${quoteWord(text)}` : quoteWord(text);
}
