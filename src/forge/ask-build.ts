import type { Build } from '../ledger/builds/build.ts';
import { mask } from '../repro/secrets/find-secrets.ts';
import { askList, askPage } from './ask-forge.ts';
import type { ForgeAddress } from './forge-address.ts';
import type { Asking } from './get-page.ts';
import { keepNewest, type ListedStatus } from './newest.ts';
import { checkRunsSchema, statusesSchema, toCheckRun, toStatus } from './read-statuses.ts';
import { ForgeTrouble } from './trouble.ts';

/** How long the forge may take, and who asks. */
export interface BuildQuestion {
  commit: string;
  token: string | null;
  timeoutMs: number;
}

/**
 * Asks the forge for the builds of a commit: its statuses, and on GitHub its check runs. Throws a `ForgeTrouble` where it gives no whole answer; what
 * is known in part is nothing, since the part that is missing may be the one that fails.
 */
export async function askBuild(address: ForgeAddress, { commit, token, timeoutMs }: BuildQuestion): Promise<Build> {
  const headers: Record<string, string> = address.kind === 'github' ? { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' } : {};
  if (token !== null) headers['authorization'] = address.kind === 'github' ? `Bearer ${token}` : `token ${token}`;
  const asking: Asking = { headers, known: token !== null, deadline: Date.now() + timeoutMs };
  const hide = (text: string): string => (token === null ? text : text.replaceAll(token, mask));
  try {
    const listed = await atFirstRoot(address, (root) => (address.kind === 'github' ? askGithub(root, address, commit, asking) : askGitea(root, address, commit, asking)), asking);
    for (const status of listed) {
      status.context = hide(status.context);
      status.description = status.description === null ? null : hide(status.description);
      status.url = status.url === null ? null : hide(status.url);
    }
    return { commit, asked: `${new Date().toISOString().slice(0, 19)}Z`, statuses: keepNewest(listed) };
  } catch (error) {
    // A forge may repeat what it was sent.
    throw error instanceof ForgeTrouble ? new ForgeTrouble(hide(error.message), { status: error.status, next: error.next }) : error;
  }
}

async function askGitea(root: string, { origin, owner, repo }: ForgeAddress, commit: string, asking: Asking): Promise<ListedStatus[]> {
  const of = (path: string): URL => new URL(`${root}/repos/${owner}/${repo}/commits/${commit}/${path}?limit=50&page=1`);
  const list = (path: string) => askList({ url: of(path), schema: statusesSchema }, asking);
  // The combined one has the newest of each build; where a forge does not have it, all that there ever was tells the same.
  const found = await list('status').catch((error: unknown) => (isMissing(error) ? list('statuses') : Promise.reject(error)));
  return found.map((status) => toStatus(status, origin));
}

async function askGithub(root: string, { origin, owner, repo }: ForgeAddress, commit: string, asking: Asking): Promise<ListedStatus[]> {
  const of = (path: string): URL => new URL(`${root}/repos/${owner}/${repo}/commits/${commit}/${path}?per_page=100&page=1`);
  const statuses = await askList({ url: of('status'), schema: statusesSchema }, asking);
  const runs = await askList({ url: of('check-runs'), schema: checkRunsSchema }, asking);
  return [...statuses.map((status) => toStatus(status, origin)), ...runs.map((run) => toCheckRun(run, origin))];
}

async function atFirstRoot<T>(address: ForgeAddress, ask: (root: string) => Promise<T>, asking: Asking): Promise<T> {
  let missing: ForgeTrouble | null = null;
  for (const root of address.roots) {
    try {
      return await ask(root);
    } catch (error) {
      if (!isMissing(error)) throw error;
      missing ??= error;
    }
  }
  throw await explainMissing(address, missing?.status ?? 404, asking);
}

/** 422 is GitHub's word for a commit that it does not have. */
function isMissing(error: unknown): error is ForgeTrouble {
  return error instanceof ForgeTrouble && (error.status === 404 || error.status === 422);
}

/** Tells a commit that the forge does not have from a repository that it does not show. */
async function explainMissing({ origin, roots, owner, repo }: ForgeAddress, status: number, asking: Asking): Promise<ForgeTrouble> {
  const name = `${owner}/${repo}`;
  for (const root of roots) {
    const there = await askPage(new URL(`${root}/repos/${name}`), asking).catch(() => null);
    if (there !== null) return new ForgeTrouble(`${origin.host} does not have this commit in ${name} (${status})`, { status, next: 'git push' });
  }
  const token = !asking.known ? ', or does not show it without a token' : ', or not to this token';
  return new ForgeTrouble(`${origin.host} has no repository ${name}${token} (${status})`, { status, next: 'Check `ci.url` in machine-docs/docket.yaml.' });
}
