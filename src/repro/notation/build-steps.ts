import { guessRole } from './guess-role.ts';
import type { Command, Observation, Step } from '../types.ts';

export type LooseItem =
  | { readonly kind: 'blank' }
  | { readonly kind: 'unread' }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'observation'; readonly observation: Observation }
  | { readonly kind: 'more'; readonly text: string; readonly line: number };

interface OpenStep {
  readonly comments: readonly string[];
  readonly commands: Command[];
  readonly observations: Observation[];
  endLine: number;
}

interface Grouping {
  readonly steps: Step[];
  open: OpenStep | null;
  /** The comment lines that speak of the next step, and of the one after it while no blank line stands between. */
  comments: string[];
  /** Whether a step has begun below these comments. */
  used: boolean;
}

/**
 * Groups what stands in a loose block into steps: commands followed by their observations. A blank line ends a step,
 * a command after an observation begins one, so does a comment that names a role; an arrow without a command is a
 * step with no commands.
 */
export function buildSteps(items: readonly LooseItem[]): Step[] {
  const grouping: Grouping = { steps: [], open: null, comments: [], used: false };
  for (const item of items) addItem(grouping, item);
  close(grouping);
  return grouping.steps;
}

function addItem(grouping: Grouping, item: LooseItem): void {
  switch (item.kind) {
    case 'blank':
      close(grouping);
      if (grouping.used) grouping.comments = [];
      break;
    case 'comment':
      addComment(grouping, item.text);
      break;
    case 'command': {
      if (grouping.open !== null && grouping.open.observations.length > 0) close(grouping);
      const step = openStep(grouping);
      step.commands.push(item.command);
      step.endLine = item.command.endLine;
      break;
    }
    case 'observation': {
      const step = openStep(grouping);
      step.observations.push(item.observation);
      step.endLine = item.observation.line;
      break;
    }
    case 'more':
      addOutput(openStep(grouping), item.text, item.line);
      break;
    case 'unread':
      break;
  }
}

function addComment(grouping: Grouping, text: string): void {
  if (grouping.used) {
    if (guessRole(text) !== null) close(grouping);
    grouping.comments = [];
    grouping.used = false;
  }
  grouping.comments.push(text);
}

/** Further lines under an arrow are more of the same output. */
function addOutput(step: OpenStep, text: string, line: number): void {
  const last = step.observations.pop();
  if (last === undefined) return;
  step.observations.push({ ...last, text: `${last.text}\n${text}` });
  step.endLine = line;
}

function openStep(grouping: Grouping): OpenStep {
  grouping.open ??= { comments: grouping.comments, commands: [], observations: [], endLine: 0 };
  grouping.used = true;
  return grouping.open;
}

function close(grouping: Grouping): void {
  const { open } = grouping;
  if (open === null) return;
  grouping.open = null;
  const guess = open.comments.map(guessRole).findLast((found) => found !== null);
  grouping.steps.push({
    role: guess?.head.role ?? 'check',
    guessed: guess?.guessed ?? true,
    heading: guess?.head.text ?? open.comments[0] ?? null,
    at: guess?.head.at ?? null,
    patch: guess?.head.patch ?? null,
    line: open.commands[0]?.line ?? open.observations[0]?.line ?? open.endLine,
    endLine: open.endLine,
    comments: open.comments,
    commands: open.commands,
    observations: open.observations,
  });
}
