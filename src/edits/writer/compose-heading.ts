import type { Draft } from '../../documents/reading.ts';
import { tidyTitle } from '../../documents/vocabulary/punctuation.ts';

/** Signs by which markdown, tables and HTML mark something. */
const active = /[\\`*_[\]<>&#~|!{}]/gu;

/** The title as it is, then with all that markdown could take for marks escaped: the first that reads back is written. */
export function spellings(title: string): string[] {
  const escaped = title.replace(active, String.raw`\$&`);
  return escaped === title ? [title] : [title, escaped];
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
