import { explainFailure } from './explain-failure.ts';
import { runGit, tryGit, type GitPlace } from './run-git.ts';

/** A value of this clone's own configuration; null where it has none. */
export async function readLocalConfig(place: GitPlace, key: string): Promise<string | null> {
  const args = ['config', '--local', '--null', '--get', key];
  const outcome = await tryGit(place, args);
  if (outcome.code === 1) return null;
  if (outcome.code !== 0) throw explainFailure(place.directory, args, outcome);
  return outcome.stdout.toString('utf8').replace(/\0$/u, '');
}

/** A value of the configuration, of the scope that counts, and where it stands; null where none has it. What docket overrules for itself does not count. */
export async function readScopedConfig(place: GitPlace, key: string): Promise<{ value: string; scope: 'worktree' | 'local' | 'global' | 'system' } | null> {
  for (const scope of ['worktree', 'local', 'global', 'system'] as const) {
    const outcome = await tryGit(place, ['config', `--${scope}`, '--null', '--get', key]);
    if (outcome.code === 0) return { value: outcome.stdout.toString('utf8').replace(/\0$/u, ''), scope };
  }
  return null;
}

/** Sets a value in this clone's own configuration, in place of all that it had. Throws a `Failure` when git cannot write it. */
export async function writeLocalConfig(place: GitPlace, key: string, value: string): Promise<void> {
  await runGit(place, ['config', '--local', '--replace-all', key, value]);
}

/** Takes a section out of this clone's own configuration; none is there afterwards, nor was it needed before. */
export async function removeLocalSection(place: GitPlace, section: string): Promise<void> {
  const args = ['config', '--local', '--remove-section', section];
  const outcome = await tryGit(place, args);
  if (outcome.code !== 0 && !/no such section/iu.test(outcome.stderr)) throw explainFailure(place.directory, args, outcome);
}
