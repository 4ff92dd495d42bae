import { openRepository } from '../../../git/open-repository.ts';
import { renderConsents } from '../../../reports/consents-text.ts';
import { readConsents } from '../../../runner/consent.ts';
import { hideConsents } from '../../hide-consents.ts';
import type { Invocation } from '../../invocation.ts';
import { answer, type Outcome } from '../../outcome.ts';

/** `docket consent list`. */
export async function run({ globals }: Invocation): Promise<Outcome> {
  return answer({ data: { consents: await hideConsents(readConsents(await openRepository(globals.dir)), globals) }, render: renderConsents });
}
