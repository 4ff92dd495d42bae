import type { Draft } from '../../documents/reading.ts';
import { tidyTitle } from '../../documents/vocabulary/punctuation.ts';

/** Signs by which markdown, tables and HTML mark something. */
const active = /[\\`*_[\]<>&#~|!{}]/gu;

/** Text of one line as it is, then with all that markdown could take for marks escaped, outside of code at first: the first that reads back is written. */
export function spellings(text: string): string[] {
  const escape = (part: string): string => part.replace(active, String.raw`\$&`);
  const beside = text.replace(/(`+)(?!`).+?(?<!`)\1(?!`)|[^`]+|`+/gu, (part) => (part.startsWith('`') && part.length > 2 && part.endsWith('`') ? part : escape(part)));
  return [...new Set([text, beside, escape(text)])];
}

/** Dated headings: `## 2026-06-13 — Title`; with a colon where a number at the start of the title would be taken for the end of a range of dates. */
export function datedHeadings(depth: number, when: string, titles: readonly string[]): string[] {
  return titles.flatMap((title) => [`${'#'.repeat(depth)} ${when} — ${title}`, `${'#'.repeat(depth)} ${when}: ${title}`]);
}

/** A heading with what stands below it, a blank line between them. */
export function composeEntry(heading: string, ...parts: readonly string[]): string {
  return [heading, ...parts.filter((part) => part !== '')].join('\n\n');
}

/** Says as what a title would read; null when it reads as it was given, final punctuation and check marks at its ends aside. */
export function judgeTitle(draft: Draft, title: string): string | null {
  if (draft.name !== null) return `the title "${title}" would give the entry the name {#${draft.name}}`;
  return draft.title === tidyTitle(title) ? null : `the title "${title}" would read as "${draft.title}"`;
}

/** The first of some judgements that says something. */
export function firstOf(...judgements: readonly (string | null)[]): string | null {
  return judgements.find((judgement) => judgement !== null) ?? null;
}

/** Says as what a field would read; null when it reads as it was given. */
export function judgeField(draft: Draft, name: string, value: string): string | null {
  const found = draft.fields.find((field) => field.name === name)?.value ?? null;
  return found === value.replace(/\s+/gu, ' ').trim() ? null : `its ${name} "${value}" would read ${found === null ? 'as nothing' : `as "${found}"`}`;
}

/** Says that the last field of a name does not end as it should; null when it does. */
export function judgeEnding(draft: Draft, name: string, ending: string): string | null {
  const value = draft.fields.findLast((field) => field.name === name)?.value ?? '';
  return value.endsWith(ending.replace(/\s+/gu, ' ').trim()) ? null : `"${ending}" would read as "${value}"`;
}
