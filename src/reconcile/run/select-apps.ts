import { findNearest } from '../spec/nearest.ts';
import type { App } from '../spec/types.ts';
import type { Infra, Problem } from './types.ts';

/** The apps that were named, or all; parents (`via`) before what passes through them, else as in the file. */
export function selectApps(infra: Infra, names: readonly string[]): { apps: App[]; problems: Problem[] } {
  const { apps, path } = infra.spec;
  const known = apps.map(({ name }) => name);
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name): Problem => {
      const nearest = findNearest(name, known);
      return { rule: 'usage', message: `no app ${name} in ${path}`, next: nearest ? `Write ${nearest}.` : `Name one of: ${known.join(', ')}.`, path, line: null, column: null };
    });
  return { apps: parentsFirst(apps).filter(({ name }) => names.length === 0 || names.includes(name)), problems };
}

function parentsFirst(apps: readonly App[]): App[] {
  const ordered = new Set<App>();
  const place = (app: App): void => {
    for (const parent of app.via) {
      const found = apps.find(({ name }) => name === parent);
      if (found !== undefined && !ordered.has(found)) place(found);
    }
    ordered.add(app);
  };
  for (const app of apps) place(app);
  return [...ordered];
}
