import type { OptionSpec } from './command-spec.ts';

/** Understood by every command that writes one entry. */
export const writeOptions: readonly OptionSpec[] = [
  { name: '--date', value: 'DATE', summary: 'YYYY-MM-DD or YYYY-MM-DDTHH:MMZ; today in UTC without it' },
  { name: '--dry-run', value: null, summary: 'only print what would be written, as a unified diff' },
];

/** The text below the heading of an entry. */
export const bodyOptions: readonly OptionSpec[] = [
  { name: '--body', value: 'TEXT', summary: 'the text of the entry' },
  { name: '--file', short: '-F', value: 'FILE', summary: 'take the text from a file; - is stdin' },
];
