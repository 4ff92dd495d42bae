import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { Address } from '../spec/types.ts';
import type { Attempt } from './attempt.ts';

/** Connects to an address; `connected` is called with the socket, which is closed when the attempt ends. */
export function openSocket(attempt: Attempt, { host, port }: Address, lookup: LookupFunction, connected: (socket: Socket) => void): void {
  attempt.phase = isIP(host) ? 'connect' : 'dns';
  const socket = connect({ host, port, lookup });
  attempt.cleanUp(() => socket.destroy());
  socket.on('error', attempt.fail);
  socket.on('lookup', (error: Error | null) => {
    if (!error) attempt.phase = 'connect';
  });
  socket.once('connect', () => connected(socket));
}

/** A resolver that asks once for each name, for one round of probes: Node resolves at most four names at a time, and many
 *  probes of one host must not queue behind each other. */
export function shareLookups(): LookupFunction {
  const asked = new Map<string, Asked>();
  return (hostname, options, callback) => {
    const hear = (answer: LookupAnswer): void => {
      const [first] = answer.addresses;
      if (answer.error || options.all || !first) callback(answer.error, answer.addresses);
      else callback(null, first.address, first.family);
    };
    const key = `${hostname} ${String(options.family)} ${String(options.hints)}`;
    const before = asked.get(key);
    if (before?.answer) return process.nextTick(hear, before.answer);
    if (before) return void before.waiting.push(hear);
    const first: Asked = { answer: null, waiting: [hear] };
    asked.set(key, first);
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      first.answer = { error, addresses: addresses ?? [] };
      for (const waiting of first.waiting) waiting(first.answer);
    });
  };
}

interface LookupAnswer {
  error: NodeJS.ErrnoException | null;
  addresses: LookupAddress[];
}

interface Asked {
  answer: LookupAnswer | null;
  waiting: ((answer: LookupAnswer) => void)[];
}
