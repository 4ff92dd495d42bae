import { checkInfra } from '../../../reconcile/index.ts';
import { answerApps } from '../../infra/answer-apps.ts';
import type { Invocation } from '../../invocation.ts';
import type { Outcome } from '../../outcome.ts';

/** `docket infra check [APP…] [--journal]`. */
export function run(invocation: Invocation): Promise<Outcome> {
  return answerApps(invocation, (infra) => checkInfra(infra, invocation.arguments));
}
