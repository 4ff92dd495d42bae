import type { Address } from './types.ts';
import { readText } from './scalars.ts';
import { parseUrl } from './urls.ts';
import { reject, type Sheet, type Value } from './yaml-nodes.ts';

/** An http or https URL without credentials and fragment; `${version}` may stand in it. Returned as written. */
export function readUrl(sheet: Sheet, value: Value, use: 'asked' | 'served'): string | null {
  const text = readText(sheet, value);
  if (text === null) return null;
  const url = parseUrl(text);
  const example = 'Write e.g. https://app.example.org/health.';
  if (!url) return reject(sheet, value.place, `Unexpected ${JSON.stringify(text)} for ${value.owner}, expected a URL`, example);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return reject(sheet, value.place, `Unexpected scheme "${url.protocol.slice(0, -1)}" for ${value.owner}, expected http or https`, example);
  if (url.username || url.password) return reject(sheet, value.place, `Unexpected user or password in ${value.owner}, expected none: the file is no place for secrets`, 'Take what stands before the @ out of the URL.');
  if (url.hash) return reject(sheet, value.place, `Unexpected fragment "${url.hash}" in ${value.owner}, expected none: it is never sent`, 'Take the part from # on out of the URL.');
  if (use === 'served' && url.search) return reject(sheet, value.place, `Unexpected query "${url.search}" in ${value.owner}, expected host and path only`, 'Take the part from ? on out of the URL.');
  return text;
}

/** `HOST:PORT`, `[IPv6]:PORT`; without a port the default, where there is one. */
export function readAddress(sheet: Sheet, value: Value, defaultPort: number | null): Address | null {
  const text = readText(sheet, value);
  if (text === null) return null;
  const address = parseAddress(text, defaultPort);
  return address ?? reject(sheet, value.place, `Unexpected ${JSON.stringify(text)} for ${value.owner}, expected HOST:PORT`, 'Write an address and a port, e.g. 127.0.0.1:8443 or [::1]:8443.');
}

function parseAddress(text: string, defaultPort: number | null): Address | null {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  // A bare number is a port that lost its host, not a host.
  if (host === undefined || (/^\d+$/.test(host) && match?.[3] === undefined)) return null;
  const port = match?.[3] === undefined ? defaultPort : Number(match[3]);
  return port !== null && port >= 1 && port <= 65_535 ? { host, port } : null;
}
