import type { Clock } from '../clock.ts';
import { sleep } from '../clock.ts';
import type { Deployed, Saw } from '../loop/types.ts';
import type { SwarmDriver } from '../spec/types.ts';
import type { EngineApi } from './engine-api.ts';
import type { SwarmService, SwarmSpec } from './swarm-service.ts';
import { isSame, markOf, parseService, specFor, versionOf } from './swarm-service.ts';
import type { DriverHandle } from './types.ts';

export interface SwarmSetting {
  engine: EngineApi;
  clock: Clock;
  /** The whole update, from the request to its end. */
  limitMs: number;
  /** How long an engine that does not answer is waited for: one that is restarted is back by then. */
  patienceMs: number;
}

const pollMs = 250;

/** A service of a Swarm, however many nodes it has. What became of an update is read from the service's `UpdateStatus.State`: that
 *  the engine took the request says nothing. */
export function openSwarmDriver(driver: SwarmDriver, setting: SwarmSetting): DriverHandle {
  return {
    async look(): Promise<Saw> {
      const found = await inspect(driver, setting, setting.patienceMs);
      switch (found.kind) {
        case 'service':
          return { kind: 'version', version: versionOf(found.service.Spec), mark: markOf(found.service.Spec) };
        case 'absent':
          return { kind: 'nothing' };
        case 'unknown':
          return { kind: 'unknown', why: found.why };
      }
    },
    async deploy(version): Promise<Deployed> {
      const deadline = setting.clock.monotonic() + setting.limitMs;
      const found = await inspect(driver, setting, setting.patienceMs);
      if (found.kind === 'unknown') return { kind: 'not-run', why: found.why };
      if (found.kind === 'absent') return { kind: 'not-run', why: `service ${driver.service} does not exist; create it once, docket only updates it` };
      const sent = specFor(found.service.Spec, driver, version);
      const handed = await handOver(driver, setting, found.service, sent, deadline);
      return handed ?? (await awaitUpdate(driver, setting, sent, deadline));
    },
  };
}

type Found = { kind: 'service'; service: SwarmService } | { kind: 'absent' } | { kind: 'unknown'; why: string };

/** Asks until the engine gives a real answer: one that has just come up refuses for a while because it has no Swarm leader yet. */
async function inspect(driver: SwarmDriver, { engine, clock }: SwarmSetting, patienceMs: number): Promise<Found> {
  const deadline = clock.monotonic() + patienceMs;
  for (;;) {
    const answer = await engine.call('GET', `/services/${encodeURIComponent(driver.service)}`);
    if (answer.kind === 'answer' && answer.status === 200) {
      const service = parseService(answer.body);
      return service === null ? { kind: 'unknown', why: `service ${driver.service} runs no containers` } : { kind: 'service', service };
    }
    if (answer.kind === 'answer' && answer.status === 404) return { kind: 'absent' };
    const why = answer.kind === 'unreachable' ? answer.why : `the engine answers ${answer.status}: ${messageOf(answer.body)}`;
    if (clock.monotonic() >= deadline) return { kind: 'unknown', why };
    await sleep(clock, pollMs);
  }
}

/** Sends the update; null when the engine has it. An update carries the number of the state that it was made from, so the engine
 *  itself refuses one that would go over somebody else's. */
async function handOver(driver: SwarmDriver, setting: SwarmSetting, seen: SwarmService, sent: SwarmSpec, deadline: number): Promise<Deployed | null> {
  const seenMark = markOf(seen.Spec);
  let current = seen;
  for (;;) {
    const answer = await setting.engine.call('POST', `/services/${current.ID}/update?version=${current.Version.Index}`, sent);
    if (answer.kind === 'answer' && answer.status === 200) return null;
    if (answer.kind === 'answer' && answer.status >= 400 && answer.status < 500) return { kind: 'not-run', why: `the engine refuses the update: ${messageOf(answer.body)}` };
    const why = answer.kind === 'unreachable' ? answer.why : `the engine answers ${answer.status}: ${messageOf(answer.body)}`;
    if (setting.clock.monotonic() >= deadline) return { kind: 'unknown', why };
    await sleep(setting.clock, pollMs);
    const found = await inspect(driver, setting, deadline - setting.clock.monotonic());
    if (found.kind !== 'service') return { kind: 'unknown', why: found.kind === 'unknown' ? found.why : `service ${driver.service} was removed meanwhile` };
    if (isSame(found.service.Spec, sent)) return null;
    if (markOf(found.service.Spec) !== seenMark) return { kind: 'conflict', why: `service ${driver.service} was updated by somebody else meanwhile` };
    current = found.service;
  }
}

async function awaitUpdate(driver: SwarmDriver, setting: SwarmSetting, sent: SwarmSpec, deadline: number): Promise<Deployed> {
  let mark: string | null = null;
  for (;;) {
    const found = await inspect(driver, setting, deadline - setting.clock.monotonic());
    if (found.kind === 'unknown') return { kind: 'unknown', why: found.why };
    if (found.kind === 'absent') return { kind: 'conflict', why: `service ${driver.service} was removed meanwhile` };
    const { Spec } = found.service;
    const { State = '', Message = '' } = found.service.UpdateStatus ?? {};
    if (State.startsWith('rollback')) {
      // The engine's own rollback is a failed update; one that was asked for by hand is a person's decision.
      if (Message.includes('manually requested')) return { kind: 'conflict', why: `service ${driver.service} was rolled back by hand meanwhile` };
      if (State !== 'rollback_started') return { kind: 'failed', why: `update ${State}: ${Message}` };
    } else {
      if (!isSame(Spec, sent) || (mark !== null && mark !== markOf(Spec))) return { kind: 'conflict', why: `service ${driver.service} was updated by somebody else meanwhile` };
      mark = markOf(Spec);
      if (State === 'completed') return { kind: 'done', mark };
      if (State === 'paused') return { kind: 'failed', why: `update paused: ${Message}` };
      // Without a single task there is nothing to update, and the engine never says that it is done.
      if (State === '' && Spec.Mode?.Replicated?.Replicas === 0) return { kind: 'done', mark };
    }
    if (setting.clock.monotonic() >= deadline) return { kind: 'failed', why: `update not done within ${setting.limitMs} ms${State === '' ? '' : `: ${State}`}` };
    await sleep(setting.clock, pollMs);
  }
}

function messageOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : String(body);
}
