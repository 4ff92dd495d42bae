import type { ProbeReport } from '../../reconcile/run/types.ts';

/**
 * What came of one probe, in a few words: `status 200`; `no answer (connect, ECONNREFUSED)`; `status 503, status is 503, expected 200`. Times are
 * left to `--json`: the same answer reads the same, so that it can be recorded.
 */
export function describeProbe({ result, conditions }: Pick<ProbeReport, 'result' | 'conditions'>): string {
  if (result.kind === 'not-run') return `could not be run: ${result.why}`;
  const parts = result.kind === 'no-answer' ? [`no answer (${result.phase}, ${result.code})`] : describeAnswer(result);
  const failed = conditions.filter(({ ok }) => !ok).map(({ condition, got, expected }) => `${condition} is ${got}, expected ${expected}`);
  return [...parts, ...failed].join(', ');
}

function describeAnswer(result: Exclude<ProbeReport['result'], { kind: 'not-run' | 'no-answer' }>): string[] {
  switch (result.kind) {
    case 'answer':
      return [`status ${result.status}`, ...(result.tls !== null && !result.tls.authorized ? [`certificate not trusted (${result.tls.why ?? 'unknown'})`] : []), ...(result.tls?.expired === true ? [`certificate expired on ${result.tls.notAfter}`] : [])];
    case 'connected':
      return ['connected'];
    case 'exited':
      return [result.signal === null ? `exit ${result.exit}` : `ended by ${result.signal}`];
  }
}
