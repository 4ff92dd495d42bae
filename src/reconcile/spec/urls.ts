import { substituteVersion } from './versions.ts';

/** The URL with any version in it; null when it is none. A host of `*.example.org` is one. */
export function parseUrl(text: string): URL | null {
  const probe = substituteVersion(text, '0');
  return /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#]/i.test(probe) && URL.canParse(probe) ? new URL(probe) : null;
}

/** The port that a URL speaks of, written or not. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}
