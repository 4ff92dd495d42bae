import type { BuildStatus, CombinedState } from '../../contract/schema/ci.ts';

/** What a forge said of the builds of one commit. */
export interface Build {
  commit: string;
  /** When it was asked, in UTC. */
  asked: string;
  /** By name; the newest of each. */
  statuses: BuildStatus[];
}

/**
 * What the words of both forges come to. Neutral and skipped builds pass, as does a warning of Gitea; a cancelled one, one that waits for somebody to act and
 * one that never started have failed. Everything else, unknown words too, is open: it is not green.
 */
const outcomes: Readonly<Record<string, BuildStatus['outcome']>> = {
  success: 'passed', neutral: 'passed', skipped: 'passed', warning: 'passed',
  failure: 'failed', error: 'failed', cancelled: 'failed', timed_out: 'failed', action_required: 'failed', startup_failure: 'failed',
};

export function outcomeOf(state: string): BuildStatus['outcome'] {
  return Object.hasOwn(outcomes, state) ? (outcomes[state] ?? 'open') : 'open';
}

/** As both forges combine: failure where one failed, pending where one is open or there is none, else success. */
export function combine(statuses: readonly Pick<BuildStatus, 'outcome'>[]): CombinedState {
  if (statuses.some(({ outcome }) => outcome === 'failed')) return 'failure';
  return statuses.length === 0 || statuses.some(({ outcome }) => outcome === 'open') ? 'pending' : 'success';
}

/** What of the required builds is not green, a sentence each; none where nothing is required. */
export function lackOfBuilds({ statuses }: Pick<Build, 'statuses'>, required: 'all' | readonly string[]): string[] {
  if (required === 'all') return statuses.length === 0 ? ['the forge has no build of it'] : statuses.flatMap(lackOf);
  return required.flatMap((name) => {
    const own = statuses.filter(({ context }) => context === name);
    return own.length === 0 ? [`the forge has no build ${name} of it`] : own.flatMap(lackOf);
  });
}

function lackOf({ context, state, outcome }: BuildStatus): string[] {
  return outcome === 'passed' ? [] : [`the build ${context} is ${outcome === 'failed' ? 'failing' : 'not finished'} (${state})`];
}
