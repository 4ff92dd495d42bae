import type { GateReport } from '../../../src/reconcile/loop/await-gate.ts';
import type { HoldAnswer } from '../../../src/reconcile/loop/judge-hold.ts';
import type { LoopAlert, LoopPorts, LoopResult } from '../../../src/reconcile/loop/run-loop.ts';
import { runLoop } from '../../../src/reconcile/loop/run-loop.ts';
import type { Deployed, LoopRules, Saw } from '../../../src/reconcile/loop/types.ts';
import type { AppState } from '../../../src/reconcile/state/types.ts';
import { newState } from '../../../src/reconcile/state/types.ts';

/** Thrown by a port where the run is killed. */
export class Killed extends Error {}

/** A service, a disk and a person, all in memory: what the loop drives in these tests. */
export interface World {
  running: string | null;
  healthy: (version: string) => boolean;
  disk: AppState;
  /** Every write, in order. */
  writes: AppState[];
  /** One line per act, each with the phase that stood on disk when it began. */
  acts: string[];
  /** Key → how often it was raised anew (a raise for the same attempt is no new one). */
  alerts: Map<string, { count: number; countedFor: string; recovered: boolean }>;
  boot: string;
  runs: number;
  stop: AbortController;
  /** Called with the name of every act before and after it; throws to kill, changes the world to interfere. */
  interfere: (moment: string, world: World) => void;
  deploys: (version: string) => Deployed;
  sees: () => Saw;
  gate: (version: string) => GateReport['end'];
  hold: HoldAnswer;
  snapshotFails: string | null;
}

export function newWorld(change: Partial<World> = {}): World {
  const world: World = {
    running: null,
    healthy: () => true,
    disk: newState(),
    writes: [],
    acts: [],
    alerts: new Map(),
    boot: 'boot-1',
    runs: 0,
    stop: new AbortController(),
    interfere: () => {},
    deploys: () => ({ kind: 'done', mark: null }),
    sees: () => (world.running === null ? { kind: 'nothing' } : { kind: 'version', version: world.running, mark: null }),
    gate: () => (world.running !== null && world.healthy(world.running) ? 'pass' : 'fail'),
    hold: { kind: 'clear' },
    snapshotFails: null,
    ...change,
  };
  return world;
}

export function rulesFor(wanted: string, change: Partial<LoopRules> = {}): LoopRules {
  return { wanted, stateful: false, ...change };
}

/** One run from what stands on the world's disk. */
export function run(world: World, rules: LoopRules): Promise<LoopResult> {
  world.runs += 1;
  return runLoop(world.disk, rules, portsOf(world));
}

/** As `run`; null when the run was killed. */
export async function runOrDie(world: World, rules: LoopRules): Promise<LoopResult | null> {
  try {
    return await run(world, rules);
  } catch (error) {
    if (error instanceof Killed) return null;
    throw error;
  }
}

function portsOf(world: World): LoopPorts {
  async function act<T>(name: string, does: () => T): Promise<T> {
    world.interfere(`before ${name}`, world);
    world.acts.push(`${name} [${world.disk.phase}]`);
    const result = does();
    world.interfere(`after ${name}`, world);
    return result;
  }
  return {
    run: { id: `run-${world.runs}`, bootId: world.boot },
    stop: world.stop.signal,
    driver: {
      look: () => act('look', () => world.sees()),
      deploy: (version) =>
        act(`deploy ${version}`, () => {
          const how = world.deploys(version);
          if (how.kind === 'done') world.running = version;
          return how;
        }),
    },
    save: (state) =>
      act(`save ${state.phase}`, () => {
        world.disk = { ...state, seq: state.seq + 1 };
        world.writes.push(world.disk);
        return world.disk;
      }),
    awaitGate: (version) => act(`gate ${version}`, () => ({ end: world.gate(version), why: 'as the world has it', samples: [] })),
    judgeHold: (from, to) => act(`hold ${from} ${to}`, () => world.hold),
    snapshot: (version) => act(`snapshot ${version}`, () => world.snapshotFails),
    restore: (version) => act(`restore ${version}`, () => null),
    alert: (alert) => act(`alert ${alert.reason}`, () => note(world, alert)),
    markRecovered: (version) =>
      act('recovered', () => {
        const alert = world.alerts.get(`unhealthy-on-latest ${version}`);
        if (alert) alert.recovered = true;
      }),
    closePassed: () => act('close', () => {}),
  };
}

function note(world: World, { reason, version, countFor }: LoopAlert): void {
  const key = `${reason} ${version}`;
  const open = world.alerts.get(key);
  if (open === undefined) world.alerts.set(key, { count: 1, countedFor: countFor, recovered: false });
  else if (open.countedFor !== countFor) Object.assign(open, { count: open.count + 1, countedFor: countFor });
}
