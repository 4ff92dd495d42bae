import { tokenShapes } from './token-shapes.ts';

/** A secret in a text, by offsets. */
export interface FoundSecret {
  start: number;
  end: number;
  what: string;
}

/** What stands in the place of a secret. Masking a text twice changes nothing. */
export const mask = '[MASKED]';

/** A way in which secrets are written: the named group `secret` is what has to go. */
interface Context {
  what: string;
  pattern: RegExp;
}

const secretWord = String.raw`(?:pass(?:word|wd|phrase)?|pwd|secrets?|tokens?|api[_-]?keys?|access[_-]?keys?|private[_-]?keys?|auth[_-]?keys?|signing[_-]?keys?|encryption[_-]?keys?|master[_-]?keys?|client[_-]?secret|credentials?|bearer|session[_-]?id)`;
const value = String.raw`(?:"(?<quoted>[^"\n$\`]{4,2000})"|'(?<single>[^'\n]{4,2000})'|(?<bare>[^\s"'$\`;&|()<>,]{4,2000}))`;

const contexts: readonly Context[] = [
  { what: 'a private key', pattern: /(?<secret>-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$))/dg },
  { what: 'a private key', pattern: /^(?<secret>(?:[A-Za-z0-9+/=]{16,100}\n){1,2000}-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----)/dgm },
  { what: 'user and password of an address', pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/(?<secret>[^\s/?#@"'`<>$]{1,300}:[^\s/?#@"'`<>$]{1,300}|[^\s/?#@:"'`<>$]{16,300})@/dgi },
  { what: 'an authorization header', pattern: /\b(?:proxy-)?authorization\b["']?\s{0,5}[:=]\s{0,5}["']?(?:(?:bearer|basic|token|digest|apikey|negotiate)\s{1,5})?(?<secret>[^\s"'`$,;]{4,4000})/dgi },
  { what: 'a bearer token', pattern: /\bbearer\s{1,5}(?<secret>[A-Za-z0-9._~+/-]{12,4000}=*)/dgi },
  { what: 'a header with a key', pattern: /\b(?:x-[a-z-]{0,40}(?:key|token|secret)|private-token|api-key)\b["']?\s{0,5}:\s{0,5}["']?(?<secret>[^\s"'`$,;]{4,4000})/dgi },
  { what: 'a cookie', pattern: /\b(?:set-)?cookie:\s{0,5}[\w.-]{1,80}=(?<secret>[^\s"'`$;]{8,4000})/dgi },
  { what: 'a parameter of an address', pattern: new RegExp(String.raw`[?&](?:[\w-]{0,40}${secretWord}|key|sig|signature|code)=(?<secret>[^\s&"'\`#$<>]{4,2000})`, 'dgi') },
  { what: 'a variable', pattern: new RegExp(String.raw`\b(?:[A-Za-z]\w{0,60}_)?${secretWord}(?:_\w{1,40})?=${value}`, 'dgi') },
  { what: 'an option', pattern: new RegExp(String.raw`(?<![\w-])--?(?:[\w-]{0,40}-)?${secretWord}[= ]${value}`, 'dgi') },
  { what: 'user and password', pattern: /(?<![\w-])(?:-u|--user|--proxy-user)[= ]?["']?[^\s:"'`$]{1,100}:(?<secret>[^\s"'`$]{1,300})/dg },
  { what: 'a field', pattern: new RegExp(String.raw`["']?\b(?:[A-Za-z]\w{0,60}[_-])?${secretWord}["']?\s{0,3}:\s{0,3}["']?(?<secret>(?=[^\s"',]{0,200}\d)(?=[^\s"',]{0,200}[A-Za-z])[^\s"',{}[\]<>$]{8,2000})`, 'dgi') },
  ...tokenShapes.map(({ what, source }) => ({ what, pattern: new RegExp(String.raw`(?<![A-Za-z0-9])(?<secret>${source})(?![A-Za-z0-9])`, 'dg') })),
];

/** Words in the place of a secret that are none: what a reader is to put in, or the name of a type. */
const placeholder = /^(?:\[?masked\]?|\*+|x+|\.{3}|…|<[^>]*>|your[\w-]*|changeme|example|placeholder|redacted|bearer|basic|token|digest|apikey|negotiate|null|none|true|false|undefined|string|required|optional|missing|invalid|expired|empty|set|unset|\d{1,8})$/i;

/** Finds what looks like a secret by its shape or by the words around it; in order, without overlap. It cannot know every secret. */
export function findSecrets(text: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const { what, pattern } of contexts) {
    for (const hit of text.matchAll(pattern)) {
      const groups = hit.indices?.groups ?? {};
      const place = groups['secret'] ?? groups['quoted'] ?? groups['single'] ?? groups['bare'];
      if (place === undefined || placeholder.test(text.slice(place[0], place[1])) || text.slice(place[0], place[1]).includes(mask)) continue;
      found.push({ start: place[0], end: place[1], what });
    }
  }
  return withoutOverlap(found);
}

function withoutOverlap(found: FoundSecret[]): FoundSecret[] {
  const kept: FoundSecret[] = [];
  for (const secret of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last === undefined || secret.start >= last.end) kept.push(secret);
    else last.end = Math.max(last.end, secret.end);
  }
  return kept;
}

/** A text with a mark in place of all that has the shape of a secret. */
export function maskFound(text: string): string {
  let result = '';
  let from = 0;
  for (const { start, end } of findSecrets(text)) {
    result += text.slice(from, start) + mask;
    from = end;
  }
  return result + text.slice(from);
}
