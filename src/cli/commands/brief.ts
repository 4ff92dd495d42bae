import { Failure } from '../../contract/failure.ts';
import { isAdversary } from '../../ledger/isolation/role-of-reader.ts';
import { briefDocket } from '../../queries/brief-docket.ts';
import { isEmptyDocket } from '../../queries/is-empty.ts';
import { renderBrief } from '../../reports/brief-text.ts';
import { valueOf, type Invocation, type Options } from '../invocation.ts';
import { openFor } from '../open.ts';
import { answer, type Outcome } from '../outcome.ts';

const defaultBudget = 2000;

/** `docket brief --role R [--phase P] [--budget TOKENS]`; without a role that is told, for the Builder. */
export async function run({ options, globals }: Invocation): Promise<Outcome> {
  const budget = budgetOf(options);
  const docket = await openFor(globals);
  const { ledger, repository } = docket;
  const role = (await isAdversary(repository, ledger.config, globals.role)) ? 'adversary' : 'builder';
  const data = await briefDocket(docket, { role, phase: valueOf(options, '--phase'), budget, now: new Date() });
  const next = isEmptyDocket(ledger) ? ['docket init'] : data.sections.slice(0, 3).map(({ command }) => command);
  return answer({ data, render: renderBrief, diagnostics: ledger.diagnostics, next: [...new Set(next)] });
}

function budgetOf(options: Options): number {
  const given = valueOf(options, '--budget') ?? String(defaultBudget);
  if (!/^\d{1,7}$/u.test(given) || Number(given) < 40) throw new Failure('usage', `Unexpected budget "${given}", expected a number of tokens from 40.`, { next: 'docket brief --help' });
  return Number(given);
}
