import { scriptOf } from '../types.ts';
import type { Role, Step } from '../types.ts';

/**
 * Steps that stand under one head. A red section may build and start things before it probes: it is the section that
 * has to fail, not each of its steps.
 */
export interface Section {
  readonly role: Role;
  /** Indexes of its steps. */
  readonly steps: readonly number[];
}

export function sectionsOf(steps: readonly Step[]): Section[] {
  const sections: { role: Role; steps: number[] }[] = [];
  steps.forEach((step, index) => {
    const previous = steps[index - 1];
    const open = sections.at(-1);
    if (open === undefined || previous === undefined || !hasSameHead(step, previous)) sections.push({ role: step.role, steps: [index] });
    else open.steps.push(index);
  });
  return sections;
}

function hasSameHead(a: Step, b: Step): boolean {
  return a.role === b.role && a.at === b.at && a.patch === b.patch && a.heading === b.heading;
}

/** A failing step beside a green one that it has to differ from; indexes into the steps. */
export interface Pair {
  readonly failing: number;
  readonly green: number;
}

/**
 * Puts each step of a red section or a negative control beside the green steps that run the same commands; a section
 * that shares no commands with green is put beside all of green.
 */
export function pairsOf(steps: readonly Step[], section: Section): Pair[] {
  const greens = steps.flatMap((step, index) => (step.role === 'green' && step.commands.length > 0 ? [index] : []));
  const failing = section.steps.filter((index) => (steps[index]?.commands.length ?? 0) > 0);
  const same = failing.flatMap((index) => greens.filter((green) => isSameScript(steps[index], steps[green])).map((green) => ({ failing: index, green })));
  return same.length > 0 ? same : failing.flatMap((index) => greens.map((green) => ({ failing: index, green })));
}

/**
 * Whether some red section shares no command with green, as when an old probe is set beside a new one. Nothing then
 * shows that either check can fail, so a negative control has to.
 */
export function comparesTwoChecks(steps: readonly Step[]): boolean {
  return sectionsOf(steps).some((section) => {
    if (section.role !== 'red') return false;
    const pairs = pairsOf(steps, section);
    return pairs.length > 0 && !pairs.some(({ failing, green }) => isSameScript(steps[failing], steps[green]));
  });
}

function isSameScript(a: Step | undefined, b: Step | undefined): boolean {
  return a !== undefined && b !== undefined && scriptOf(a).trim() === scriptOf(b).trim();
}
