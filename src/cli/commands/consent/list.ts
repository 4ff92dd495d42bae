import { openRepository } from '../../../git/open-repository.ts';
import { renderConsents } from '../../../reports/consents-text.ts';
import { readConsents } from '../../../runner/consent.ts';
import type { Invocation } from '../../invocation.ts';
import { answer, type Outcome } from '../../outcome.ts';

/** `docket consent list`. */
export async function run({ globals }: Invocation): Promise<Outcome> {
  return answer({ data: { consents: readConsents(await openRepository(globals.dir)) }, render: renderConsents });
}
