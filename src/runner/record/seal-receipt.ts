import { execFileSync } from 'node:child_process';
import { Failure } from '../../contract/failure.ts';
import { sealNamespace, verifySeal } from '../../repro/receipts/verify-seal.ts';

/**
 * Signs the digest of a receipt with an SSH key, as git signs commits: `ssh-keygen -Y sign`. A key in an agent is named by its public half. Gives the
 * signature as one line. Throws a usage failure where it cannot be made.
 */
export function sealReceipt(keyFile: string, sum: string): string {
  let armoured: string;
  try {
    armoured = execFileSync('ssh-keygen', ['-Y', 'sign', '-q', '-f', keyFile, '-n', sealNamespace], { input: sum, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) : undefined;
    throw new Failure('usage', `The receipt could not be sealed with ${keyFile}: ${said ?? (error instanceof Error ? error.message : String(error))}; nothing was written`, { next: 'Give --seal the file of an SSH key.' });
  }
  const seal = armoured.replace(/-----(?:BEGIN|END) SSH SIGNATURE-----|\s/g, '');
  if (verifySeal(seal, sum)?.valid !== true) throw new Failure('usage', `The receipt was sealed with a kind of key that docket cannot check: ${keyFile}; nothing was written`, { next: 'Seal with an Ed25519, RSA or ECDSA key.' });
  return seal;
}
