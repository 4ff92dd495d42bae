import { findNearest } from '../spec/nearest.ts';
import type { App, Probe } from '../spec/types.ts';
import { parseUrl } from '../spec/urls.ts';
import { bindProbe } from '../spec/versions.ts';
import { findProvider } from './find-provider.ts';
import type { Edge, LinePlace, UnknownUrl } from './types.ts';
import { completeName, isUnitName } from './unit-names.ts';

/** An edge that a gate makes, with the app whose gate it is. */
export interface GateEdge extends Edge {
  app: App;
  probe: Probe;
}

export interface GateEdges {
  edges: GateEdge[];
  unknown: UnknownUrl[];
}

/** A gate waits for whoever answers it: the unit that runs an app's gate waits for the unit of the app that serves each URL that
 *  the gate asks, and for the units of all apps that such a request passes through. Confirming probes wait for nobody. An app that
 *  asks itself gives an edge to itself, which is no cycle. */
export function findGateEdges(apps: readonly App[]): GateEdges {
  const edges: GateEdge[] = [];
  const unknown: UnknownUrl[] = [];
  for (const app of apps) {
    if (app.runsIn === null) continue;
    const from = completeName(app.runsIn);
    for (const written of app.gate) {
      const probe = bindProbe(written, app.wanted);
      const provider = chooseProvider(probe, apps);
      const place = placeOf(probe);
      if (provider.kind === 'unknown') unknown.push({ app: app.name, probe: probe.name, url: describeTarget(probe), why: provider.why, place });
      for (const { unit, why } of provider.kind === 'found' ? provider.units : []) {
        edges.push({ from, to: unit, why: `gate ${app.name}/${probe.name} asks ${describeTarget(probe)}${why}`, place, app, probe });
      }
    }
  }
  return { edges, unknown };
}

type Provider = { kind: 'found'; units: { unit: string; why: string }[] } | { kind: 'unknown'; why: string } | { kind: 'none' };

function chooseProvider(probe: Probe, apps: readonly App[]): Provider {
  const { provider } = probe;
  if (provider !== null) {
    const named = apps.find(({ name }) => name === provider);
    if (named) return { kind: 'found', units: unitsBehind(named, apps) };
    if (isUnitName(provider) || provider.startsWith('compose:')) return { kind: 'found', units: [{ unit: provider, why: '' }] };
    const nearest = findNearest(provider, apps.map(({ name }) => name));
    return { kind: 'unknown', why: `provider ${provider} is neither an app nor a unit${nearest === null ? '' : `; nearest: ${nearest}`}` };
  }
  // Ports and commands say nothing about who is behind them.
  if (probe.kind !== 'http') return { kind: 'none' };
  const url = parseUrl(probe.url);
  const serving = url && findProvider(url, apps);
  return serving ? { kind: 'found', units: unitsBehind(serving, apps) } : { kind: 'unknown', why: 'no app serves it' };
}

/** The unit of an app and those of all apps on the way to it, each once. */
function unitsBehind(app: App, apps: readonly App[]): { unit: string; why: string }[] {
  const onTheWay: App[] = [app];
  for (const passed of onTheWay) {
    for (const name of passed.via) {
      const next = apps.find((other) => other.name === name);
      if (next && !onTheWay.includes(next)) onTheWay.push(next);
    }
  }
  return onTheWay.flatMap((passed) => (passed.runsIn === null ? [] : [{ unit: completeName(passed.runsIn), why: passed === app ? '' : `, through ${passed.name}` }]));
}

function describeTarget(probe: Probe): string {
  switch (probe.kind) {
    case 'http': return probe.url;
    case 'tcp': return `${probe.address.host}:${probe.address.port}`;
    case 'command': return probe.command.join(' ');
  }
}

function placeOf({ place: { path, line } }: Probe): LinePlace {
  return { path, line };
}
