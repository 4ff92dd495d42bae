import { Failure } from '../contract/failure.ts';
import type { Remote } from '../git/list-remotes.ts';
import { isLoopback, type ForgeAddress } from './forge-address.ts';

/** The variable that holds the token; there is no other way to give one. */
export const tokenVariable = 'DOCKET_CI_TOKEN';
/** Names a host that may have the token although no remote of the clone leads there. */
const tokenHostVariable = 'DOCKET_CI_TOKEN_HOST';

/**
 * The token for a forge; null where none is given. The address stands in a file that anybody may have changed, so the token goes only where this clone
 * already goes (a host of its remotes), to this machine itself, or where the caller says; and never in the clear. Throws a usage failure else, which
 * does not name it.
 */
export function chooseToken({ origin }: ForgeAddress, remotes: readonly Remote[], environment: NodeJS.ProcessEnv): string | null {
  const token = environment[tokenVariable]?.trim() ?? '';
  if (token === '') return null;
  if (!/^[\x21-\x7e]{1,4096}$/u.test(token)) throw new Failure('usage', `${tokenVariable} holds something that is no token: blanks, line breaks or other characters than ASCII.`, { next: `Set ${tokenVariable} to the token alone.` });
  if (isLoopback(origin.hostname)) return token;
  if (origin.protocol !== 'https:') throw new Failure('usage', `The token of ${tokenVariable} would cross the network in the clear, as ${origin.origin} is no https.`, { next: 'Write https into `ci.url`.' });
  const allowed = [environment[tokenHostVariable]?.trim().toLowerCase(), ...remotes.map(({ host }) => host?.replace(/^ssh\./u, ''))];
  if (allowed.includes(origin.hostname) || allowed.includes(origin.hostname.replace(/^(?:api|www)\./u, ''))) return token;
  throw new Failure('usage', `The token of ${tokenVariable} is not sent to ${origin.hostname}: the configuration names it, but no remote of this clone leads there.`, { next: `Set the variable ${tokenHostVariable} to ${origin.hostname} if that is where it belongs, or add a remote that leads there.` });
}
