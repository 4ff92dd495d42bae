import { normaliseOutput } from '../repro/match/normalise-output.ts';
import { findSecrets, mask, maskFound } from '../repro/secrets/find-secrets.ts';
import { findKnownTokens } from './find-known-tokens.ts';

/** Takes secrets out of texts before any of them is kept, written or shown. */
export interface Masker {
  /** The text with every secret masked that is known or looks like one. */
  mask(text: string): string;
  /** Whether a text holds a secret. */
  holds(text: string): boolean;
  /** Looks through a text with a kept library of token shapes; what it finds is masked from then on, wherever it stands. */
  learn(text: string): Promise<void>;
}

const secretName = /(?:^|_)(?:KEY|KEYS|TOKEN|TOKENS|SECRET|SECRETS|PASS|PASSWORD|PASSWD|PASSPHRASE|PWD|CREDENTIAL|CREDENTIALS|CREDS|AUTH|COOKIE|BEARER|DSN|APIKEY|PAT|PRIVATE|WEBHOOK|WEBHOOK_URL)(?:_|$|\d)|PASSWORD|PASSWD|SECRET|TOKEN|APIKEY|(?:KEY|PASS)$/i;
/** Names that only sound so. */
const harmlessName = /^(?:PWD|OLDPWD|SSH_AUTH_SOCK|XAUTHORITY|GPG_TTY|KEYTIMEOUT|(?:.*_)?(?:KEY|TOKEN|SECRET|PASS)_?(?:FILE|PATH|DIR|LENGTH|NAME|TYPE|TTL|URL)|(?:.*_)?(?:KEY|TOKEN)_?ID)$/i;

/** Shorter values, and words that stand everywhere, would take whole outputs away and hide nothing. */
const shortest = 5;
const everyday = /^(?:true|false|yes|no|none|null|default|enabled|disabled|\d{1,5}|[a-z]{1,4})$/i;

/**
 * A masker that knows the values of the variables of `environment` whose names speak of secrets, and what the commands themselves hold, in the
 * forms in which programs print them. It cannot know a secret that a program changes in another way before it prints it.
 */
export function makeMasker(environment: NodeJS.ProcessEnv, commands: readonly string[]): Masker {
  const values = new Set<string>();
  for (const [name, value] of Object.entries(environment)) if (value !== undefined && secretName.test(name) && !harmlessName.test(name)) values.add(value);
  for (const command of commands) for (const { start, end } of findSecrets(command)) values.add(command.slice(start, end));
  let longestFirst = spell(values);
  const masked = (text: string): string => maskFound(longestFirst.reduce((result, value) => result.replaceAll(value, mask), text));
  return {
    mask: masked,
    holds: (text) => masked(text) !== text,
    async learn(text) {
      const found = await findKnownTokens(masked(text));
      if (found.length === 0) return;
      for (const value of found) values.add(value);
      longestFirst = spell(values);
    },
  };
}

/** Everything that is masked, the longest first: one may stand in another. */
function spell(values: ReadonlySet<string>): string[] {
  const spelled = [...values].filter(isTelling).flatMap(spellings).filter((form) => form.length >= shortest && !mask.includes(form));
  return [...new Set(spelled)].toSorted((a, b) => b.length - a.length);
}

function isTelling(value: string): boolean {
  return value.trim().length >= shortest && !everyday.test(value.trim());
}

/** Shorter pieces of a secret stand in other words as well. */
const shortestPiece = 8;

/** A secret as it is, as docket normalises it, and as it stands in an address, in JSON, in a shell's quotes, in markup, in base64 and in hex; each line of one that has several. */
function spellings(value: string): string[] {
  const hex = Buffer.from(value, 'utf8').toString('hex');
  const address = encodeURIComponent(value);
  const strict = address.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const json = JSON.stringify(value).slice(1, -1);
  return [
    value, value.trim(), normaliseOutput(Buffer.from(value, 'utf8')).trim(), ...[address, strict, new URLSearchParams([['', value]]).toString().slice(1)].flatMap(inBothCases), json, json.replaceAll('/', String.raw`\/`),
    value.replaceAll("'", String.raw`'\''`), value.replaceAll("'", `'"'"'`), value.replace(/[^\w@%+=:,./-]/g, String.raw`\$&`), inMarkup(value), ...inBase64(value), hex, hex.toUpperCase(), ...inLines(hex, 60),
    ...value.split(/\r?\n/).map((line) => line.trim()).filter((line) => line.length >= shortestPiece),
  ];
}

/** Percent signs come with digits of either case. */
function inBothCases(address: string): string[] {
  return [address, address.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase())];
}

function inMarkup(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Alone, and as a part of something longer, as in `user:password`: then its letters depend on where it begins, and those at its ends on what stands around it. */
function inBase64(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const parts = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64').replace(/=+$/, '');
    return text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
  });
  const inner = parts.filter((part) => part.length >= shortestPiece);
  const whole = bytes.toString('base64').replace(/=+$/, '');
  return [whole, ...inLines(whole, 64), ...inLines(whole, 76), bytes.toString('base64url'), ...inner, ...inner.map((part) => part.replaceAll('+', '-').replaceAll('/', '_'))];
}

/** As programs break long lines of such; what is left of the last one only where it is long enough. */
function inLines(text: string, width: number): string[] {
  const lines = Array.from({ length: Math.ceil(text.length / width) }, (_, at) => text.slice(at * width, (at + 1) * width));
  return lines.filter((line) => line.length >= shortestPiece);
}
