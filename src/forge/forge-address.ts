import { Failure } from '../contract/failure.ts';
import type { Remote } from '../git/list-remotes.ts';
import { configPath, type Config } from '../ledger/config/config.ts';

/** Where the builds of a repository are asked for. */
export interface ForgeAddress {
  kind: 'gitea' | 'github';
  /** What the configuration names, as `https://host:port`: nothing is asked of any other but GitHub's own `api.` host. */
  origin: URL;
  /** Where its REST API may begin, the likeliest first; without a slash at the end. */
  roots: string[];
  owner: string;
  repo: string;
}

const name = /^(?!\.{1,2}$)[\w.-]{1,200}$/u;

/**
 * The address that the configuration means: `url` names the repository, or its forge alone, and then a remote of this clone says which
 * repository it is. Throws a `Failure` of kind config where that cannot be told.
 */
export function readAddress({ forge, url }: Config['ci'], remotes: readonly Remote[]): ForgeAddress {
  if (forge === null) throw refuse('names no forge, so that none is asked', `Write \`ci: {forge: forgejo, url: 'https://HOST/OWNER/REPOSITORY'}\` into ${configPath}.`);
  const written = url ?? (forge === 'github' ? 'https://github.com' : null);
  if (written === null) throw refuse(`names ${forge} without its address`, `Write the url of the repository beside it: \`ci: {forge: ${forge}, url: 'https://HOST/OWNER/REPOSITORY'}\`.`);
  const origin = new URL(written);
  const parts = origin.pathname.replace(/\/+$/u, '').replace(/\.git$/u, '').split('/').filter((part) => part !== '');
  const { prefix, api, named } = readPath(parts);
  const [owner = '', repo = ''] = named ?? repositoryOf(remotes, origin) ?? [];
  if (!name.test(owner) || !name.test(repo)) throw refuse('names a forge, and no repository there', `Write the url of the repository: \`ci: {forge: ${forge}, url: '${origin.origin}/OWNER/REPOSITORY'}\`.`);
  return { kind: forge === 'github' ? 'github' : 'gitea', origin, roots: rootsOf(forge, origin, prefix, api), owner, repo };
}

interface ReadPath {
  /** The folder below which the forge lies, such as `/git`; else empty. */
  prefix: string;
  /** The version of the API, where the address is that of the API. */
  api: string | null;
  named: string[] | null;
}

function readPath(parts: readonly string[]): ReadPath {
  const at = parts.findIndex((part, index) => part === 'api' && /^v[13]$/u.test(parts[index + 1] ?? ''));
  const join = (some: readonly string[]): string => some.map((part) => `/${part}`).join('');
  if (at >= 0) return { prefix: join(parts.slice(0, at)), api: `/api/${parts[at + 1] ?? ''}`, named: parts[at + 2] === 'repos' ? parts.slice(at + 3, at + 5) : null };
  if (parts.length >= 2) return { prefix: join(parts.slice(0, -2).filter((part) => part !== 'repos')), api: null, named: parts.slice(-2) };
  return { prefix: join(parts), api: null, named: null };
}

function rootsOf(forge: NonNullable<Config['ci']['forge']>, origin: URL, prefix: string, api: string | null): string[] {
  const base = `${origin.origin}${prefix}`;
  if (api !== null) return [`${base}${api}`];
  if (forge !== 'github') return [`${base}/api/v1`];
  if (/^(?:www\.)?github\.com$/u.test(origin.hostname)) return ['https://api.github.com'];
  if (origin.hostname.startsWith('api.')) return [base];
  // GitHub Enterprise Server has it below /api/v3; what stands in front of one, such as a tunnel of this machine, may have it at its root.
  return isLoopback(origin.hostname) ? [base, `${base}/api/v3`] : [`${base}/api/v3`, base];
}

/** Owner and name of the repository by the remote that leads to the forge, else by the first. */
function repositoryOf(remotes: readonly Remote[], { hostname }: URL): string[] | null {
  const remote = remotes.find(({ host }) => host === hostname) ?? remotes[0];
  return remote === undefined || remote.path.length < 2 ? null : remote.path.slice(-2);
}

/** Whether a host name of an address means this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/u.test(hostname);
}

function refuse(what: string, next: string): Failure {
  return new Failure('config', `${configPath} ${what}.`, { place: { path: configPath, line: 1 }, next });
}
