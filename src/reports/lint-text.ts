import type { Diagnostic } from '../contract/schema/envelope.ts';
import { paintState } from './state-mark.ts';
import type { View } from './view.ts';

interface LintData {
  reproductions: { id: string; notation: string; level: string; verdict: string; place: { path: string; line: number }; steps: { role: string | null; guessed: boolean; commands: object[]; observations: object[] }[]; findings: Diagnostic[] }[];
  findings: Diagnostic[];
}

/** Every reproduction with its steps and what it lacks, then what the prose only reasons. */
export function renderLint({ reproductions, findings }: LintData, view: View): string {
  const own = new Set(reproductions.flatMap((each) => each.findings.map(keyOf)));
  const prose = findings.filter((finding) => !own.has(keyOf(finding)));
  const blocks = reproductions.map(({ id, notation, level, verdict, place, steps, findings: found }) =>
    [`${view.paint('bold', id)}  ${notation}, level ${level}, ${verdict}  ${view.paint('dim', `${place.path}:${place.line}`)}`, `  ${describeSteps(steps)}`, ...found.map((finding) => `  ${lineOf(finding, view)}`)].join('\n'),
  );
  const counted = `${count(reproductions.length, 'reproduction')}, ${count(findings.length, 'finding')}`;
  return `${[...blocks, ...(prose.length === 0 ? [] : [prose.map((finding) => lineOf(finding, view)).join('\n')]), counted].join('\n\n')}\n`;
}

function keyOf({ rule, place, message }: Diagnostic): string {
  return JSON.stringify([rule, place, message]);
}

function describeSteps(steps: LintData['reproductions'][number]['steps']): string {
  const roles = steps.map(({ role, guessed }) => `${role ?? 'check'}${guessed ? '?' : ''}`);
  const commands = steps.reduce((sum, step) => sum + step.commands.length, 0);
  const observations = steps.reduce((sum, step) => sum + step.observations.length, 0);
  return `${count(steps.length, 'step')} (${roles.join(' ')}), ${count(commands, 'command')}, ${count(observations, 'observation')}`;
}

function lineOf({ rule, level, message, place }: Diagnostic, view: View): string {
  return `${place === null ? '' : `${place.path}:${place.line}: `}${paintState(view, level, rule)}  ${message}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
