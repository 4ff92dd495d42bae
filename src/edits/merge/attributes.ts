const mark = { begin: '# docket merge driver: begin', end: '# docket merge driver: end' };

/** The text of a `.gitattributes` with (`patterns`) or without (null) the lines that hand documents to the driver; everything else as it was. */
export function withDriverLines(text: string, patterns: readonly string[] | null): string {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const bare = withoutOwn(text);
  if (patterns === null) return bare;
  const own = [mark.begin, ...patterns.map((pattern) => `${pattern} merge=docket`), mark.end].map((line) => line + lineEnd).join('');
  return bare + (bare === '' || /[\r\n]$/u.test(bare) ? '' : lineEnd) + own;
}

function withoutOwn(text: string): string {
  const lines = text.split(/(?<=\n)/u);
  const is = (line: string | undefined, wanted: string): boolean => line?.trim() === wanted;
  const begin = lines.findIndex((line) => is(line, mark.begin));
  const end = lines.findIndex((line, at) => at > begin && is(line, mark.end));
  return begin < 0 || end < 0 ? text : [...lines.slice(0, begin), ...lines.slice(end + 1)].join('');
}

/** A path as a pattern of `.gitattributes` that matches it alone. */
export function patternOf(path: string): string {
  const literal = `/${path.replace(/[\\*?[\]]/gu, '\\$&')}`;
  return /[\s"#!]/u.test(literal) ? `"${literal.replace(/["\\]/gu, '\\$&')}"` : literal;
}
