import { Failure } from '../../contract/failure.ts';
import type { DraftField } from '../../documents/reading.ts';
import { checkBody } from '../writer/check-text.ts';
import { pageOpener } from '../writer/open-page.ts';
import type { Pen } from '../writer/pen.ts';
import type { GivenBody } from './given-body.ts';

/** The parts of a claim as options give them; TEETH may be missing. */
export interface GivenParts {
  what: string | null;
  how: string | null;
  expected: string | null;
  where: string | null;
  teeth: string | null;
}

/** The text of a claim and what it reads as. */
export interface ClaimText {
  body: string;
  /** WHAT, HOW, EXPECTED, WHERE, TEETH and whatever else the text names, by name. */
  fields: Record<string, string>;
}

/**
 * The text of a claim: its parts below headings, or a file that holds them under headings or bold leads. Throws a usage failure where both or neither
 * are given, for text that would not stay inside the claim, and where a part would not read as it was given.
 */
export async function composeClaim(pen: Pen, parts: GivenParts, file: GivenBody): Promise<ClaimText> {
  const given = Object.entries(parts).filter((part): part is [keyof GivenParts, string] => part[1] !== null);
  if (given.length > 0 && file.text !== '') throw new Failure('usage', 'Unexpected parts and a file together, expected one of them.', { next: 'docket claim --help' });
  if (given.length === 0 && file.text.trim() === '') throw new Failure('usage', 'Missing what is claimed: WHAT, HOW, EXPECTED and WHERE.', { next: 'Give --what, --how, --expected and --where, or -F FILE.' });
  if (given.length === 0) {
    const body = await checkBody(file.name, file.text, 2);
    return { body, fields: await readFields(pen, body) };
  }
  const checked: [string, string][] = [];
  for (const [name, text] of given) checked.push([name.toUpperCase(), await checkBody(`--${name}`, text, 3)]);
  const full = checked.filter(([, text]) => text !== '');
  const body = full.map(([name, text]) => `### ${name}\n\n${text}`).join('\n\n');
  const fields = await readFields(pen, body);
  for (const [name, text] of full) {
    const read = fields[name];
    if (read !== text) throw new Failure('usage', `--${name.toLowerCase()} would read as ${read === undefined ? 'nothing' : `"${read.slice(0, 120)}"`}; nothing was written`, { next: 'Take out the words that name another part of the claim, then run the same command again.' });
  }
  return { body, fields };
}

/** What a text reads as below the heading of a claim. */
async function readFields({ vocabulary }: Pen, body: string): Promise<Record<string, string>> {
  const page = await pageOpener(vocabulary)('STATUS-x.md', Buffer.from(`# STATUS\n\n## Gate: M1 — CLAIMED\n\n${body}\n`));
  return joinFields(page.reading.drafts.find(({ kind }) => kind === 'claim')?.fields ?? []);
}

/** Fields by name; what stands twice, one below the other. */
export function joinFields(fields: readonly DraftField[]): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const { name, value } of fields) joined[name] = joined[name] === undefined || joined[name] === '' ? value : value === '' ? joined[name] : `${joined[name]}\n${value}`;
  return joined;
}
