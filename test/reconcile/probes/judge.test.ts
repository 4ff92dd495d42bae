import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { judgeProbe, judgeRound, type ConditionResult, type HttpAnswer, type NoAnswer, type ProbeResult } from '../../../src/reconcile/index.ts';
import { probe } from './specimens.ts';

const answer = (text: string, more: Partial<HttpAnswer> = {}): HttpAnswer => ({
  kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, tls: null, ms: 3,
  body: { text, bytes: text.length, truncated: false, digest: createHash('sha256').update(text).digest('hex') }, ...more,
});

const judge = (expected: Record<string, unknown>, result: ProbeResult): { verdict: string; conditions: ConditionResult[] } => judgeProbe(probe({ url: 'https://a.example/', expect: expected }), result);

describe('conditions on the body', () => {
  const body = '{"Version":"3.6.15","up":true,"n":2,"list":[{"a":1,"b":2}],"deep":{"a.b":"dotted","x":{"y":null}},"constructor":1}';
  it.each([
    [{ Version: '3.6.15' }, true],
    [{ Version: '3.6.1' }, false],
    [{ Version: '3.6.15', up: true, n: 2 }, true],
    [{ n: '2' }, false],
    [{ up: 'true' }, false],
    [{ missing: null }, false],
    [{ 'deep.x.y': null }, true],
    [{ 'deep.x.z': null }, false],
    [{ deep: { 'a.b': 'dotted' } }, true],
    [{ deep: { x: {} } }, true],
    [{ 'list.0.a': 1 }, true],
    [{ 'list.1.a': 1 }, false],
    [{ list: [{ b: 2 }] }, true],
    [{ list: [] }, false],
    [{ list: { 0: {} } }, false],
    [{ toString: {} }, false],
    [[], false],
    ['text', false],
  ])('%j: %s', (json, ok) => {
    expect(judge({ json }, answer(body)).verdict).toBe(ok ? 'pass' : 'fail');
  });

  it.each([
    ['', 'an empty body'],
    ['<html>', 'a body that is not JSON'],
    ['{"a":', 'a body that is not JSON'],
  ])('says why %j holds nothing', (text, got) => {
    expect(judge({ json: { a: 1 } }, answer(text))).toMatchObject({ verdict: 'fail', conditions: [{ condition: 'json', got }] });
  });

  it('names each key, what was expected of it and what was there', () => {
    expect(judge({ json: { Version: '3.6', up: true, gone: 1 } }, answer('{"Version":3.6,"up":true}')).conditions).toEqual([
      { condition: 'json Version', ok: false, expected: '"3.6"', got: '3.6' },
      { condition: 'json up', ok: true, expected: 'true', got: 'true' },
      { condition: 'json gone', ok: false, expected: '1', got: 'nothing' },
    ]);
  });

  it('does not repeat a long body', () => {
    const [condition] = judge({ text: '^y' }, answer('x'.repeat(10_000))).conditions;
    expect(condition?.got.length).toBeLessThan(200);
  });

  it.each([
    [{ text: '^OK$' }, 'OK\n', true],
    [{ text: '^OK$' }, 'OK\r\n', true],
    [{ text: '^OK$' }, 'NOT OK', false],
    [{ text: 'OK' }, '', false],
  ])('%j on %j: %s', (expected, text, ok) => {
    expect(judge(expected, answer(text)).verdict).toBe(ok ? 'pass' : 'fail');
  });
});

describe('other conditions', () => {
  it.each([
    [{ status: [200, 204] }, 204, true],
    [{ status: [200, 204] }, 201, false],
    [{ status: 301 }, 301, true],
    [{}, 500, true],
  ])('%j on %s: %s', (expected, status, ok) => {
    expect(judge(expected, answer('', { status })).verdict).toBe(ok ? 'pass' : 'fail');
  });

  it.each([
    [{ header: { 'Content-Type': 'json' } }, true],
    [{ header: { 'content-type': '^text/' } }, false],
    [{ header: { server: '.*' } }, false],
  ])('%j: %s', (expected, ok) => {
    expect(judge(expected, answer('')).verdict).toBe(ok ? 'pass' : 'fail');
  });

  it.each([
    [{ authorized: false, why: 'DEPTH_ZERO_SELF_SIGNED_CERT', notAfter: '2030-01-01T00:00:00.000Z', expired: false }, 'pass'],
    [{ authorized: false, why: 'CERT_HAS_EXPIRED', notAfter: '2020-01-01T00:00:00.000Z', expired: true }, 'fail'],
    [{ authorized: false, why: 'no certificate', notAfter: null, expired: false }, 'fail'],
    [null, 'fail'],
  ])('not_expired with %j: %s', (tls, verdict) => {
    expect(judge({ not_expired: true }, answer('', { tls })).verdict).toBe(verdict);
  });
});

it.each(['dns', 'connect', 'tls', 'http', 'body'] as const)('no answer in phase %s satisfies no condition, not even none', (phase) => {
  const result: NoAnswer = { kind: 'no-answer', phase, code: 'X', tls: null, ms: 1 };
  expect(judge({}, result)).toEqual({ verdict: 'fail', conditions: [] });
});

it.each([
  [['pass', 'pass'], 'pass'],
  [['pass', 'unknown'], 'unknown'],
  [['unknown', 'fail', 'pass'], 'fail'],
] as const)('a round of %j is %s', (verdicts, round) => {
  expect(judgeRound(verdicts.map((verdict) => ({ verdict })))).toBe(round);
});
