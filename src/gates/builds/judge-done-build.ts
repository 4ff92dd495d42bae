import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { lackOfBuilds } from '../../ledger/builds/build.ts';
import { openBuilds } from '../../ledger/builds/known-builds.ts';
import type { Docket } from '../../ledger/open-docket.ts';
import { openCodeBuilds } from './build-of-code.ts';

/** What speaks against DONE because a build that the configuration requires is not green; nothing where none is required. */
export interface DoneBuild {
  missing: string[];
  diagnostics: Diagnostic[];
}

/**
 * Judges the builds of the code that is to be called done, by what the forge said when it was last asked (`docket ci status`). Fails closed: what is
 * not known is not green. Never uses the network.
 */
export async function judgeDoneBuild({ repository, ledger: { config: { ci }, revision } }: Docket): Promise<DoneBuild> {
  if (ci.required !== 'all' && ci.required.length === 0) return { missing: [], diagnostics: [] };
  const commit = revision.commit;
  if (commit === null) return refuse('no commit is there that could have been built', 'git commit', null);
  if (ci.forge === null) return refuse('`ci.required` asks for builds, and the configuration names no forge', "Write `ci: {forge: forgejo, url: 'https://HOST/OWNER/REPOSITORY'}` into machine-docs/docket.yaml.", commit);
  const next = `docket ci status ${commit}`;
  const build = (await openCodeBuilds(repository, openBuilds(repository, ci), [commit])).find(commit);
  if (build === null) return refuse(`whether the builds of ${short(commit)} are green is not known: the forge was never asked`, next, commit);
  const lack = lackOfBuilds(build, ci.required);
  if (lack.length === 0) return { missing: [], diagnostics: [] };
  return refuse(`the builds of ${short(build.commit)} are not green: ${lack.join('; ')} (as of ${build.asked})`, `docket ci status ${build.commit}`, build.commit);
}

function refuse(message: string, next: string, commit: string | null): DoneBuild {
  return { missing: [message], diagnostics: [{ rule: 'done-not-allowed', level: 'error', message, place: null, related: [], entry: null, commit, next, fixable: false }] };
}

function short(commit: string): string {
  return commit.slice(0, 12);
}
