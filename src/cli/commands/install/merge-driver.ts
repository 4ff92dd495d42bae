import { resolve } from 'node:path';
import { installDriver } from '../../../edits/merge/install-driver.ts';
import { withLock } from '../../../edits/with-lock.ts';
import { openRepository } from '../../../git/open-repository.ts';
import { isGiven, type Invocation } from '../../invocation.ts';
import { answer, type Outcome } from '../../outcome.ts';

/** `docket install merge-driver [--uninstall] [--dry-run]`. */
export async function run({ options, globals }: Invocation): Promise<Outcome> {
  const [uninstall, dryRun] = [isGiven(options, '--uninstall'), isGiven(options, '--dry-run')];
  const program = [process.execPath, resolve(process.argv[1] ?? '')];
  const install = () => installDriver(globals.dir, { program, uninstall, dryRun });
  const result = dryRun ? await install() : await withLock((await openRepository(globals.dir)).commonDir, install);
  const attributes = result.written.includes('.gitattributes');
  return answer({
    data: { ...result, uninstall, dryRun },
    render: ({ written, diff }) => (dryRun ? diff : written.map((path) => `written  ${path}\n`).join('')),
    next: attributes && !dryRun ? ['git add :/.gitattributes'] : [],
    notes: result.written.length === 0 ? [uninstall ? 'There is no merge driver of docket here.' : 'The merge driver is in place already.'] : [],
  });
}
