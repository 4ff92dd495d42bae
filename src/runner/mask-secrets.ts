import { findSecrets, mask } from '../repro/secrets/find-secrets.ts';

/** Takes secrets out of texts before any of them is kept, written or shown. */
export interface Masker {
  /** The text with every secret masked that is known or looks like one. */
  mask(text: string): string;
  /** Whether a text holds a secret. */
  holds(text: string): boolean;
}

const secretName = /(?:^|_)(?:KEY|KEYS|TOKEN|TOKENS|SECRET|SECRETS|PASS|PASSWORD|PASSWD|PASSPHRASE|PWD|CREDENTIAL|CREDENTIALS|CREDS|AUTH|COOKIE|BEARER|DSN|APIKEY|PAT|PRIVATE)(?:_|$|\d)|PASSWORD|SECRET|TOKEN|APIKEY|_KEY$/i;
/** Names that only sound so. */
const harmlessName = /^(?:PWD|OLDPWD|SSH_AUTH_SOCK|XAUTHORITY|GPG_TTY|KEYTIMEOUT|(?:.*_)?(?:KEY|TOKEN|SECRET|PASS)_?(?:FILE|PATH|DIR|LENGTH|ID|NAME|TYPE|TTL|URL))$/i;

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
  const spelled = [...values].filter(isTelling).flatMap(spellings);
  const longestFirst = [...new Set(spelled)].toSorted((a, b) => b.length - a.length);
  const masked = (text: string): string => maskFound(longestFirst.reduce((result, value) => result.replaceAll(value, mask), text));
  return { mask: masked, holds: (text) => masked(text) !== text };
}

function isTelling(value: string): boolean {
  return value.trim().length >= shortest && !everyday.test(value.trim());
}

/** A secret as it is, and as it stands in an address, in JSON, in base64 and in hex; each line of one that has several. */
function spellings(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const lines = value.split('\n').map((line) => line.trim()).filter((line) => line.length >= 16);
  return [value, value.trim(), encodeURIComponent(value), JSON.stringify(value).slice(1, -1), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url'), bytes.toString('hex'), ...lines]
    .filter((form) => form.length >= shortest);
}

function maskFound(text: string): string {
  let result = '';
  let from = 0;
  for (const { start, end } of findSecrets(text)) {
    result += text.slice(from, start) + mask;
    from = end;
  }
  return result + text.slice(from);
}
