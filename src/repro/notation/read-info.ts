import { replayModes } from '../types.ts';
import type { Fence, Meta, Problem } from '../types.ts';

export const emptyMeta: Meta = { id: null, claim: null, needs: [], replay: null, timeoutMs: null, inputs: [], env: [] };

/** The words of an info string that belong to a reproduction. */
export interface Info {
  readonly lang: string | null;
  readonly meta: Meta;
  readonly problems: readonly Problem[];
}

const keys = ['id', 'claim', 'needs', 'replay', 'timeout', 'inputs', 'env'] as const;
type Key = (typeof keys)[number];

const word = /(?:[^\s"]|"[^"]*")+/g;
const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Whether the word `repro` stands in the info string. */
export function isReproInfo(fence: Pick<Fence, 'lang' | 'meta'>): boolean {
  return fence.lang === 'repro' || wordsOf(fence.meta).includes('repro');
}

/**
 * Reads `repro id=… claim=… needs=a,b replay=… timeout=60s inputs=glob,… env=NAME,…`. A value that holds blanks stands
 * in double quotes. What is wrong becomes a problem on the fence's own line and the key keeps its empty value.
 */
export function readInfo(fence: Pick<Fence, 'lang' | 'meta' | 'line'>): Info {
  const problems: Problem[] = [];
  const say = (rule: string, message: string): void => {
    problems.push({ rule, line: fence.line - 1, message });
  };
  const values = new Map<Key, string>();
  for (const text of wordsOf(fence.meta)) {
    const at = text.indexOf('=');
    const key = keys.find((name) => name === text.slice(0, Math.max(at, 0)));
    if (text === 'repro') continue;
    if (key === undefined) say('unknown-info', `Unexpected ${JSON.stringify(text)} in the info string, expected one of ${keys.map((name) => `${name}=`).join(' ')}`);
    else if (values.has(key)) say('duplicate-info', `Unexpected second ${key}=, expected it once`);
    else values.set(key, text.slice(at + 1).replaceAll('"', ''));
  }
  const meta = readMeta(values, say);
  if (meta.id === null && !values.has('id')) say('no-id', 'Unexpected reproduction without a name, expected id=NAME in the info string');
  return { lang: fence.lang === 'repro' ? null : fence.lang, meta, problems };
}

type Say = (rule: string, message: string) => void;

function readMeta(values: ReadonlyMap<Key, string>, say: Say): Meta {
  return {
    id: readName('id', values.get('id'), say),
    claim: readName('claim', values.get('claim'), say),
    needs: readList(values.get('needs')),
    replay: readReplay(values.get('replay'), say),
    timeoutMs: readTimeout(values.get('timeout'), say),
    inputs: readList(values.get('inputs')),
    env: readList(values.get('env')).filter((name) => isVariable(name, say)),
  };
}

function readName(key: Key, value: string | undefined, say: Say): string | null {
  if (value === undefined) return null;
  if (/^[\p{L}\p{N}][\p{L}\p{N}._/()+-]*$/u.test(value)) return value;
  say('bad-name', `Unexpected ${key}=${value}, expected letters, digits and . _ / -`);
  return null;
}

function readReplay(value: string | undefined, say: Say): Meta['replay'] {
  const mode = replayModes.find((name) => name === value);
  if (value !== undefined && mode === undefined) say('bad-replay', `Unexpected replay=${value}, expected ${replayModes.join(', ')}`);
  return mode ?? null;
}

function readTimeout(value: string | undefined, say: Say): number | null {
  if (value === undefined) return null;
  const ms = readDuration(value);
  if (ms !== null) return ms;
  say('bad-timeout', `Unexpected timeout=${value}, expected a number with ms, s, m or h, as in 60s`);
  return null;
}

/** Reads `60s`, `5m`, `500ms`, `1h` as milliseconds; null for anything else. */
export function readDuration(text: string): number | null {
  const found = /^(\d{1,6})(ms|s|m|h)$/.exec(text);
  const ms = Number(found?.[1]) * (units[found?.[2] ?? ''] ?? Number.NaN);
  return ms > 0 ? ms : null;
}

function isVariable(name: string, say: Say): boolean {
  if (/^[A-Za-z_]\w*$/.test(name)) return true;
  say('bad-env', `Unexpected env=${name}, expected names of variables without values`);
  return false;
}

/** Globs may hold commas in braces: `src/{a,b}/**` is one. */
function readList(value: string | undefined): string[] {
  return (value ?? '').split(/,(?![^{}]*\})/).map((item) => item.trim()).filter((item) => item !== '');
}

function wordsOf(meta: string | null): string[] {
  return meta?.match(word) ?? [];
}
