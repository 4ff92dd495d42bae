import type { TcpProbe } from '../spec/types.ts';
import { attempt, type ProbeContext } from './attempt.ts';
import { openSocket, shareLookups } from './open-socket.ts';
import type { ProbeResult } from './types.ts';

/** Whether somebody takes a connection there. Nothing is sent. */
export function askTcp(probe: TcpProbe, context: ProbeContext): Promise<ProbeResult> {
  return attempt(context, 'dns', (attempt) => {
    openSocket(attempt, probe.address, context.lookup ?? shareLookups(), () => attempt.settle({ kind: 'connected', ms: attempt.elapsed() }));
  });
}
