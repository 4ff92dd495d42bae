import { describe, expect, it } from 'vitest';
import { readSpec, runStaticControl, type StaticControl } from '../../../src/reconcile/index.ts';

function control(gate: unknown[] | null, more: Record<string, unknown> = {}): StaticControl {
  const reading = readSpec(JSON.stringify({ version: 1, apps: { app: { wanted: '5.1.1+v3.6.15', ...(gate && { gate }), ...more } } }, null, 1), 'infra.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
  return runStaticControl(reading.spec.apps[0]!);
}

const http = (expected?: Record<string, unknown>, name = 'x'): Record<string, unknown> => ({ name, url: 'https://a.example/', ...(expected && { expect: expected }) });

describe('the conditions of a gate, over results that it must not pass', () => {
  it.each<[string, unknown[] | null, StaticControl['verdict']]>([
    ['no gate at all', null, 'toothless'],
    ['an empty gate', [], 'toothless'],
    ['no conditions', [http()], 'toothless'],
    ['empty conditions', [http({})], 'toothless'],
    ['a redirect is as good', [http({ status: [200, 301] })], 'toothless'],
    ['any refusal is as good', [http({ status: [200, 404] })], 'toothless'],
    ['unauthorized is as good', [http({ status: [200, 401] })], 'toothless'],
    ['a text that error pages have too', [http({ text: '<h1>' })], 'toothless'],
    ['a pattern for everything', [http({ text: '.*' })], 'toothless'],
    ['any JSON, whatever the status', [http({ json: {} })], 'toothless'],
    ['a header that everybody sends', [http({ header: { 'content-type': '.' } })], 'toothless'],
    ['only the certificate', [http({ not_expired: true })], 'toothless'],
    ['status alone', [http({ status: [200] })], 'identity-blind'],
    ['status alone, another one', [http({ status: [204, 200] })], 'identity-blind'],
    ['status and any JSON', [http({ status: [200], json: {} })], 'identity-blind'],
    ['status and any page', [http({ status: [200], text: '<html>' })], 'identity-blind'],
    ['status and a certificate', [http({ status: [200], not_expired: true })], 'identity-blind'],
    ['status and identity', [http({ status: [200], json: { service: 'the-app' } })], 'sound'],
    ['status and version', [http({ status: [200], json: { Version: '${version.app}' } })], 'sound'],
    ['identity alone', [http({ json: { Version: '${version.app}' } })], 'sound'],
    ['identity by a header', [http({ status: [200], header: { 'x-app': '^the-app$' } })], 'sound'],
    ['a redirect to a place of its own', [http({ status: [301], header: { location: '^https://a\\.example/start$' } })], 'sound'],
    ['one sound probe beside a blind one', [http({ status: [200] }), http({ json: { service: 'the-app' } }, 'y')], 'sound'],
    ['two that are toothless each in its way', [http({ status: [200, 404] }), http({ status: [200, 404, 500] }, 'y')], 'toothless'],
    ['two that are toothless alone, and not together', [http({ status: [200, 404] }), http({ status: [200, 500] }, 'y')], 'identity-blind'],
    ['an open port', [{ name: 'x', tcp: 'a:1' }], 'identity-blind'],
    ['an open port beside status alone', [{ name: 'p', tcp: 'a:1' }, http({ status: [200] })], 'identity-blind'],
    ['a command', [{ name: 'x', command: ['./ctl', 'ok'] }], 'sound'],
    ['a command that ends otherwise', [{ name: 'x', command: ['./ctl', 'ok'], expect: { exit: 3 } }], 'sound'],
    ['a command beside a toothless probe', [{ name: 'c', command: ['./ctl', 'ok'] }, http({})], 'toothless'],
    ['a status that never comes alone', [http({ status: [418] })], 'sound'],
  ])('%s: %3$s', (_, gate, verdict) => {
    expect(control(gate).verdict).toBe(verdict);
  });

  it('names what was passed, where, and what to write', () => {
    const { passed, why, next, place } = control([http({ status: [200, 502] })]);
    expect(passed).toEqual(['502', '502 with a page', '502 with JSON']);
    expect(why).toBe('the gate of app passes on 502, 502 with a page, 502 with JSON');
    expect(next).toMatch(/expect/);
    expect(place).toMatchObject({ path: 'infra.yaml', line: expect.any(Number) });
  });

  it("judges the seed's field names by the same measure", () => {
    expect(control(null, { domain: 'a.example', health_ok: [200] }).verdict).toBe('identity-blind');
    expect(control(null, { domain: 'a.example', health_ok: [200, 404] }).verdict).toBe('toothless');
  });

  it('no gate passes when nobody answers', () => {
    expect(control([http({})]).passed.filter((name) => name.startsWith('no answer'))).toEqual([]);
  });
});
