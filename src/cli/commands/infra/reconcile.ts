import { reconcile } from '../../../reconcile/index.ts';
import { answerApps } from '../../infra/answer-apps.ts';
import { untilStopped, withInfra } from '../../infra/open-infra-for.ts';
import type { Invocation } from '../../invocation.ts';
import type { Outcome } from '../../outcome.ts';

/** `docket infra reconcile [APP…]`. */
export function run(invocation: Invocation): Promise<Outcome> {
  return untilStopped((stop) => withInfra(invocation, async (opened) => answerApps(opened, await reconcile(opened.infra, invocation.arguments)), stop));
}
