import { runControls } from '../../../reconcile/index.ts';
import { answerApps } from '../../infra/answer-apps.ts';
import { untilStopped } from '../../infra/open-infra-for.ts';
import { valuesOf, type Invocation } from '../../invocation.ts';
import type { Outcome } from '../../outcome.ts';

/** `docket infra controls [APP…] [--allow-break APP] [--journal]`. */
export function run(invocation: Invocation): Promise<Outcome> {
  const mayBreak = valuesOf(invocation.options, '--allow-break');
  return untilStopped((stop) => answerApps(invocation, (infra) => runControls(infra, invocation.arguments, mayBreak), { stop }));
}
