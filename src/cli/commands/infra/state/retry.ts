import { retryApp } from '../../../../reconcile/index.ts';
import { changeState } from '../../../infra/change-state.ts';
import type { Invocation } from '../../../invocation.ts';
import type { Outcome } from '../../../outcome.ts';

/** `docket infra state retry APP`. */
export function run(invocation: Invocation): Promise<Outcome> {
  return changeState(invocation, retryApp);
}
