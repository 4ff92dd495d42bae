import type { Prose } from './outline/types.ts';
import { leadingMarks } from './vocabulary/punctuation.ts';

/** A lead-in: the bold (or, in its place, plain) words that name what follows them. Offsets into the prose. */
export interface Lead {
  name: string;
  start: number;
  valueStart: number;
  valueEnd: number;
}

/** Words that name a field even when they stand plain at the start of a line. */
const plainNames = /^(Next(?: steps?)?|Status|Evidence|Filed(?: by)?|Severity|Description|Closed|Reopened|Resolved|Decision|Repro(?:duction)?|Root cause|Fix|Verdict|Phase|Owner|Author|What|Why|How|Where|WHAT|WHY|HOW|EXPECTED|WHERE|TEETH|Expected|Teeth|Impact|Re-entry trigger|Reason(?: for deferral)?|Linked [A-Z][\w /]*|Supersedes|Superseded by|Context|Consequences?|Rationale|Outcome|Result|Waiver|Re|From|To)(?:\s*\([^)\n]*\))?\s*:(?=\s|$)/u;

/** Plain `Name: value` at the start of a bullet: a short name with a capital, without commas, dots, code or quotes. */
const bulletName = /^(\p{Lu}[\p{L}\p{N}/&+'’-]*(?: [\p{L}\p{N}/&+'’()-]+){0,4})\s*:(?=\s|$)/u;

function strongAt(prose: Prose, offset: number): number | null {
  for (let index = 0; index < prose.strong.length; index += 2) if (prose.strong[index] === offset) return prose.strong[index + 1] ?? null;
  return null;
}

function boldLead(prose: Prose, at: number): { name: string; valueStart: number } | null {
  const end = strongAt(prose, at);
  if (end === null) return null;
  const inside = prose.text.slice(at, end);
  const after = prose.text.slice(end);
  const colon = /^\s?:/u.exec(after);
  if (!/[:.]\s*$/u.test(inside) && !colon) return null;
  const name = inside.replace(/\s+/gu, ' ').replace(/[\s:.]+$/u, '');
  return name === '' ? null : { name, valueStart: end + (colon && !/:\s*$/u.test(inside) ? colon[0].length : 0) };
}

function plainLead(prose: Prose, at: number, bullet: boolean): { name: string; valueStart: number } | null {
  const line = prose.text.slice(at);
  const found = plainNames.exec(line) ?? (bullet ? bulletName.exec(line) : null);
  return found ? { name: found[0].replace(/\s*:$/u, ''), valueStart: at + found[0].length } : null;
}

/**
 * The lead-ins of a paragraph: `**Name:** value`, `**Name.** value`, `**Name**: value`, each at the start of a line; plain `Name: value`
 * where the name is a known one or the paragraph is the first of a bullet.
 */
export function findLeads(prose: Prose, options: { bullet: boolean }): Lead[] {
  const leads: Lead[] = [];
  for (let start = 0; start !== -1 && start <= prose.text.length; ) {
    const at = start + leadingMarks(prose.text.slice(start, start + 24));
    const found = boldLead(prose, at) ?? plainLead(prose, at, options.bullet && start === 0);
    const last = leads.at(-1);
    if (found) {
      if (last) last.valueEnd = start;
      leads.push({ ...found, start, valueEnd: prose.text.length });
    }
    const next = prose.text.indexOf('\n', start);
    start = next === -1 ? -1 : next + 1;
  }
  return leads;
}

/** The bold words that a paragraph begins with, whatever follows them: `**F1e-1 [adversary]** — …`. Null when it begins otherwise. */
export function leadingStrong(prose: Prose): { text: string; end: number } | null {
  const at = leadingMarks(prose.text);
  const end = strongAt(prose, at);
  return end === null ? null : { text: prose.text.slice(at, end), end };
}
