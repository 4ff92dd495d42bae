import { createInterface } from 'node:readline/promises';
import { Failure } from '../contract/failure.ts';
import type { Repository } from '../git/open-repository.ts';
import { escapeControls } from '../repro/match/escape-controls.ts';
import { addConsent, hasConsent } from './consent.ts';
import type { RunPlan } from './plan.ts';

/** How a caller may consent. */
export interface Consenting {
  /** `--consent DIGEST`, once for each plan. */
  digests: readonly string[];
  /** Somebody sits at a terminal and can be asked. */
  canAsk: boolean;
}

/**
 * Makes sure that exactly these commands may be executed: they only look, or `--consent` names their digest, or the store outside of the repository
 * does, or a person says yes. Throws a `Failure` of kind consent (exit 4) otherwise; nothing has been executed then.
 */
export async function requireConsent(repository: Repository, plan: RunPlan, { digests, canAsk }: Consenting, what: string): Promise<void> {
  if (!plan.asks || digests.includes(plan.digest) || hasConsent(repository, plan.digest)) return;
  const next = `docket consent add ${plan.digest}`;
  if (digests.length > 0) throw new Failure('consent', `The consent ${digests.join(', ')} is not to what ${what} would execute, whose digest is ${plan.digest}.`, { next });
  if (!canAsk) throw new Failure('consent', `${what} would execute ${count(plan.steps.length)}, and nobody has consented to exactly these; their digest is ${plan.digest}.`, { next });
  process.stderr.write(renderQuestion(plan, what));
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  // Whoever ends the input has not said yes.
  const said = await Promise.race([reader.question('Execute this here? [y]es, [a]lways, [N]o '), new Promise<string>((resolve) => reader.once('close', () => resolve('')))]);
  reader.close();
  if (/^a(?:lways)?$/i.test(said.trim())) await addConsent(repository, plan.digest, what, new Date());
  else if (!/^y(?:es)?$/i.test(said.trim())) throw new Failure('consent', `${what} was not consented to; nothing was executed.`, { next });
}

/** The plan as a person reads it before they answer. */
function renderQuestion(plan: RunPlan, what: string): string {
  const steps = plan.steps.map(({ role, at, patch, command }) => `  ${role}${at === null ? '' : ` @${at}`}${patch === null ? '' : ` +${patch}`}\n${command.split('\n').map((line) => `    ${escapeControls(line)}`).join('\n')}\n`);
  const env = plan.env.length === 0 ? '' : `  with the variables ${plan.env.join(', ')}\n`;
  return `${what} would execute:\n${steps.join('')}${env}  digest ${plan.digest}\n`;
}

function count(number: number): string {
  return number === 1 ? 'a command' : `${number} commands`;
}
