import { Failure } from '../contract/failure.ts';
import type { RunPlan } from './plan.ts';

/**
 * Refuses what is never started here, whoever consents: commands that reach other machines, containers, services, or files outside the tree. No list
 * says that the others are safe. Throws a `Failure` of kind inconclusive (exit 3); nothing has been executed then.
 */
export function refuseManual(plan: RunPlan): void {
  const [first, ...others] = plan.steps.filter((step) => step.class === 'manual');
  if (first === undefined) return;
  const rest = others.length === 0 ? '' : ` (and ${others.length} more)`;
  throw new Failure('inconclusive', `A command of ${first.role} is not started: ${first.reasons.join('; ')}${rest}.`, { next: 'Prove the same with a stub on loopback, inside the tree.' });
}
