import { checkInfra } from '../../../reconcile/index.ts';
import { answerApps } from '../../infra/answer-apps.ts';
import { withInfra } from '../../infra/open-infra-for.ts';
import type { Invocation } from '../../invocation.ts';
import type { Outcome } from '../../outcome.ts';

/** `docket infra check [APP…]`. */
export function run(invocation: Invocation): Promise<Outcome> {
  return withInfra(invocation, async (opened) => answerApps(opened, await checkInfra(opened.infra, invocation.arguments)));
}
