import { readReproduction } from '../../src/repro/read-reproduction.ts';
import type { Fence, Reproduction } from '../../src/repro/types.ts';

/** A fence whose body begins on line 1, as a markdown reader would give it. */
export function fenceOf(body: string, info = ''): Fence {
  const [lang = '', ...meta] = info.split(' ');
  return { lang: lang === '' ? null : lang, meta: meta.length === 0 ? null : meta.join(' '), body, line: 1 };
}

export function read(body: string, info = ''): Reproduction {
  const reproduction = readReproduction(fenceOf(body, info));
  if (reproduction === null) throw new Error(`no reproduction was read from:\n${body}`);
  return reproduction;
}

/** How many steps, commands, observations and failures a reproduction holds. */
export function countsOf(reproduction: Reproduction): { steps: number; commands: number; observations: number; fails: number } {
  const { steps } = reproduction;
  const observations = steps.flatMap((step) => step.observations);
  return {
    steps: steps.length,
    commands: steps.flatMap((step) => step.commands).length,
    observations: observations.length,
    fails: observations.filter((observation) => observation.note?.verdict === 'fails').length,
  };
}
