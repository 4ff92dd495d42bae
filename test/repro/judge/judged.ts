import { judgeReproduction } from '../../../src/repro/judge/judge-reproduction.ts';
import type { StepRun } from '../../../src/repro/judge/step-outcome.ts';
import type { Judgement, NegControl } from '../../../src/repro/judge/types.ts';
import type { Step } from '../../../src/repro/types.ts';
import { read } from '../fence-of.ts';

export interface Observed { out?: string; err?: string; code?: number | null; signal?: string; timedOut?: boolean; truncated?: boolean; unusable?: StepRun['unusable'] }

export function ran({ out = '', err = '', code = 0, signal, timedOut = false, truncated = false, unusable = null }: Observed = {}): StepRun {
  return { stdout: out, stderr: err, code: signal === undefined && !timedOut ? code : null, signal: signal ?? null, timedOut, truncated, unusable };
}

export const stepsOf = (body: string): readonly Step[] => read(body, 'console repro id=x').steps;

export const ok: Observed = { out: '200\n' };
export const bad: Observed = { out: '404\n', code: 22 };
const took = { out: 'curl: (7) refused\n', code: 7 };

export const patched = (change: Partial<NegControl> = {}): NegControl => ({ mutation: 'patch', changed: true, before: ran(ok), after: ran(ok), broken: null, ...change });

/** Red, green and neg of one check; each part can be replaced. */
export function judge(parts: { red?: string; green?: string; neg?: string; runs?: { red?: Observed | null; green?: Observed | null; neg?: Observed | null }; control?: NegControl | null } = {}): Judgement {
  const { red = '→ 404\n→? 22', green = '→ 200\n→? 0', neg = '→~ curl: [..]\n→? 7', runs = {}, control = patched() } = parts;
  const steps = stepsOf(`# red @base: old\n$ ./probe.sh\n${red}\n\n# green: new\n$ ./probe.sh\n${green}\n\n# neg +x.diff: teeth\n$ ./probe.sh\n${neg}`);
  const observed = [runs.red === undefined ? bad : runs.red, runs.green === undefined ? ok : runs.green, runs.neg === undefined ? took : runs.neg];
  return judgeReproduction(steps, [{ steps: observed.map((each) => (each === null ? null : ran(each))), controls: [null, null, control] }], {});
}
