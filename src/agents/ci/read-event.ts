import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { detectCi } from './detect-ci.ts';

/** What a build was started for, as far as its environment tells. */
export interface CiEvent {
  /** The commit that a pull request, or a queue of merges, is to be held against. */
  base: string | null;
  /** The branch that it is to be merged into; null where it is none of these. */
  target: string | null;
  /** Where the branch stood before this push; null where nobody says, zeros for a new branch. */
  before: string | null;
  /** The branch or tag that was pushed. */
  branch: string | null;
  defaultBranch: string | null;
}

const none: CiEvent = { base: null, target: null, before: null, branch: null, defaultBranch: null };

/** Reads it from the variables of the system, and from the event's file where there is one. Null outside of a build. */
export function readEvent(environment: NodeJS.ProcessEnv): CiEvent | null {
  const get = (name: string): string | null => {
    const value = environment[name]?.trim() ?? '';
    return value === '' ? null : value;
  };
  switch (detectCi(environment)?.system) {
    case undefined:
      return null;
    case 'gitlab-ci':
      return { base: get('CI_MERGE_REQUEST_DIFF_BASE_SHA'), target: get('CI_MERGE_REQUEST_TARGET_BRANCH_NAME'), before: get('CI_COMMIT_BEFORE_SHA'), branch: get('CI_COMMIT_BRANCH') ?? get('CI_COMMIT_REF_NAME'), defaultBranch: get('CI_DEFAULT_BRANCH') };
    case 'woodpecker':
      return readPipeline(get, { event: 'CI_PIPELINE_EVENT', target: 'CI_COMMIT_TARGET_BRANCH', before: 'CI_PREV_COMMIT_SHA', branch: 'CI_COMMIT_BRANCH', defaultBranch: 'CI_REPO_DEFAULT_BRANCH' });
    case 'drone':
      return readPipeline(get, { event: 'DRONE_BUILD_EVENT', target: 'DRONE_TARGET_BRANCH', before: 'DRONE_COMMIT_BEFORE', branch: 'DRONE_BRANCH', defaultBranch: 'DRONE_REPO_BRANCH' });
    default:
      return readActions(get);
  }
}

type Get = (name: string) => string | null;

function readPipeline(get: Get, names: Record<'event' | 'target' | 'before' | 'branch' | 'defaultBranch', string>): CiEvent {
  const isMerge = get(names.event)?.startsWith('pull_request') === true;
  const [branch, defaultBranch] = [get(names.branch), get(names.defaultBranch)];
  // What a pull request calls its branch is the one that it is merged into.
  return isMerge ? { ...none, target: get(names.target) ?? branch, defaultBranch } : { ...none, before: get(names.before), branch, defaultBranch };
}

const text = z.string().nullish();
const payloadSchema = z.object({
  before: text,
  pull_request: z.object({ base: z.object({ sha: text, ref: text }).nullish() }).nullish(),
  merge_group: z.object({ base_sha: text, base_ref: text }).nullish(),
  repository: z.object({ default_branch: text }).nullish(),
});

const mostBytes = 32 * 1024 * 1024;

/** GitHub, Gitea and Forgejo tell most of it in a file. */
function readActions(get: Get): CiEvent {
  const payload = readPayload(get('GITHUB_EVENT_PATH'));
  const name = get('GITHUB_EVENT_NAME') ?? '';
  const isMerge = name.startsWith('pull_request') || name === 'merge_group' || get('GITHUB_BASE_REF') !== null;
  const queue = payload.merge_group;
  const [base, ref] = queue ? [queue.base_sha, queue.base_ref] : [payload.pull_request?.base?.sha, payload.pull_request?.base?.ref];
  return {
    base: isMerge ? (base ?? null) : null,
    target: isMerge ? (get('GITHUB_BASE_REF') ?? ref?.replace(/^refs\/heads\//u, '') ?? null) : null,
    before: isMerge ? null : (payload.before ?? null),
    branch: get('GITHUB_REF_NAME') ?? get('GITHUB_REF')?.replace(/^refs\/(?:heads|tags)\//u, '') ?? null,
    defaultBranch: payload.repository?.default_branch ?? null,
  };
}

function readPayload(path: string | null): z.output<typeof payloadSchema> {
  try {
    if (path === null || statSync(path).size > mostBytes) return {};
    return payloadSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? {};
  } catch {
    // Without the file the variables say enough to judge more than is needed, never less.
    return {};
  }
}
