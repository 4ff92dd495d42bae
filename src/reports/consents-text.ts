import type { View } from './view.ts';

/** Consents, one a line. */
export function renderConsents({ consents }: { consents: { digest: string; at: string; what: string }[] }, view: View): string {
  if (consents.length === 0) return 'none\n';
  return consents.map(({ digest, at, what }) => `${digest}  ${view.paint('dim', at)}  ${what}\n`).join('');
}
