/** Reads one value of a known type out of JSON that anybody may have written; throws DecodeError. */
export type Decoder<T> = (value: unknown, path: string) => T;

export class DecodeError extends Error {}

function fail(path: string, expected: string): never {
  throw new DecodeError(`Unexpected ${path}, expected ${expected}`);
}

export const string: Decoder<string> = (value, path) => (typeof value === 'string' ? value : fail(path, 'a string'));

export const boolean: Decoder<boolean> = (value, path) => (typeof value === 'boolean' ? value : fail(path, 'true or false'));

export const count: Decoder<number> = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : fail(path, 'a number that is not negative');

/** A string that a pattern accepts; `expected` names it for people. */
export function matching(pattern: RegExp, expected: string): Decoder<string> {
  return (value, path) => (typeof value === 'string' && pattern.test(value) ? value : fail(path, expected));
}

export function oneOf<const T extends string>(values: readonly T[]): Decoder<T> {
  return (value, path) => values.find((each) => each === value) ?? fail(path, `one of ${values.join(', ')}`);
}

export function nullable<T>(decode: Decoder<T>): Decoder<T | null> {
  return (value, path) => (value === null ? null : decode(value, path));
}

export function optional<T>(decode: Decoder<T>): Decoder<T | undefined> {
  return (value, path) => (value === undefined ? undefined : decode(value, path));
}

export function list<T>(decode: Decoder<T>): Decoder<readonly T[]> {
  return (value, path) => (Array.isArray(value) ? value.map((item, index) => decode(item, `${path}[${String(index)}]`)) : fail(path, 'a list'));
}

/** An object with these members; further ones are left aside. */
export function object<T>(members: { readonly [K in keyof T]: Decoder<T[K]> }): Decoder<T> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(path, 'an object');
    const decoded: Partial<T> = {};
    for (const key of Object.keys(members) as (keyof T & string)[]) {
      const member = members[key]((value as Record<string, unknown>)[key], path === '' ? key : `${path}.${key}`);
      // What is absent stays absent, so that what was read can be written again.
      if (member !== undefined) decoded[key] = member;
    }
    return decoded as T;
  };
}
