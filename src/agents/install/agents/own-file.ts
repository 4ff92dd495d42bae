import { createHash } from 'node:crypto';

const mark = /(?:<!-- |# )docket:agents file sha256:([0-9a-f]{16})[^\n]*\n$/u;

/** The text of a file that is docket's alone: with a last line that tells it from one that somebody has edited since. */
export function signFile(text: string, kind: 'markdown' | 'toml'): string {
  const body = text.endsWith('\n') ? text : `${text}\n`;
  const words = `docket:agents file sha256:${digest(body)}: written by docket install agents, which replaces it while it is as it was written`;
  return `${body}${kind === 'markdown' ? `<!-- ${words} -->` : `# ${words}`}\n`;
}

/** Is this a file that docket wrote, and nobody edited? */
export function isUntouched(text: string): boolean {
  const found = mark.exec(text);
  return found !== null && digest(text.slice(0, found.index)) === found[1];
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
