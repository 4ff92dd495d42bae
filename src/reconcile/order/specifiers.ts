import { splitName } from './unit-names.ts';

/** What a name says once its specifiers are put in; `host`: it depends on the machine; `bare`: it needs the instance of a
 *  template that has none. */
export type Resolved = { kind: 'name'; name: string } | { kind: 'host'; specifier: string } | { kind: 'bare' };

/** Specifiers that only the running machine can put in (systemd.unit(5), "Specifiers"). */
const OF_THE_HOST = 'AabBCdDEfgGhHlLmMoqsStTuUvVwWyY';

/** Puts `%n %N %p %i %j %%` of a unit into a name that stands in its file. Those are what systemd knows in the name of a unit;
 *  with another one it ignores the name, as it does here by failing the check for a unit's name. */
export function resolveSpecifiers(text: string, unit: string): Resolved {
  if (!text.includes('%')) return { kind: 'name', name: text };
  const { prefix, instance, type } = splitName(unit);
  const values: Record<string, string> = {
    '%': '%', n: unit, N: unit.slice(0, -type.length - 1), p: prefix, i: instance ?? '', j: prefix.slice(prefix.lastIndexOf('-') + 1),
  };
  const letters = [...text.matchAll(/%(.)/g)].map(([, letter = '']) => letter);
  if (instance === '' && letters.some((letter) => 'inN'.includes(letter))) return { kind: 'bare' };
  const host = letters.find((letter) => OF_THE_HOST.includes(letter));
  if (host !== undefined) return { kind: 'host', specifier: `%${host}` };
  return { kind: 'name', name: text.replace(/%(.)/g, (written, letter: string) => values[letter] ?? written) };
}
