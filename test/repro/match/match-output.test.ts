import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPatterns } from '../../../src/repro/match/check-patterns.ts';
import { compilePattern, compileRegex } from '../../../src/repro/match/compile-pattern.ts';
import { matchStream } from '../../../src/repro/match/match-output.ts';
import { normaliseOutput } from '../../../src/repro/match/normalise-output.ts';
import { observeOutput } from '../../../src/repro/match/observe-output.ts';
import { acceptsEnding, readStatus } from '../../../src/repro/match/status.ts';
import { printBody } from '../../../src/repro/notation/print-reproduction.ts';
import { read } from '../fence-of.ts';

function observationsOf(contract: string): Parameters<typeof matchStream>[0] {
  return read(`$ x\n${contract}`, 'console repro id=x').steps[0]?.observations ?? [];
}

function differs(contract: string, output: string): ReturnType<typeof matchStream> {
  return matchStream(observationsOf(contract), 'stdout', output, { BUILD: 'b[0-9]+' });
}

describe('whole streams', () => {
  test.each([
    ['→ a', 'a\n'], ['→ a', 'a'], ['→ a\n→ b', 'a\nb\n'], ['→ a', 'a  \n'], ['→? 0', 'anything'], ['→2 x', 'anything'],
    ['→', ''], ['→', '\n'], ['→ a\n→\n→ b', 'a\n\nb'],
    ['→ …', ''], ['→ ...', 'a\nb'], ['→~ …', 'a'], ['→ a\n→ …', 'a'], ['→ a\n→ …\n→ b', 'a\nb'], ['→ a\n→ …\n→ b', 'a\nx\nb\nb'],
    ['→ …\n→ b\n→ …\n→ c', 'a\nb\nx\nb\nc'], ['→ …\n→ a\n→ b\n→ …', 'a\na\nb'], ['→= …', '…'],
    ['→= a\\x1b[0m', 'a\u001b[0m'], ['→= a ← FAILS', 'a ← FAILS'],
    ['→~ took [N] ms', 'took 12.5 ms'], ['→~ [..]', 'anything at all'], ['→~ [BUILD] ok', 'b12 ok'], ['→~ [NOBODY]', '[NOBODY]'],
    ['→/ [0-9]{3}', '404'], ['→/ a.c', 'abc'], ['→ [..]', '[..]'], ['→ a.c', 'a.c'],
  ])('%j accepts %j', (contract, output) => {
    expect(differs(contract, output)).toBeNull();
  });

  test.each([
    ['→ a', 'b', 2, 1, 'a', 'b'],
    ['→ a', '', 2, null, 'a', null],
    ['→ a', 'a\nb', null, 2, null, 'b'],
    ['→ a\n→ b', 'a', 3, null, 'b', null],
    ['→', 'a', 2, 1, '', 'a'],
    ['→ a', ' a', 2, 1, 'a', ' a'],
    ['→ HTTP 404', '404', 2, 1, 'HTTP 404', '404'],
    ['→ a\n→ …\n→ b', 'a\nb\nc', 4, 3, 'b', 'c'],
    ['→ …\n→ b\n→ …', 'a', 3, null, 'b', null],
    ['→ a\n→ …\n→ a', 'a', 4, null, 'a', null],
    ['→= …', 'a', 2, 1, '…', 'a'],
    ['→~ took [N] ms', 'took long ms', 2, 1, 'took [N] ms', 'took long ms'],
    ['→~ a[..]', 'ba', 2, 1, 'a[..]', 'ba'],
    ['→/ [0-9]{3}', '4040', 2, 1, '[0-9]{3}', '4040'],
    ['→/ (', '(', 2, 1, '(', '('],
    ['→ a', '\u001b[2Ja', 2, 1, 'a', '\\x1b[2Ja'],
    ['→ a', 'a\u202E', 2, 1, 'a', 'a\\u202e'],
  ])('%j refuses %j and says where', (contract, output, line, outputLine, expected, got) => {
    expect(differs(contract, output)).toMatchObject({ stream: 'stdout', line, outputLine, expected, got });
  });

  test('any output is accepted by what is observed of it, printed and read again', () => {
    const text = fc.array(fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom('…', '...', ' ← FAILS', 'x ← OK y', '```', '-->', '$ x', '→ a', '\u001b[31mred\u001b[0m', '\\x1b', '\u202Eabc', '[..]', '', '  x'))).map((lines) => normaliseOutput(lines.join('\n')));
    fc.assert(fc.property(text, (output) => {
      const step = { role: 'check' as const, guessed: false, heading: null, at: null, patch: null, line: 1, endLine: 1, comments: [], commands: [{ text: 'x', line: 1, endLine: 1 }], observations: observeOutput(output, 'stdout') };
      const body = printBody([step]);
      // oxlint-disable-next-line no-control-regex
      expect(body).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e]/);
      expect(matchStream(read(body, 'repro id=x').steps[0]?.observations ?? [], 'stdout', output, {})).toBeNull();
    }), { numRuns: 500 });
  });
});

describe('kinds of values', () => {
  test.each([
    ['TIME', ['2026-06-13T05:38:02.987423426Z', '2026-06-13 05:38', '05:38:02', '5:38 PM', '20260613T054428Z', 'Sat Jun 13 05:38:02 UTC 2026', 'Sat, 13 Jun 2026 05:38:02 GMT', '1781329082'], ['yesterday', '12', '404', '']],
    ['DATE', ['2026-06-13', '2026/06/13', '20260613', '13 Jun 2026', 'June 13, 2026'], ['404', '13', 'x']],
    ['DUR', ['12ms', '1.5s', '1m2.3s', '2 minutes', '0:01.23', '00:00:01'], ['12', 'x', '404']],
    ['SHA', ['1a2b3c4', '701c9887ce10cbc5f10b7f16d602117319f0cf76'], ['1a2b3', 'xyzxyzx']],
    ['UUID', ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567']],
    ['PID', ['1', '123456'], ['x', '-1']],
    ['PORT', ['80', '65535'], ['123456', 'x']],
    ['TMP', ['[TMP]', '[TMP]/a', '/tmp/tmp.Xy12', '/var/tmp/a'], ['/srv/x', '/tmpx']],
    ['ROOT', ['[ROOT]'], ['/', '/srv']],
    ['HOME', ['[HOME]', '/root', '/home/me'], ['/srv']],
    ['HOST', ['localhost', 'ci.example.org', '10.0.0.1', '[::1]'], ['a b', '-a', '']],
    ['N', ['0', '-1', '1,234', '3.14'], ['x', '1x', '']],
    ['..', ['', 'anything'], []],
  ])('[%s]', (name, good, bad) => {
    const compiled = compilePattern(`<[${name}]>`);
    if (!compiled.ok) throw new Error(compiled.message);
    for (const value of good) expect([value, compiled.accepts(`<${value}>`)]).toEqual([value, true]);
    for (const value of bad) expect([value, compiled.accepts(`<${value}>`)]).toEqual([value, false]);
  });

  test('what is no pattern is said, with its line', () => {
    expect(compileRegex('a{1000}{1000}').ok).toBe(false);
    expect(compileRegex('(?=x)').ok).toBe(false);
    expect(compileRegex('a'.repeat(3000)).ok).toBe(false);
    expect(compilePattern('a'.repeat(3000)).ok).toBe(false);
    expect(compilePattern('[BAD]', { BAD: '(' }).ok).toBe(false);
    expect(compilePattern('[N]', { N: '.*' })).toSatisfy((compiled: { accepts: (text: string) => boolean }) => !compiled.accepts('words'));
    expect(checkPatterns(read('$ x\n→/ (\n→~ [N]', 'repro id=x'), {})).toEqual([expect.objectContaining({ rule: 'bad-pattern', line: 2 })]);
  });

  test('an expression that hangs other engines ends', () => {
    const compiled = compileRegex('(a+)+b');
    expect(compiled.ok && compiled.accepts('a'.repeat(20_000))).toBe(false);
  });
});

describe('endings', () => {
  const exited = (code: number) => ({ code, signal: null, timedOut: false });
  test.each([
    ['0', exited(0), true], ['0', exited(1), false], ['!0', exited(1), true], ['!0', exited(0), false], ['3|4', exited(4), true], ['3 | 4', exited(5), false],
    ['SIGTERM', { code: null, signal: 'SIGTERM', timedOut: false }, true], ['SIGTERM', exited(143), false], ['!0', { code: null, signal: 'SIGSEGV', timedOut: false }, false],
    ['timeout', { code: null, signal: 'SIGTERM', timedOut: true }, true], ['SIGTERM', { code: null, signal: 'SIGTERM', timedOut: true }, false], ['timeout', exited(124), false],
    ['!0', { code: 1, signal: null, timedOut: true }, false],
  ])('%s and %j: %s', (text, ending, accepted) => {
    const status = readStatus(text);
    expect(status !== null && acceptsEnding(status, ending)).toBe(accepted);
  });
  test.each(['', 'ok', '-1', '256', '1|', '!', 'sigterm', 'SIG', '1|2|x', '0x1', '!256', 'TIMEOUT'])('%j is no status', (text) => {
    expect(readStatus(text)).toBeNull();
  });
});

describe('normal output', () => {
  test.each([
    ['a\r\nb  \n', 'a\nb\n'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]8;;http://x\u0007link\u001b]8;;\u0007', 'link'],
    ['/srv/repo/a.ts:1 /srv/repo /srv/repos /srv/repo.', '[ROOT]/a.ts:1 [ROOT] /srv/repos [ROOT].'],
    ['/srv/repo/tmp/x /home/me/.cache', '[TMP]/x [HOME]/.cache'],
  ])('%j', (output, expected) => {
    expect(normaliseOutput(output, { root: '/srv/repo/', tmp: '/srv/repo/tmp', home: '/home/me' })).toBe(expected);
  });

  test('bytes that are no text', () => {
    expect(normaliseOutput(new Uint8Array([0x61, 0xff, 0x00, 0x62]))).toBe('a\uFFFD\u0000b');
  });

  test('twice is once', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = normaliseOutput(text);
      expect(normaliseOutput(once)).toBe(once);
    }));
  });
});
