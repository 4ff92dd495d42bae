import type { JsonValue } from '../spec/types.ts';

/** Whether a value holds what is expected: maps may hold more, lists must be as long, everything else must be equal. */
export function holdsJson(expected: JsonValue, actual: unknown): boolean {
  if (Array.isArray(expected)) return Array.isArray(actual) && actual.length === expected.length && expected.every((item, index) => holdsJson(item, actual[index]));
  if (expected === null || typeof expected !== 'object') return expected === actual;
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return false;
  return Object.entries(expected).every(([key, value]) => holdsJson(value, reachInto(actual, key)));
}

/** The value under a key. A key with dots that is not itself there reaches in: `services.0.state`. Undefined: nothing there. */
export function reachInto(value: unknown, key: string): unknown {
  const own = ownValue(value, key);
  if (own !== undefined || !key.includes('.')) return own;
  return key.split('.').reduce(ownValue, value);
}

function ownValue(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}
