import type { SimpleCommand } from './reading.ts';

/** `x=y` and `x+=y`, with the name. */
export const assignmentWord = /^([A-Za-z_]\w*)\+?=/;

const assigning = new Set(['export', 'declare', 'typeset', 'local', 'readonly']);

/** What a builtin assigns: `export x=y`, `printf -v x y`, `read x <<< y`. */
export function assignedBy({ words, input }: Pick<SimpleCommand, 'words' | 'input'>): [string, string][] {
  const [program = '', ...args] = words;
  if (assigning.has(program)) return args.flatMap((word): [string, string][] => (assignmentWord.test(word) ? [[word.slice(0, word.indexOf('=')).replace(/\+$/, ''), word.slice(word.indexOf('=') + 1)]] : []));
  if (program === 'printf' && args[0] === '-v') return [[args[1] ?? '', args.slice(2).join(' ')]];
  return program === 'read' && input !== null ? args.filter((word) => /^[A-Za-z_]\w*$/.test(word)).map((name): [string, string] => [name, input]) : [];
}
