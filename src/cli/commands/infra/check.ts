import { checkInfra } from '../../../reconcile/index.ts';
import { answerApps } from '../../infra/answer-apps.ts';
import { prepareRecording } from '../../infra/record-check.ts';
import type { Invocation } from '../../invocation.ts';
import type { Outcome } from '../../outcome.ts';

/** `docket infra check [APP…] [--journal] [--record NAME --claim GATE --red REV]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const afterwards = await prepareRecording(invocation);
  return answerApps(invocation, (infra) => checkInfra(infra, invocation.arguments), afterwards === null ? {} : { afterwards });
}
