import { describe, expect, test } from 'vitest';
import { crossMatch } from '../../../src/repro/judge/cross-match.ts';
import { comparesTwoChecks, pairsOf, sectionsOf } from '../../../src/repro/judge/sections.ts';
import type { StepRun } from '../../../src/repro/judge/step-outcome.ts';
import type { Observation, Role, Step } from '../../../src/repro/types.ts';

let line = 0;
function step(role: Role, commands: string | string[], out: string | null = null, more: Partial<Step> = {}): Step {
  line += 10;
  const observations: Observation[] = out === null ? [] : [{ text: out, stream: 'stdout', mode: 'pattern', note: null, line }];
  return { role, guessed: false, heading: null, at: null, patch: null, line, endLine: line, comments: [], commands: [commands].flat().map((text) => ({ text, line, endLine: line })), observations, ...more };
}

const ran = (stdout: string, more: Partial<StepRun> = {}): StepRun => ({ stdout, stderr: '', code: 0, signal: null, timedOut: false, truncated: false, unusable: null, ...more });
const refused = { unusable: { outcome: 'refused', why: 'no consent' } } as const;

describe('sections', () => {
  test.each<[string, Partial<Step>, boolean]>([
    ['the same head', {}, true], ['another revision', { at: 'v1' }, false], ['another patch', { patch: 'x.diff' }, false], ['another heading', { heading: 'again' }, false], ['another role', { role: 'neg' }, false], ['other commands', { commands: [] }, true],
  ])('%s', (_, more, together) => {
    expect(sectionsOf([step('red', './a'), step('red', './b', null, more)]).map(({ role, steps }) => `${role} ${steps.join(' ')}`)).toEqual(together ? ['red 0 1'] : ['red 0', `${more.role ?? 'red'} 1`]);
  });

  test('of one head that stand apart are two', () => {
    expect(sectionsOf([step('red', './a'), step('green', './a'), step('red', './a')]).map(({ steps }) => steps)).toEqual([[0], [1], [2]]);
    expect(sectionsOf([])).toEqual([]);
  });
});

describe('pairs', () => {
  const pairs = (...steps: Step[]): string[] => pairsOf(steps, sectionsOf(steps)[0] ?? { role: 'red', steps: [] }).map(({ failing, green }) => `${failing}-${green}`);
  test.each<[string, Step[], string[]]>([
    ['the green of the same command', [step('red', './a'), step('green', './a'), step('green', './b')], ['0-1']],
    ['blanks around it aside', [step('red', ' ./a\n'), step('green', './a '), step('green', './b')], ['0-1']],
    ['all its commands', [step('red', ['./a', './b']), step('green', ['./a', './b']), step('green', './a')], ['0-1']],
    ['those of the steps that share one', [step('red', './make'), step('red', './a'), step('green', './a')], ['1-2']],
    ['each with each, where none shares one', [step('red', './a'), step('red', './b'), step('green', './c'), step('green', './d')], ['0-2', '0-3', '1-2', '1-3']],
    ['none with a green without a command', [step('red', './a'), step('green', []), step('green', './c')], ['0-2']],
    ['none of a red without a command', [step('red', []), step('red', './a'), step('green', './c')], ['1-2']],
    ['not two without commands', [step('red', []), step('green', [])], []],
    ['none without green', [step('red', './a'), step('check', './a')], []],
  ])('%s', (_, steps, expected) => {
    expect(pairs(...steps)).toEqual(expected);
  });

  test.each<[string, Step[], boolean]>([
    ['one check', [step('red', './a'), step('green', './a')], false],
    ['two checks', [step('red', './a'), step('green', './b')], true],
    ['two checks in a later section', [step('red', './a'), step('green', './a'), step('red', './b')], true],
    ['a check that is one of several', [step('red', './a'), step('green', './b'), step('green', './a')], false],
    ['a neg of its own', [step('neg', './a'), step('green', './b')], false],
    ['no green', [step('red', './a')], false],
  ])('%s: a neg has to show that the check can fail: %s', (_, steps, expected) => {
    expect(comparesTwoChecks(steps)).toBe(expected);
  });
});

describe('one output held against the other’s contract', () => {
  const cross = (steps: Step[], ...runs: (StepRun | null)[]): string[] => crossMatch(steps, runs, {}).map(({ section, why, pairs }) => `${section.role} ${section.steps.join(' ')}: ${why} ${pairs.map(({ failingPassesGreen, greenPassesFailing }) => [failingPassesGreen, greenPassesFailing].map(Number).join('')).join(' ')}`);
  const of = (failing: Step, green: Step): [Step[], string, string] => [[failing, green], `${failing.role} (line ${failing.line})`, `green (line ${green.line})`];

  test('tells them apart: nothing is said', () => {
    expect(cross([step('red', './a', 'leaks'), step('green', './a', 'holds')], ran('leaks'), ran('holds'))).toEqual([]);
  });

  test('red passes as green does', () => {
    const [steps, red, green] = of(step('red', './a', '[..]'), step('green', './a', '[..]'));
    expect(cross(steps, ran('leaks'), ran('holds'))).toEqual([`red 0: what ${red} printed satisfies what ${green} expects 11`]);
  });

  test('green is too wide, or red is', () => {
    const [wide, red, green] = of(step('red', './a', 'leaks'), step('green', './a', '[..]'));
    expect(cross(wide, ran('leaks'), ran('holds'))).toEqual([`red 0: what ${red} printed satisfies what ${green} expects 10`]);
    const [narrow, neg, passing] = of(step('neg', './a', '[..]'), step('green', './a', 'holds'));
    expect(cross(narrow, ran('leaks'), ran('holds'))).toEqual([`neg 0: what ${passing} printed satisfies what ${neg} expects 01`]);
  });

  test('what one step of a section shows is enough', () => {
    const steps = [step('red', './make', '[..]'), step('red', './a', 'leaks'), step('green', './make', '[..]'), step('green', './a', 'holds')];
    expect(cross(steps, ran('x'), ran('leaks'), ran('x'), ran('holds'))).toEqual([]);
    expect(cross(steps, ran('x'), ran('holds'), ran('x'), ran('holds'))).toHaveLength(1);
  });

  test('only red and neg are held against green', () => {
    expect(cross([step('check', './a', '[..]'), step('setup', './a', '[..]'), step('green', './a', '[..]')], ran('x'), ran('x'), ran('x'))).toEqual([]);
  });

  test.each<[string, StepRun | null, StepRun | null]>([
    ['red was not run', null, ran('x')], ['green was not run', ran('x'), null], ['red may not be judged', ran('x', refused), ran('x')], ['green may not be judged', ran('x'), ran('x', refused)], ['neither', null, null],
  ])('where %s there is nothing to compare', (_, failed, passed) => {
    expect(cross([step('red', './a', '[..]'), step('green', './a', '[..]')], failed, passed)).toEqual([]);
    const steps = [step('red', './a', '[..]'), step('green', './a', '[..]'), step('green', './a', '[..]')];
    expect(cross(steps, ran('x'), ran('x'), passed === null || passed.unusable !== null ? passed : ran('x'))).toHaveLength(1);
  });
});
