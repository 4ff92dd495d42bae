import { reconcile } from '../../../reconcile/index.ts';
import { answerApps } from '../../infra/answer-apps.ts';
import { untilStopped } from '../../infra/open-infra-for.ts';
import type { Invocation } from '../../invocation.ts';
import type { Outcome } from '../../outcome.ts';

/** `docket infra reconcile [APP…] [--journal]`. */
export function run(invocation: Invocation): Promise<Outcome> {
  return untilStopped((stop) => answerApps(invocation, (infra) => reconcile(infra, invocation.arguments), { stop }));
}
