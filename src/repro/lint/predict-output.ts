import { parseScript } from '../shell/parse-script.ts';
import { unknown, unknownVariable } from '../shell/reading.ts';
import type { SimpleCommand } from '../shell/reading.ts';

/** What a command can print, known from its words alone. */
export interface Prediction {
  /** Matches the whole output, blanks at its ends aside. */
  readonly accepts: RegExp;
  /** For people, e.g. "a status of three digits". */
  readonly what: string;
}

const number: Prediction = { accepts: /^\d+$/, what: 'a number' };
const nothing: Prediction = { accepts: /^$/, what: 'nothing' };

/**
 * Says what the last command of a script prints where its words leave no doubt, as `curl -s -o /dev/null -w
 * "%{http_code}"` prints three digits and no `HTTP` before them. Null for all other commands.
 */
export function predictOutput(script: string): Prediction | null {
  const { commands, torn } = parseScript(script);
  const last = commands.at(-1);
  const [program, ...args] = last?.words ?? [];
  if (torn || last === undefined || program === undefined || last.redirects.some(({ operator }) => operator.includes('>'))) return null;
  if (args.some((word) => /[*?[\]{}]/.test(word)) && program === 'echo') return null;
  switch (program) {
    case 'curl':
      return predictCurl(args);
    case 'echo':
      return predictEcho(args, script);
    case 'wc':
      return predictCount(last, args);
    case 'grep':
      return predictGrep(args);
    case 'git':
      return args[0] === 'rev-parse' && args.at(-1) === 'HEAD' && !args.includes('--abbrev-ref') ? { accepts: /^[0-9a-f]{4,64}$/, what: 'an object name' } : null;
    case 'systemctl':
      return args[0] === 'is-active' ? { accepts: /^(?:in)?active$|^(?:failed|activating|deactivating|reloading|maintenance|unknown)$/m, what: 'a state such as active or failed' } : null;
    case 'date':
      return args[0] === '+%s' ? number : null;
    case 'id':
      return args[0] === '-u' && args.length === 1 ? number : null;
    case 'test':
    case '[':
    case 'true':
    case 'false':
      return nothing;
    default:
      return null;
  }
}

const curlVariables: Readonly<Record<string, string>> = {
  http_code: String.raw`\d{3}`, response_code: String.raw`\d{3}`, http_connect: String.raw`\d{3}`, exitcode: String.raw`\d+`, num_redirects: String.raw`\d+`,
  size_download: String.raw`\d+`, size_header: String.raw`\d+`, local_port: String.raw`\d+`, remote_port: String.raw`\d+`, time_total: String.raw`\d+[.,]\d+`, ssl_verify_result: String.raw`-?\d+`,
};

/** With the body thrown away and no headers asked for, a format is all that curl prints. */
function predictCurl(args: readonly string[]): Prediction | null {
  const format = valueOf(args, 'w', '--write-out');
  const output = valueOf(args, 'o', '--output');
  const speaks = args.some((word) => /^--(?:include|head|verbose|show-headers|next|parallel)$|^-[a-zA-Z]*[iIvZ]/.test(word) && word !== '-o' && word !== '-w');
  if (format === null || output === null || output === '-' || format.startsWith('@') || speaks || hasUnknown(format)) return null;
  const urls = args.filter((word) => /^(?:https?:)?\/\//.test(word));
  if (urls.length > 1) return null;
  const source = format
    .split(/(%\{[^}]*\}|\\[nrt])/)
    .map((part) => (part.startsWith('%{') ? (curlVariables[part.slice(2, -1)] ?? '.*') : part.startsWith('\\') ? String.raw`\s*` : escapeRegExp(part)))
    .join('');
  const codeOnly = /^(?:%\{(?:http_code|response_code)\}|\\n)+$/.test(format);
  return { accepts: new RegExp(`^${source}$`, 's'), what: codeOnly ? 'a status of three digits and nothing else' : `what its format ${JSON.stringify(format)} says` };
}

function predictEcho(args: readonly string[], script: string): Prediction | null {
  if (/\becho\s+"?\$\?"?\s*$/.test(script)) return { accepts: /^\d{1,3}$/, what: 'an exit status' };
  const words = args[0] === '-n' ? args.slice(1) : args;
  if (words.some((word) => hasUnknown(word) || word.startsWith('~') || word.includes('\\')) || words[0]?.startsWith('-') === true) return null;
  return { accepts: new RegExp(`^${escapeRegExp(words.join(' ').trim())}$`), what: JSON.stringify(words.join(' ')) };
}

function predictCount(command: SimpleCommand, args: readonly string[]): Prediction | null {
  const flags = args.filter((word) => word.startsWith('-'));
  const fed = command.piped || command.redirects.some(({ operator }) => operator === '<');
  return fed && flags.length === 1 && /^-[lcwm]$/.test(flags[0] ?? '') && args.length === 1 ? number : null;
}

function predictGrep(args: readonly string[]): Prediction | null {
  const flags = args.filter((word) => word.startsWith('-')).join('');
  const files = args.filter((word) => !word.startsWith('-')).slice(1);
  if (/q/.test(flags.replace(/--[\w-]+/g, ''))) return nothing;
  return /c/.test(flags.replace(/--[\w-]+/g, '')) && files.length <= 1 && !/[rRH]/.test(flags) ? number : null;
}

/** The value of a short or long option, also where the short one ends a cluster or has its value glued to it. */
function valueOf(args: readonly string[], short: string, long: string): string | null {
  for (const [index, word] of args.entries()) {
    if (word === long || new RegExp(`^-[a-zA-Z]*${short}$`).test(word)) return args[index + 1] ?? null;
    if (word.startsWith(`${long}=`)) return word.slice(long.length + 1);
    if (word.startsWith(`-${short}`) && !word.startsWith('--')) return word.slice(2);
  }
  return null;
}

function hasUnknown(text: string): boolean {
  return text.includes(unknown) || text.includes(unknownVariable);
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
