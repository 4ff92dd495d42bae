import { hosts } from '../../../agents/hosts/names.ts';
import { installAgents } from '../../../agents/install/install-agents.ts';
import { Failure } from '../../../contract/failure.ts';
import { withLock } from '../../../edits/with-lock.ts';
import { openRepository } from '../../../git/open-repository.ts';
import { isGiven, valueOf, type Invocation } from '../../invocation.ts';
import { answer, type Outcome } from '../../outcome.ts';

/** `docket install agents --target NAME [--uninstall] [--dry-run]`. */
export async function run({ options, globals }: Invocation): Promise<Outcome> {
  const given = valueOf(options, '--target');
  const target = hosts.find((name) => name === given);
  if (target === undefined) throw new Failure('usage', `Missing --target, expected one of ${hosts.join(', ')}.`, { next: 'docket install agents --target claude --dry-run' });
  const how = { uninstall: isGiven(options, '--uninstall'), dryRun: isGiven(options, '--dry-run') };
  const install = () => installAgents(globals.dir, target, how);
  const { diagnostics, ...result } = how.dryRun ? await install() : await withLock((await openRepository(globals.dir)).commonDir, install);
  return answer({
    data: { ...result, ...how },
    render: ({ written, chained, diff }) => (how.dryRun ? diff : written.map((path) => `${chained.includes(path) ? 'chained' : 'written'}  ${path}\n`).join('')),
    diagnostics,
    next: how.uninstall || how.dryRun ? [] : ['docket brief --role builder'],
    notes: result.written.length === 0 ? [how.uninstall ? `There is nothing of docket for ${target} here.` : 'All of it is in place already.'] : [],
  });
}
