import { findNearest } from './nearest.ts';
import type { App } from './types.ts';

/** What is wrong with the `via` lists: a name that is no app, or a chain that comes back to where it began. */
export type ViaFault =
  | { kind: 'unknown'; app: App; name: string; nearest: string | null }
  | { kind: 'cycle'; app: App; path: string[] };

/** A request that passes through a chain which bites its own tail arrives nowhere. Each cycle is named once, at the app of it
 *  that stands first in the file. */
export function checkVia(apps: readonly App[]): ViaFault[] {
  const byName = new Map(apps.map((app) => [app.name, app]));
  const unknown = apps.flatMap((app) => app.via.filter((name) => !byName.has(name)).map((name): ViaFault => (
    { kind: 'unknown', app, name, nearest: findNearest(name, byName.keys()) }
  )));
  const settled = new Set<string>();
  const cycles: ViaFault[] = [];
  const walk = (app: App, trail: readonly string[]): void => {
    const path = [...trail, app.name];
    for (const name of app.via) {
      const next = byName.get(name);
      const start = path.indexOf(name);
      if (start >= 0) cycles.push({ kind: 'cycle', app: byName.get(path[start] ?? '') ?? app, path: [...path.slice(start), name] });
      else if (next && !settled.has(name)) walk(next, path);
    }
    settled.add(app.name);
  };
  for (const app of apps) if (!settled.has(app.name)) walk(app, []);
  return [...unknown, ...cycles];
}
