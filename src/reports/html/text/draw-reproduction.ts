import type { PageStep } from '../data/report.ts';
import { h, type Markup } from '../markup.ts';
import type { Line } from './read-blocks.ts';

type Mark = 'command' | 'output' | 'fails' | 'passes';

/** What each line of the reproductions of an entry is. */
export interface StepMarks {
  isReproduction(lines: readonly Line[]): boolean;
  roleAt(line: number): { role: string; guessed: boolean; first: boolean } | null;
  markAt(line: number): Mark | null;
}

/** Of the steps of all reproductions that lie in a text. */
export function marksOf(steps: readonly PageStep[]): StepMarks {
  const starts = new Map(steps.map((step) => [step.line, step]));
  const marks = new Map<number, Mark>();
  for (const { commands, observations } of steps) {
    for (const line of commands) marks.set(line, 'command');
    for (const [line, verdict] of observations) marks.set(line, verdict === 'fails' || verdict === 'passes' ? verdict : 'output');
  }
  const roles = new Map<number, { role: string; guessed: boolean; first: boolean }>();
  for (const { line, role, guessed, commands, observations } of steps) {
    if (role === null) continue;
    const last = Math.max(line, ...commands, ...observations.map(([each]) => each));
    for (let at = line; at <= last; at += 1) roles.set(at, { role, guessed, first: at === line });
  }
  return {
    isReproduction: (lines) => lines.some(({ line }) => marks.has(line)),
    roleAt: (line) => roles.get(line) ?? roles.get(line + (starts.has(line + 1) ? 1 : 0)) ?? null,
    markAt: (line) => marks.get(line) ?? null,
  };
}

const signs: Readonly<Record<Mark, [string, string]>> = { command: ['$', 'runs'], output: ['→', 'prints'], fails: ['✘', 'fails'], passes: ['✔', 'passes'] };

/**
 * A reproduction line by line: the role of each step stands in words beside it, and whether a line fails or passes as a word and a sign, so that red
 * and green are told apart without their colours.
 */
export function drawReproduction(lines: readonly Line[], marks: StepMarks): Markup {
  let before: string | null = null;
  const rows = lines.map(({ text, line }) => {
    const mark = marks.markAt(line);
    const found = mark === null && text.trim() === '' ? null : marks.roleAt(line);
    const role = found === null ? null : `${found.role}${found.guessed ? '?' : ''}`;
    const isNew = role !== null && (role !== before || (found?.first === true && !lines.some((other) => other.line === line - 1 && other.text.trim() !== '')));
    if (text.trim() !== '') before = role;
    const [sign, word] = mark === null ? ['', ''] : signs[mark];
    const classes = ['l', ...(found === null ? [] : ['step', `r-${found.role}`]), ...(mark === null ? [] : [mark])];
    return h(
      'div',
      { class: classes.join(' ') },
      h('span', { class: 'role', title: found?.guessed === true && isNew ? 'guessed from the words beside it' : null }, isNew ? role : ''),
      h('span', { class: 'sign' }, mark === 'fails' || mark === 'passes' ? `${sign} ${word}` : ''),
      h('code', {}, text === '' ? ' ' : text),
    );
  });
  return h('div', { class: 'repro', role: 'group', 'aria-label': labelOf(lines, marks), tabindex: 0 }, rows);
}

function labelOf(lines: readonly Line[], marks: StepMarks): string {
  const roles = lines.flatMap(({ line }) => (marks.markAt(line) === 'command' ? [marks.roleAt(line)?.role ?? 'step'] : []));
  return `reproduction: ${roles.join(', ')}`;
}
