/** Dashes that agents put between the parts of a heading: em, en, hyphen, two or three hyphens, horizontal bar, minus. */
const dash = '(?:[—–―−]|-{1,3})';

/** A separator between a date, an id or a lead and what follows: a dash with or without spaces, a colon, a middle dot or a bar. */
const leadingSeparator = new RegExp(`^\\s*(?:${dash}(?=\\s|[^-\\d])|[:·|])\\s*`, 'u');
const checkMarks = '[✓✔✅☑✗✘❌❎☒🟢🔴🟡⏳🚧]\\uFE0F?';
const finalPunctuation = /[\s.,:;!?…]+$/u;

/** A dash, as source for patterns that need one. */
export const dashSource = dash;

/** Takes the separator off the front of what follows a date, an id or a lead. */
export function dropLeadingSeparator(text: string): string {
  return text.replace(leadingSeparator, '');
}

/** True when `text` begins with a separator. */
export function startsWithSeparator(text: string): boolean {
  return leadingSeparator.test(text);
}

const edgeMarks = new RegExp(`^(?:${checkMarks}\\s*)+|(?:\\s*${checkMarks})+$`, 'gu');

/** A title as the contract wants it: one line, without check marks at its ends and without final punctuation; nothing else is cut. */
export function tidyTitle(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().replace(edgeMarks, '').replace(finalPunctuation, '').replace(edgeMarks, '').trim();
}

/** Length of the check marks and brackets that may stand before the date or id of a heading. */
export function leadingMarks(text: string): number {
  return new RegExp(`^(?:\\s|${checkMarks})*`, 'u').exec(text)?.[0].length ?? 0;
}
