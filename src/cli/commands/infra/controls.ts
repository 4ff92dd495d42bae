import { runControls } from '../../../reconcile/index.ts';
import { answerApps } from '../../infra/answer-apps.ts';
import { untilStopped, withInfra } from '../../infra/open-infra-for.ts';
import { valuesOf, type Invocation } from '../../invocation.ts';
import type { Outcome } from '../../outcome.ts';

/** `docket infra controls [APP…] [--allow-break APP]`. */
export function run(invocation: Invocation): Promise<Outcome> {
  const mayBreak = valuesOf(invocation.options, '--allow-break');
  return untilStopped((stop) => withInfra(invocation, async (opened) => answerApps(opened, await runControls(opened.infra, invocation.arguments, mayBreak)), stop));
}
