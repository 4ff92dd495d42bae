/**
 * The words of a command line as they are written, quotes included; operators glued to a word stay with it.
 * Good enough to recognise a command, never to run one. Linear.
 */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let start = -1;
  let quote = '';
  for (let i = 0; i < line.length; i += 1) {
    const character = line.charAt(i);
    if (quote !== '') {
      if (character === quote) quote = '';
      else if (character === '\\' && quote === '"') i += 1;
      continue;
    }
    if (character === ' ' || character === '\t' || character === '\n') {
      if (start >= 0) words.push(line.slice(start, i));
      start = -1;
      continue;
    }
    if (start < 0) start = i;
    if (character === '"' || character === "'") quote = character;
    else if (character === '\\') i += 1;
  }
  if (start >= 0) words.push(line.slice(start));
  return words;
}
