import { describe, expect, it } from 'vitest';
import { runLoopbackControls, type LoopbackControl, type Probe } from '../../../src/reconcile/index.ts';
import { context, probe } from '../probes/specimens.ts';

const run = async (...gate: Probe[]): Promise<Record<string, LoopbackControl['verdict']>> => {
  const controls = await runLoopbackControls({ wanted: '1.2.3', gate }, context({ timeoutMs: 2000 }));
  return Object.fromEntries(controls.map(({ name, verdict }) => [name, verdict]));
};

const lax = { tls: { verify: false } };
const proven = { 'closed-port': 'proven', 'silent-socket': 'proven', 'plain-http': 'proven', 'another-name': 'proven' };

describe.concurrent('a gate put where the app is not', () => {
  it.each<[string, Record<string, unknown>[], Record<string, string>]>([
    ['https', [{ url: 'https://a.example/', expect: { status: [200] } }], proven],
    ['https whose certificate is not verified', [{ url: 'https://a.example/', ...lax, expect: { status: [200] } }], proven],
    ['https without any condition', [{ url: 'https://a.example/', ...lax }], { ...proven, 'another-name': 'toothless' }],
    ['https without any condition, but with a name to verify', [{ url: 'https://a.example/' }], proven],
    ['http', [{ url: 'http://a.example/', expect: { status: [200] } }], { ...proven, 'plain-http': 'void' }],
    ['http without any condition', [{ url: 'http://a.example/' }], { ...proven, 'plain-http': 'void', 'another-name': 'toothless' }],
    ['a pinned one', [{ url: 'https://a.example/', pin: '192.0.2.1:443', expect: { status: [200] } }], proven],
    ['a port', [{ tcp: '192.0.2.1:5432' }], { 'closed-port': 'proven', 'silent-socket': 'void', 'plain-http': 'void', 'another-name': 'void' }],
    ['a command', [{ command: ['false'] }], { 'closed-port': 'void', 'silent-socket': 'void', 'plain-http': 'void', 'another-name': 'void' }],
    ['a weak probe beside a strong one', [{ url: 'https://a.example/', ...lax }, { url: 'https://a.example/v', ...lax, expect: { json: { v: '${version}' } } }], proven],
  ])('%s', async (_, gate, expected) => {
    expect(await run(...gate.map((fields) => probe(fields)))).toEqual(expected);
  });

  it('says on what it failed', async () => {
    const controls = await runLoopbackControls({ wanted: null, gate: [probe({ url: 'https://a.example/', ...lax, expect: { status: [200] } })] }, context({ timeoutMs: 2000 }));
    expect(Object.fromEntries(controls.map(({ name, why }) => [name, why]))).toEqual({
      'closed-port': 'failed as it must: x: no answer (connect, ECONNREFUSED)',
      'silent-socket': 'failed as it must: x: no answer (tls, deadline)',
      'plain-http': expect.stringMatching(/^failed as it must: x: no answer \(tls, /),
      'another-name': 'failed as it must: x: status 421',
    });
  });

  it('shows what it failed on, of whom, in the certificate too', async () => {
    const controls = await runLoopbackControls({ wanted: null, gate: [probe({ url: 'https://a.example/', expect: { status: [200] } })] }, context({ timeoutMs: 2000 }));
    expect(controls.find(({ name }) => name === 'another-name')?.outcomes).toMatchObject([{ result: { kind: 'no-answer', phase: 'tls', tls: { authorized: false } } }]);
  });
});
