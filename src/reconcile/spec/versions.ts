import { RE2JS } from 're2js';
import { findNearest } from './nearest.ts';
import type { Argv, JsonValue, Probe } from './types.ts';

const VARIABLES = ['version', 'version.recipe', 'version.app'] as const;

/** `5.1.1+v3.6.15` is recipe `5.1.1` with app `3.6.15`. A version without `+` is its own recipe and app. */
export interface Version {
  whole: string;
  recipe: string;
  app: string;
}

export function splitVersion(whole: string): Version {
  const plus = whole.indexOf('+');
  const recipe = plus < 0 ? whole : whole.slice(0, plus);
  const app = plus < 0 ? whole : whole.slice(plus + 1);
  return { whole, recipe, app: app.replace(/^v(?=\d)/, '') };
}

/** Replaces `${version}`, `${version.recipe}` and `${version.app}`; any other `${…}` is the caller's own and stays. */
export function substituteVersion(text: string, version: string): string {
  return replaceVariables(text, version, (part) => part);
}

/** The same inside a pattern: the version stands for itself, its dots and plus signs mean nothing. */
function substituteInPattern(pattern: string, version: string): string {
  return replaceVariables(pattern, version, (part) => RE2JS.quote(part));
}

function replaceVariables(text: string, version: string, write: (part: string) => string): string {
  const { whole, recipe, app } = splitVersion(version);
  const parts: Record<string, string> = { version: whole, 'version.recipe': recipe, 'version.app': app };
  return text.replace(/\$\{([\w.]+)\}/g, (written, name: string) => {
    const part = parts[name];
    return part === undefined ? written : write(part);
  });
}

/** Names of variables in a text that are neither known nor plausibly somebody else's, each with what was meant. */
export function findMisspelt(text: string): { name: string; meant: string }[] {
  return [...text.matchAll(/\$\{([\w.]+)\}/g)].flatMap(([, name = '']) => {
    if (VARIABLES.some((known) => known === name)) return [];
    const meant = name.startsWith('version') ? findNearest(name, VARIABLES) ?? 'version' : findNearest(name, VARIABLES);
    return meant ? [{ name, meant }] : [];
  });
}

export function usesVersion(text: string): boolean {
  return /\$\{version(\.\w+)?\}/.test(text);
}

export function bindArgv([program, ...rest]: Argv, version: string): Argv {
  return [substituteVersion(program, version), ...rest.map((word) => substituteVersion(word, version))];
}

/** The probe as it is to be asked for one version. Which version that is, the caller knows: the wanted one, or after a
 *  rollback the last good one. Without a version (an app that has none) the probe is as written. */
export function bindProbe<P extends Probe>(probe: P, version: string | null): P;
export function bindProbe(probe: Probe, version: string | null): Probe {
  if (version === null) return probe;
  const pattern = (text: string | null): string | null => text === null ? null : substituteInPattern(text, version);
  switch (probe.kind) {
    case 'tcp':
      return probe;
    case 'command':
      return { ...probe, command: bindArgv(probe.command, version), expect: { ...probe.expect, stdout: pattern(probe.expect.stdout) } };
    case 'http': {
      const { json, text, header } = probe.expect;
      return {
        ...probe,
        url: substituteVersion(probe.url, version),
        expect: {
          ...probe.expect,
          json: json === null ? null : bindJson(json, version),
          text: pattern(text),
          header: header === null ? null : Object.fromEntries(Object.entries(header).map(([name, value]) => [name, substituteInPattern(value, version)])),
        },
      };
    }
  }
}

function bindJson(value: JsonValue, version: string): JsonValue {
  if (typeof value === 'string') return substituteVersion(value, version);
  if (Array.isArray(value)) return value.map((item) => bindJson(item, version));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, bindJson(item, version)]));
}
