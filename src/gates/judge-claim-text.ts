import type { RuleId } from '../rules/rule-ids.ts';

/** What a claim has to say so that somebody else can check it cold. */
export const claimParts = ['WHAT', 'HOW', 'EXPECTED', 'WHERE'] as const;

/** What the text of a claim lacks: the rule that says so and half a sentence. */
export interface TextFault {
  rule: Extract<RuleId, 'claim-incomplete' | 'expected-without-command'>;
  message: string;
  next: string;
}

const command = /`[^`\n]+`|^[ \t]*(?:`{3,}|~{3,})|^[ \t]*\$ \S/mu;

/** Judges the text of a claim by its fields: every part is there, and every EXPECTED belongs to a command, beside it or under HOW. */
export function judgeClaimText(gate: string, fields: Readonly<Record<string, string>>): TextFault[] {
  const lacking = claimParts.filter((part) => (fields[part] ?? '').trim() === '');
  const faults: TextFault[] = lacking.map((part) => ({ rule: 'claim-incomplete', message: `the claim of ${gate} lacks ${part}`, next: `Say it with --${part.toLowerCase()}, or below a heading ${part} of the file.` }));
  const [how = '', expected = ''] = [fields['HOW'], fields['EXPECTED']];
  if (expected.trim() === '' || command.test(how)) return faults;
  const bare = expected.split(/\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t]|[ \t]*\n)/u).find((line) => line.trim() !== '' && !command.test(line));
  if (bare === undefined) return faults;
  return [...faults, { rule: 'expected-without-command', message: `"${bare.trim().split('\n')[0]?.slice(0, 60) ?? ''}" is expected of ${gate}, but of no command`, next: 'Name the command that shows it, in back-ticks on the same line or under HOW.' }];
}
