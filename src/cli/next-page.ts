import { quoteWord } from '../queries/shell-word.ts';

/** The command line with this cursor in place of its own, which shows the page that follows. */
export function nextPage(argv: readonly string[], cursor: string): string {
  const words = argv.filter((arg, at) => arg !== '--cursor' && !arg.startsWith('--cursor=') && argv[at - 1] !== '--cursor');
  const end = words.indexOf('--');
  words.splice(end < 0 ? words.length : end, 0, '--cursor', cursor);
  return ['docket', ...words].map(quoteWord).join(' ');
}
