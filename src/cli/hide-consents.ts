import { shieldOf } from '../ledger/open-docket.ts';
import type { Consent } from '../runner/consent.ts';
import type { Globals } from './invocation.ts';
import { openFor } from './open.ts';

/** Consents as who asks may see them: the name of a reproduction that is hidden is hidden here too. */
export async function hideConsents(consents: readonly Consent[], globals: Globals): Promise<Consent[]> {
  if (consents.length === 0) return [];
  const shield = shieldOf(await openFor(globals));
  const hidden = shield === null ? [] : [...shield.ids.keys()];
  return consents.map((consent) => (hidden.some((id) => consent.what.includes(id)) ? { ...consent, what: 'a reproduction that is hidden until the verdict' } : consent));
}
