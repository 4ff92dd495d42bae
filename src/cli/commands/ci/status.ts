import { exitCode, type ExitCode } from '../../../contract/exit-codes.ts';
import { Failure } from '../../../contract/failure.ts';
import type { CombinedState } from '../../../contract/schema/ci.ts';
import type { Diagnostic } from '../../../contract/schema/envelope.ts';
import { askBuild } from '../../../forge/ask-build.ts';
import { chooseToken } from '../../../forge/choose-token.ts';
import { readAddress } from '../../../forge/forge-address.ts';
import { ForgeTrouble } from '../../../forge/trouble.ts';
import { branchesOnRemotes } from '../../../git/landing/reach.ts';
import { listRemotes, type Remote } from '../../../git/list-remotes.ts';
import type { Repository } from '../../../git/open-repository.ts';
import { resolveRevision } from '../../../git/resolve-revision.ts';
import { combine, lackOfBuilds, type Build } from '../../../ledger/builds/build.ts';
import { openBuilds, type KnownBuilds } from '../../../ledger/builds/known-builds.ts';
import type { Config } from '../../../ledger/config/config.ts';
import { openRevision } from '../../../ledger/sources/open-revision.ts';
import { renderBuild } from '../../../reports/build-text.ts';
import { readDuration } from '../../../repro/notation/read-info.ts';
import { valueOf, type Invocation } from '../../invocation.ts';
import { answer, type Outcome } from '../../outcome.ts';

const patienceMs = 20_000;

/** `docket ci status [REV] [--timeout DURATION]`: the one command that uses the network. */
export async function run({ arguments: [given], options, globals }: Invocation): Promise<Outcome> {
  if (given !== undefined && globals.at !== null) throw new Failure('usage', `Unexpected --at ${globals.at} beside ${given}, expected one of them.`, { next: `docket ci status ${given}` });
  const timeoutMs = readTimeout(valueOf(options, '--timeout'));
  const { repository, config: { ci } } = await openRevision(globals.dir, { cache: globals.cache });
  const remotes = await listRemotes(repository);
  const address = readAddress(ci, remotes);
  const commit = await resolveRevision(repository, given ?? globals.at ?? 'HEAD');
  const token = chooseToken(address, remotes, process.env);
  const builds = openBuilds(repository, ci);
  const name = `${address.owner}/${address.repo}`;
  try {
    const build = await askBuild(address, { commit, token, timeoutMs });
    builds.keep(build);
    return describe({ ci, commit, name, build, trouble: null });
  } catch (error) {
    if (!(error instanceof ForgeTrouble)) throw error;
    return describe({ ci, commit, name, build: builds.find(commit), trouble: await explain(error, { repository, remotes, commit }) });
  }
}

function readTimeout(given: string | null): number {
  const ms = given === null ? patienceMs : readDuration(given);
  if (ms === null) throw new Failure('usage', `Unexpected --timeout ${given ?? ''}, expected a number with ms, s, m or h, as in 60s.`);
  return ms;
}

interface Trouble {
  message: string;
  next: string | null;
}

/** What a forge does not have, since nobody has pushed it, is told so. */
async function explain({ message, next, status }: ForgeTrouble, { repository, remotes, commit }: { repository: Repository; remotes: readonly Remote[]; commit: string }): Promise<Trouble> {
  const isMissing = (status === 404 || status === 422) && next === 'git push';
  const isUnpushed = isMissing && remotes.length > 0 && (await branchesOnRemotes(repository, commit)).length === 0;
  return { message: isUnpushed ? `${message}: it is on no remote-tracking branch` : message, next };
}

interface Known {
  ci: Config['ci'];
  commit: string;
  name: string;
  build: ReturnType<KnownBuilds['find']>;
  trouble: Trouble | null;
}

const exits: Readonly<Record<CombinedState, ExitCode>> = { success: exitCode.yes, failure: exitCode.no, pending: exitCode.undetermined };

function describe({ ci, commit, name, build, trouble }: Known): Outcome {
  const state = build === null ? null : combine(build.statuses);
  const data = {
    commit, forge: ci.forge ?? '', repository: name, state, statuses: build?.statuses ?? [],
    required: { contexts: ci.required, missing: build === null ? [] : lackOfBuilds(build, ci.required) },
    asked: build?.asked ?? null, cached: trouble !== null && build !== null, ageSeconds: ageOf(build),
  };
  const short = commit.slice(0, 12);
  return answer({
    data, render: renderBuild,
    exitCode: trouble !== null || state === null ? exitCode.undetermined : exits[state],
    diagnostics: [...(trouble === null ? [] : [diagnose(trouble, commit, data.ageSeconds)]), ...(state === 'failure' ? [failing(data, commit)] : [])],
    next: trouble?.next !== null && trouble !== null && /^(?:git|docket) /u.test(trouble.next) ? [trouble.next] : state === 'success' ? [] : [`docket ci status ${short}`],
  });
}

function ageOf(build: Build | null): number | null {
  return build === null ? null : Math.max(0, Math.round((Date.now() - Date.parse(build.asked)) / 1000));
}

function diagnose({ message, next }: Trouble, commit: string, age: number | null): Diagnostic {
  const known = age === null ? 'nothing is known of its builds' : `what is known of its builds is ${age} seconds old`;
  return { rule: 'inconclusive', level: 'error', message: `the forge was asked for ${commit.slice(0, 12)} in vain: ${message}; ${known}`, place: null, related: [], entry: null, commit, next, fixable: false };
}

function failing({ statuses }: Pick<Build, 'statuses'>, commit: string): Diagnostic {
  const failed = statuses.filter(({ outcome }) => outcome === 'failed').map(({ context, state }) => `${context} (${state})`);
  return { rule: 'claim-ci-failing', level: 'warning', message: `${commit.slice(0, 12)} stands under a failing build: ${failed.join(', ')}`, place: null, related: [], entry: null, commit, next: 'Mend what the build shows, and claim the commit that mends it.', fixable: false };
}
