import type { Systemctl } from '../drivers/systemctl.ts';

/** One line of systemd's queue. */
export interface Job {
  unit: string;
  type: string;
  state: 'waiting' | 'running';
}

/** Reads what `systemctl list-jobs --plain --no-legend` prints: number, unit, type, state. */
export function parseJobs(text: string): Job[] {
  return text.split('\n').flatMap((line) => {
    const [number, unit, type, state] = line.trim().split(/\s+/);
    if (number === undefined || !/^[0-9]+$/.test(number) || unit === undefined || type === undefined) return [];
    return state === 'waiting' || state === 'running' ? [{ unit, type, state }] : [];
  });
}

/** Way from `provider` to `own` through units whose start waits for the next one, both ends included; null when there is none.
 *  `after` gives the units that a unit is ordered after; it is asked only for units that wait. */
async function findWaitingPath(own: string, provider: string, jobs: readonly Job[], after: (unit: string) => Promise<readonly string[]>): Promise<string[] | null> {
  const starting = new Map(jobs.filter((job) => job.type === 'start' || job.type === 'restart').map((job) => [job.unit, job.state]));
  if (provider === own || starting.get(own) !== 'running') return null;
  const cameFrom = new Map<string, string | null>([[provider, null]]);
  for (const unit of cameFrom.keys()) {
    if (unit === own) return wayTo(own, cameFrom).reverse();
    if (starting.get(unit) !== 'waiting') continue;
    for (const next of await after(unit)) if (starting.has(next) && !cameFrom.has(next)) cameFrom.set(next, unit);
  }
  return null;
}

function wayTo(unit: string, cameFrom: ReadonlyMap<string, string | null>): string[] {
  const before = cameFrom.get(unit) ?? null;
  return before === null ? [unit] : [unit, ...wayTo(before, cameFrom)];
}

/** Asks systemd whether one of `providers` cannot start before `own` has: then a gate in `own` that waits for it waits for ever.
 *  What is ordered after what is systemd's own view, put together from files, drop-ins and defaults. Returns the way from the
 *  provider to `own`, or null when there is none or systemd does not answer. */
export async function findDeadlock(systemctl: Systemctl, own: string, providers: readonly string[]): Promise<string[] | null> {
  const listed = await systemctl.run(['list-jobs', '--plain', '--no-legend', '--full', '--no-pager']);
  if (listed.kind === 'failed') return null;
  const jobs = parseJobs(listed.stdout);
  for (const provider of providers) {
    const path = await findWaitingPath(own, provider, jobs, async (unit) => {
      const shown = await systemctl.show(unit, ['After']);
      return shown.kind === 'ok' ? (shown.values.After ?? '').split(' ') : [];
    });
    if (path !== null) return path;
  }
  return null;
}
