import { Failure } from '../../contract/failure.ts';
import { watchHandOffs } from '../../queries/watch/watch-hand-offs.ts';
import { toSafeJson } from '../../reports/safe-text.ts';
import { isGiven, valueOf, type Invocation, type Options } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';
import { writeLine } from '../print.ts';

/** `docket watch [--once] [--since REV]`: prints as it goes. An interrupt and a reader that goes away end it well. */
export async function run({ options, globals }: Invocation): Promise<Outcome> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const watching = watchHandOffs({ dir: globals.dir, cache: globals.cache, role: globals.role, afterVerdict: globals.afterVerdict, since: valueOf(options, '--since'), once: isGiven(options, '--once'), interval: intervalOf(options), signal: stop.signal });
  for await (const handOff of watching) {
    if (stop.signal.aborted || !(await writeLine(process.stdout, toSafeJson(handOff)))) break;
  }
  return answer({ data: {}, render: () => '' });
}

function intervalOf(options: Options): number {
  const given = valueOf(options, '--interval') ?? '2';
  const seconds = Number(given);
  if (!/^\d+(?:\.\d+)?$/u.test(given) || seconds < 0.05 || seconds > 86_400) throw new Failure('usage', `Unexpected interval "${given}", expected seconds from 0.05 to 86400.`, { next: 'docket watch --help' });
  return seconds * 1000;
}
