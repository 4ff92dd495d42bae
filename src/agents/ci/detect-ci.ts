import type { CiRun } from '../../repro/receipts/types.ts';

/** The variables that the documentation of each system says are set in every build, the narrower first: Gitea and Forgejo set those of GitHub too. */
const systems: readonly { system: string; isHere: (env: NodeJS.ProcessEnv) => boolean; runOf: (env: NodeJS.ProcessEnv) => string | undefined; repository: string }[] = [
  { system: 'forgejo-actions', isHere: (env) => isSet(env['FORGEJO_ACTIONS']), runOf: (env) => actionsRun(env, env['GITHUB_RUN_NUMBER']), repository: 'GITHUB_REPOSITORY' },
  { system: 'gitea-actions', isHere: (env) => isSet(env['GITEA_ACTIONS']), runOf: (env) => actionsRun(env, env['GITHUB_RUN_NUMBER']), repository: 'GITHUB_REPOSITORY' },
  { system: 'github-actions', isHere: (env) => isSet(env['GITHUB_ACTIONS']), runOf: (env) => actionsRun(env, env['GITHUB_RUN_ID']), repository: 'GITHUB_REPOSITORY' },
  { system: 'gitlab-ci', isHere: (env) => isSet(env['GITLAB_CI']), runOf: (env) => env['CI_JOB_URL'] ?? env['CI_PIPELINE_URL'], repository: 'CI_PROJECT_PATH' },
  { system: 'woodpecker', isHere: (env) => env['CI'] === 'woodpecker' || env['CI_SYSTEM_NAME'] === 'woodpecker', runOf: (env) => env['CI_PIPELINE_URL'] ?? env['CI_PIPELINE_LINK'], repository: 'CI_REPO' },
  { system: 'drone', isHere: (env) => isSet(env['DRONE']) || env['CI'] === 'drone', runOf: (env) => env['DRONE_BUILD_LINK'], repository: 'DRONE_REPO' },
];

/** What says that this is a build, for people. */
export const ciVariables = 'GITHUB_ACTIONS, GITEA_ACTIONS, FORGEJO_ACTIONS, GITLAB_CI, CI=woodpecker or DRONE';

/**
 * The build that this process belongs to, by its environment; null outside of one. Whoever starts a process sets its environment, so that this proves nothing:
 * a receipt that names a run is believed for its seal, not for the name.
 */
export function detectCi(environment: NodeJS.ProcessEnv): CiRun | null {
  const found = systems.find(({ isHere }) => isHere(environment));
  if (found === undefined) return null;
  const { system, runOf, repository } = found;
  return { system, run: addressOf(runOf(environment)), repository: nameOf(environment[repository]) };
}

function isSet(value: string | undefined): boolean {
  return value === 'true' || value === '1';
}

function actionsRun({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository }: NodeJS.ProcessEnv, run: string | undefined): string | undefined {
  return server === undefined || repository === undefined || run === undefined ? undefined : `${server}/${repository}/actions/runs/${run}`;
}

function addressOf(written: string | undefined): string | null {
  if (written === undefined || written.length > 500 || !URL.canParse(written)) return null;
  const url = new URL(written);
  return /^https?:$/u.test(url.protocol) && url.username === '' && url.password === '' ? `${url.origin}${url.pathname}` : null;
}

function nameOf(written: string | undefined): string | null {
  return written !== undefined && /^[\w./-]{1,200}$/u.test(written) ? written : null;
}
