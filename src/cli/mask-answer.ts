import { Failure } from '../contract/failure.ts';
import { makeMasker } from '../runner/mask-secrets.ts';
import type { Outcome } from './outcome.ts';

/** Words of docket's own, and digests: no secret can stand in them, and they have to stay what they are. */
const ownWords = new Set(['verdict', 'judgement', 'outcome', 'role', 'class', 'digest', 'sum', 'prev', 'of', 'by', 'commit', 'tree', 'time', 'at', 'rule', 'level', 'stream']);

/** An answer without the secrets that this process knows or that look like some: in data, text, diagnostics and hints. */
export function maskOutcome(outcome: Outcome): Outcome {
  const { mask } = makeMasker(process.env, []);
  const { data, diagnostics, next, notes, text } = outcome;
  return {
    ...outcome, data: maskDeep(data, mask), diagnostics: maskDeep(diagnostics, mask), next: next.filter((command) => mask(command) === command), notes: notes.map(mask), text: (view) => mask(text(view)),
  };
}

/** An error whose message tells none; its stack neither. */
export function maskError(error: unknown): unknown {
  const { mask } = makeMasker(process.env, []);
  if (error instanceof Failure) return new Failure(error.kind, mask(error.message), { next: error.next === null || mask(error.next) !== error.next ? null : error.next, place: error.place });
  if (!(error instanceof Error)) return mask(String(error));
  const masked = new Error(mask(error.message));
  masked.stack = mask(error.stack ?? error.message);
  return masked;
}

function maskDeep<T>(value: T, mask: (text: string) => string): T {
  return walk(value, mask, '') as T;
}

function walk(value: unknown, mask: (text: string) => string, key: string): unknown {
  if (typeof value === 'string') return ownWords.has(key) ? value : mask(value);
  if (Array.isArray(value)) return value.map((each) => walk(each, mask, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each, mask, name)]));
}
