/** Chinese and Japanese put no blanks between words, so there each character counts as one. */
const word = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}])+/gu;
const plainWord = /[a-z0-9]+/g;
const nonAscii = /[^\0-\x7f]/;

/** Text without the differences that search ignores: case and diacritics. */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  return nonAscii.test(lower) ? lower.normalize('NFKD').replace(/\p{M}+/gu, '') : lower;
}

/** The words of folded text, in order: runs of letters and digits. */
export function wordsOf(folded: string): string[] {
  return folded.match(nonAscii.test(folded) ? word : plainWord) ?? [];
}
