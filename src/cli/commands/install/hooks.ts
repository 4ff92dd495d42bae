import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findManagerName } from '../../../agents/install/find-manager.ts';
import { installHooks } from '../../../agents/install/install-hooks.ts';
import { defaultHooks, hookNames, type HookName } from '../../../agents/install/names.ts';
import { withLock } from '../../../edits/with-lock.ts';
import { openRepository } from '../../../git/open-repository.ts';
import { isGiven, valueOf, valuesOf, type Invocation } from '../../invocation.ts';
import { answer, type Outcome } from '../../outcome.ts';

/** `docket install hooks [--uninstall] [--yes] [--manager NAME] [--hook NAME…] [--dry-run]`. */
export async function run({ options, globals }: Invocation): Promise<Outcome> {
  const [uninstall, dryRun] = [isGiven(options, '--uninstall'), isGiven(options, '--dry-run')];
  const wanted = valuesOf(options, '--hook');
  const hooks: readonly HookName[] = wanted.length === 0 ? defaultHooks : hookNames.filter((name) => wanted.includes(name));
  const program = [process.execPath, ...hookProgram(process.argv[1] ?? '')];
  const install = () => installHooks(globals.dir, { program, hooks, manager: findManagerName(valueOf(options, '--manager')), uninstall, dryRun, yes: isGiven(options, '--yes') });
  const result = dryRun ? await install() : await withLock((await openRepository(globals.dir)).commonDir, install);
  return answer({
    data: { ...result, uninstall, dryRun },
    render: ({ written, chained, diff }) => (dryRun ? diff : [...written.map((path) => `written  ${path}\n`), ...chained.map((path) => `chained  ${path}\n`)].join('')),
    next: nextAfter(result.manager, uninstall),
    notes: result.written.length === 0 ? [uninstall ? 'There are no hooks of docket here.' : 'The hooks are in place already.'] : [],
  });
}

/** The file beside docket's own that hooks start; docket itself, with its command, where it runs from somewhere else than its package. */
function hookProgram(started: string): string[] {
  const real = realpathSync(started);
  const beside = join(dirname(real), 'hook.cjs');
  return existsSync(beside) ? [beside] : [real, 'hook'];
}

/** What the manager itself has to be told. */
function nextAfter(manager: string, uninstall: boolean): string[] {
  if (manager === 'lefthook') return ['lefthook install'];
  if (manager === 'pre-commit' && !uninstall) return ['pre-commit install --hook-type pre-commit --hook-type commit-msg'];
  return uninstall ? [] : ['docket check'];
}
