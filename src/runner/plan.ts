import { createHash } from 'node:crypto';
import { classifyCommand, type CommandClass } from '../repro/safety/classify-command.ts';
import { scriptOf, type Meta, type Role, type Step } from '../repro/types.ts';
import type { Masker } from './mask-secrets.ts';

/** One thing that would be executed, as it is shown. */
export interface PlannedStep {
  role: Role | 'prepare';
  /** The revision, as written; null for the one under test. */
  at: string | null;
  patch: string | null;
  command: string;
  class: CommandClass;
  /** Why it is not started at all. */
  reasons: string[];
}

/** What would be executed, and the digest that a consent to exactly this is bound to. */
export interface RunPlan {
  digest: string;
  steps: PlannedStep[];
  /** Names of the variables that are passed. */
  env: string[];
  /** Whether the steps get a network without a way out; that has been tried. */
  isolated: boolean;
  /** Whether a consent is needed: not where every command only looks at the tree. */
  asks: boolean;
}

export interface PlanInput {
  steps: readonly Step[];
  meta: Pick<Meta, 'env' | 'replay'>;
  prepare: readonly (readonly string[])[];
  isolated: boolean;
  masker: Masker;
}

/**
 * What would be executed. The digest covers the exact bytes of all commands, where and with what they run, and the variables that they get; nothing
 * else in the repository can change what was consented to. What may be executed without a network may not be with one: that is another digest.
 */
export function planRun({ steps, meta, prepare, isolated, masker }: PlanInput): RunPlan {
  const run = steps.filter((step) => step.commands.length > 0);
  const exact = {
    prepare, env: [...meta.env].toSorted(), steps: run.map((step) => [step.role, step.at, step.patch, scriptOf(step)]), ...(isolated ? { network: 'none' } : {}),
  };
  const planned: PlannedStep[] = [
    ...prepare.map((argv) => planStep({ role: 'prepare', at: null, patch: null }, argv.map(quote).join(' '), masker)),
    ...run.map((step) => planStep(step, scriptOf(step), masker)),
  ];
  return {
    digest: createHash('sha256').update(JSON.stringify(exact)).digest('hex'),
    steps: planned,
    env: exact.env,
    isolated,
    asks: meta.replay === 'ask' || meta.env.length > 0 || planned.some((step) => step.class !== 'auto' || step.role === 'prepare'),
  };
}

function planStep({ role, at, patch }: Pick<PlannedStep, 'role' | 'at' | 'patch'>, script: string, masker: Masker): PlannedStep {
  const { class: found, reasons } = classifyCommand(script);
  return { role, at, patch, command: masker.mask(script), class: found, reasons: reasons.map((reason) => masker.mask(reason)) };
}

/** A word as a shell would have to be given it; plain ones stay as they are. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
