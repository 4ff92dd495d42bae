import { Failure } from '../../../contract/failure.ts';
import { openRepository } from '../../../git/open-repository.ts';
import { renderConsents } from '../../../reports/consents-text.ts';
import { addConsent, digestForm } from '../../../runner/consent.ts';
import { hideConsents } from '../../hide-consents.ts';
import type { Invocation } from '../../invocation.ts';
import { answer, type Outcome } from '../../outcome.ts';

/** `docket consent add DIGEST`. */
export async function run({ arguments: [given = ''], globals }: Invocation): Promise<Outcome> {
  const digest = given.replace(/^sha256:/, '');
  if (!digestForm.test(digest)) throw new Failure('usage', `Unexpected digest "${given}", expected the 64 hex digits that --plan shows.`, { next: 'docket replay NAME --plan' });
  const consent = await addConsent(await openRepository(globals.dir), digest, 'given by its digest', new Date());
  return answer({ data: { consents: await hideConsents([consent], globals) }, render: renderConsents, next: ['docket consent list'] });
}
