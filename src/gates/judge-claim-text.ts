import type { Entry } from '../contract/schema/entry.ts';
import { quoteWord } from '../queries/shell-word.ts';
import { commandLikeness } from '../repro/shell/command-like.ts';
import type { RuleId } from '../rules/rule-ids.ts';

/** What a claim has to say so that somebody else can check it cold. */
export const claimParts = ['WHAT', 'HOW', 'EXPECTED', 'WHERE'] as const;

/** What the text of a claim lacks, or what is worth knowing of it: the rule that says so and half a sentence. */
export interface TextFault {
  rule: Extract<RuleId, 'claim-incomplete' | 'expected-without-command'>;
  level: 'error' | 'warning';
  message: string;
  next: string;
}

/** The claim that is judged: of which gate (`PHASE/GATE`), its parts, and the reproductions that it rests on. */
export interface ClaimToJudge {
  gate: string;
  fields: Readonly<Record<string, string>>;
  evidence: readonly Entry[];
}

const marked = /`[^`\n]+`|^[ \t]*(?:`{3,}|~{3,})|^[ \t]*\$ \S/mu;

/**
 * Judges the text of a claim by its fields: every part is there, and every EXPECTED belongs to a command, beside it or under HOW. A command stands in
 * back-ticks, in a fence, behind `$`, or as a line that can be nothing else.
 */
export function judgeClaimText({ gate, fields, evidence }: ClaimToJudge): TextFault[] {
  const lacking = claimParts.filter((part) => (fields[part] ?? '').trim() === '');
  const faults: TextFault[] = lacking.map((part) => ({ rule: 'claim-incomplete', level: 'error', message: `the claim of ${gate} lacks ${part}`, next: `Say it with --${part.toLowerCase()}, or below a heading ${part} of the file.` }));
  const [how = '', expected = ''] = [fields['HOW'], fields['EXPECTED']];
  const known = commandsOf(evidence);
  const names = (text: string): boolean => marked.test(text) || text.split('\n').some(isCommand) || known.some((command) => text.includes(command));
  const bare = names(how) ? undefined : expected.split(/\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t]|[ \t]*\n)/u).find((line) => line.trim() !== '' && !names(line));
  if (bare !== undefined) return [...faults, { rule: 'expected-without-command', level: 'error', message: `"${bare.trim().split('\n')[0]?.slice(0, 60) ?? ''}" is expected of ${gate}, but of no command`, next: proposeClaim(gate, evidence, fields) }];
  return lacking.length > 0 || known.length === 0 || isAboutEvidence(`${how}\n${expected}`, evidence) ? faults : [...faults, { rule: 'expected-without-command', level: 'warning', message: `no command that the claim of ${gate} names was run by a reproduction of it`, next: proposeClaim(gate, evidence, fields) }];
}

/** The command that claims a gate, with what its reproductions run as HOW and EXPECTED where nothing better was given. */
export function proposeClaim(gate: string, evidence: readonly Entry[], fields: Readonly<Record<string, string>> = {}): string {
  const proposed = proposeParts(gate, evidence);
  const parts = claimParts.map((part) => {
    const given = fields[part]?.trim() ?? '';
    const isOwn = given !== '' && (part === 'WHAT' || part === 'WHERE');
    return `--${part.toLowerCase()} ${quoteWord(isOwn ? given : proposed[part])}`;
  });
  return `docket claim ${gate} ${parts.join(' ')}`;
}

/** Without a command that is known a claim has to name one. */
function proposeParts(gate: string, evidence: readonly Entry[]): Record<(typeof claimParts)[number], string> {
  const green = evidence.flatMap(({ steps = [] }) => steps.filter(({ role, guessed }) => role === 'green' && guessed !== true)).find(({ commands }) => commands.length === 1 && isShort(commands[0]?.text ?? ''));
  const command = green?.commands[0]?.text ?? `docket replay ${gate} --cold`;
  const status = green?.observations.find(({ mode }) => mode === 'status')?.text ?? '0';
  return { HOW: `\`${command}\``, EXPECTED: `\`${command}\` exits ${status}`, WHAT: 'TEXT', WHERE: 'TEXT' };
}

function isShort(command: string): boolean {
  return command.length <= 120 && !/[`\n]/u.test(command);
}

/** A line that a shell would run: `./probe.sh`, `npm test`. */
function isCommand(line: string): boolean {
  return /^\s*\.{0,2}\/\S/u.test(line) || commandLikeness(line) === 'strong';
}

function commandsOf(evidence: readonly Entry[]): string[] {
  return evidence.flatMap(({ steps = [] }) => steps.flatMap(({ commands }) => commands.map(({ text }) => text.trim()))).filter((text) => text.length > 3);
}

/** It names what was run, a reproduction, or the docket command that runs it. */
function isAboutEvidence(text: string, evidence: readonly Entry[]): boolean {
  const words = [...commandsOf(evidence), ...evidence.map(({ id }) => id.slice(id.lastIndexOf('/') + 1).replace(/~\d+$/u, ''))];
  return /\bdocket (?:replay|gate|record)\b/u.test(text) || words.some((word) => text.replace(/\s+/gu, ' ').includes(word.replace(/\s+/gu, ' ')));
}
