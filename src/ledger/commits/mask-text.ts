import { maskProse } from '../../documents/masked.ts';

/** Blanks out what plain text (a commit message) only quotes, as documents do for prose: code between back-ticks, words between quotation marks. */
export function maskText(text: string): string {
  const code: number[] = [];
  for (const span of text.matchAll(/(`+)(?!`).+?(?<!`)\1(?!`)/gu)) code.push(span.index, span.index + span[0].length);
  return maskProse({ text, code, strong: [], struck: [], links: [] });
}
