import { quoteWord } from '../queries/shell-word.ts';

/** The command line with some words put right; those of a command stand in one text, with blanks between. */
export function correctLine(argv: readonly string[], wrong: string, right: string): string {
  const words = [...argv];
  const [wrongWords, rightWords] = [wrong.split(' '), right.split(' ')];
  wrongWords.forEach((word, nth) => {
    const at = words.findIndex((arg) => arg === word || arg.startsWith(`${word}=`));
    const found = words[at];
    const isLast = nth === wrongWords.length - 1;
    if (found !== undefined) words.splice(at, 1, (rightWords[nth] ?? '') + found.slice(word.length), ...(isLast ? rightWords.slice(nth + 1) : []));
  });
  return ['docket', ...words.filter((word) => word !== '')].map(quoteWord).join(' ');
}
