import { Failure } from '../../../contract/failure.ts';
import { openRepository } from '../../../git/open-repository.ts';
import { renderConsents } from '../../../reports/consents-text.ts';
import { revokeConsents } from '../../../runner/consent.ts';
import { hideConsents } from '../../hide-consents.ts';
import type { Invocation } from '../../invocation.ts';
import { answer, type Outcome } from '../../outcome.ts';

/** `docket consent revoke DIGEST|all`. */
export async function run({ arguments: [given = ''], globals }: Invocation): Promise<Outcome> {
  if (given !== 'all' && !/^[0-9a-f]{6,64}$/.test(given)) throw new Failure('usage', `Unexpected digest "${given}", expected six of its hex digits or more, or all.`, { next: 'docket consent list' });
  const consents = await revokeConsents(await openRepository(globals.dir), given === 'all' ? null : given);
  if (consents.length === 0 && given !== 'all') throw new Failure('usage', `There is no consent here whose digest begins with ${given}.`, { next: 'docket consent list' });
  return answer({ data: { consents: await hideConsents(consents, globals), revoked: consents.length }, render: renderConsents });
}
