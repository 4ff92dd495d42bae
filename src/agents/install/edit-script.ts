import { blockEnd, blockStart, ownMark } from './hook-script.ts';

/** What becomes of a script: its new text; null: it is taken away, since it held nothing else. */
export type ScriptText = string | null;

/** The shells that read what docket writes. */
const shells = /^#!\s*(?:\/\S*\/)?(?:env\s+(?:-S\s+)?)?(?:ba|da|k|z|a)?sh\b/u;

/** May lines be put into this script? Only into one that a shell of this kind reads; one without a first line of its own is read by sh. */
export function isShellScript(text: string): boolean {
  return text.startsWith('#!') ? shells.test(text) && text.includes('\n') : /^[\x20-\x7e\s\u0080-\uffff]*$/u.test(text);
}

export function hasBlock(text: string): boolean {
  return findBlock(text) !== null;
}

/** Puts the block into a script, behind its first line; one that is there already takes the place of the old one. */
export function withBlock(text: string, block: string): string {
  const found = findBlock(text);
  if (found !== null) return text.slice(0, found.start) + block + text.slice(found.end);
  const head = text.startsWith('#!') ? text.indexOf('\n') + 1 : 0;
  return text.slice(0, head) + block + text.slice(head);
}

/** Takes the block out again: the script is as it was before it came, byte by byte. Null where docket made the file. */
export function withoutBlock(text: string): ScriptText {
  const found = findBlock(text);
  if (found === null) return text;
  const rest = text.slice(0, found.start) + text.slice(found.end);
  return isMadeByDocket(text) && rest.trim().replace(/^#!\S+$/u, '') === '' ? null : rest;
}

/** Did docket make the file, whatever somebody else wrote into it since? */
export function isMadeByDocket(text: string): boolean {
  const found = findBlock(text);
  return found !== null && text.slice(found.start).split('\n', 1)[0]?.includes(ownMark) === true;
}

function findBlock(text: string): { start: number; end: number } | null {
  const start = text.startsWith(blockStart) ? 0 : text.indexOf(`\n${blockStart}`) + 1;
  if (start === 0 && !text.startsWith(blockStart)) return null;
  const end = text.indexOf(`\n${blockEnd}\n`, start);
  return end < 0 ? null : { start, end: end + blockEnd.length + 2 };
}
