import type { App } from '../spec/types.ts';
import { parseUrl } from '../spec/urls.ts';

/** The app that serves a URL: of those whose host and path prefix fit, the one with the longest host, then the longest path. Paths
 *  fit by whole segments: `/api` serves `/api/v1`, not `/apis`. A host may begin with `*.`. A served URL that names a port serves
 *  only that one; one that names none is second choice for any other port, since a pin may hide behind it. */
export function findProvider(asked: URL, apps: readonly App[]): App | null {
  let best: { app: App; rank: Rank } | null = null;
  for (const app of apps) {
    for (const { url } of app.serves) {
      const served = parseUrl(url);
      const rank = served && rankServed(served, asked);
      if (rank && (!best || compare(rank, best.rank) > 0)) best = { app, rank };
    }
  }
  return best?.app ?? null;
}

/** Compared from left to right: exact port, named host before a wildcard, length of the host, length of the path. */
type Rank = [port: number, named: number, host: number, path: number];

function rankServed(served: URL, asked: URL): Rank | null {
  if (served.port !== asked.port && served.port !== '') return null;
  const wildcard = served.hostname.startsWith('*.');
  const hostFits = wildcard ? asked.hostname.endsWith(served.hostname.slice(1)) : asked.hostname === served.hostname;
  if (!hostFits) return null;
  const [prefix, path] = [segmentsOf(served), segmentsOf(asked)];
  if (!prefix.every((segment, index) => segment === path[index])) return null;
  return [Number(served.port === asked.port), Number(!wildcard), served.hostname.length, prefix.length];
}

/** `/api/` and `/api` are the same prefix. */
function segmentsOf(url: URL): string[] {
  return url.pathname.split('/').filter((segment) => segment !== '');
}

function compare(left: Rank, right: Rank): number {
  const index = left.findIndex((value, position) => value !== right[position]);
  return index < 0 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}
