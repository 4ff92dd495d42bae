import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printBody, printFence, printInfo } from '../../../src/repro/notation/print-reproduction.ts';
import { readReproduction } from '../../../src/repro/read-reproduction.ts';
import type { Mode, Observation, Reproduction, Role, Step } from '../../../src/repro/types.ts';
import { roles } from '../../../src/repro/types.ts';
import { fenceOf, read } from '../fence-of.ts';

const example = `# setup: dashboard absent, as on a cold boot
$ ./stub up --without dashboard
→? 0

# red @1a2b3c4: old probe asks the dashboard
$ ./probe.sh
→ 404
→? 22                                  ← FAILS (gate would loop until its timeout)

# green: new probe asks traefik itself
$ ./probe.sh
→~ {"Version":"[..]","startDate":"[TIME]"}
→? 0                                   ← PASSES

# neg +no-traefik.diff: the gate has teeth
$ ./probe.sh
→2~ curl: (7) Failed to connect [..]
→? 7                                   ← FAILS, as it must

# teardown
$ ./stub down
`;

function strict(body: string, info = 'console repro id=x'): Reproduction {
  return read(body, info);
}

describe('the exact notation', () => {
  test('the seed’s story', () => {
    const { notation, lang, meta, steps, problems } = strict(example, 'console repro id=pxgate-m1 claim=M1 inputs=runner/**,nix/**');
    expect({ notation, lang, problems }).toEqual({ notation: 'strict', lang: 'console', problems: [] });
    expect(meta).toEqual({ id: 'pxgate-m1', claim: 'M1', needs: [], replay: null, timeoutMs: null, inputs: ['runner/**', 'nix/**'], env: [] });
    expect(steps.map(({ role, guessed, at, patch, heading }) => ({ role, guessed, at, patch, heading }))).toEqual([
      { role: 'setup', guessed: false, at: null, patch: null, heading: 'dashboard absent, as on a cold boot' },
      { role: 'red', guessed: false, at: '1a2b3c4', patch: null, heading: 'old probe asks the dashboard' },
      { role: 'green', guessed: false, at: null, patch: null, heading: 'new probe asks traefik itself' },
      { role: 'neg', guessed: false, at: null, patch: 'no-traefik.diff', heading: 'the gate has teeth' },
      { role: 'teardown', guessed: false, at: null, patch: null, heading: null },
    ]);
    expect(steps[1]?.observations).toEqual([
      { text: '404', stream: 'stdout', mode: 'plain', note: null, line: 7 },
      { text: '22', stream: 'stdout', mode: 'status', note: { verdict: 'fails', text: '(gate would loop until its timeout)' }, line: 8 },
    ]);
    expect(steps[3]?.observations[0]).toMatchObject({ text: 'curl: (7) Failed to connect [..]', stream: 'stderr', mode: 'pattern' });
    expect(steps[3]?.observations[1]?.note).toEqual({ verdict: 'fails', text: 'as it must' });
    expect(steps.map((step) => [step.line, step.endLine])).toEqual([[2, 3], [6, 8], [11, 13], [16, 18], [21, 21]]);
  });

  test.each([
    ['→ 404', '404', 'plain', 'stdout'],
    ['-> 404', '404', 'plain', 'stdout'],
    ['→2 404', '404', 'plain', 'stderr'],
    ['->2= a ← FAILS', 'a ← FAILS', 'exact', 'stderr'],
    ['→= …', '…', 'exact', 'stdout'],
    ['→~ a [..] b', 'a [..] b', 'pattern', 'stdout'],
    ['->/ ^a+$', '^a+$', 'regex', 'stdout'],
    ['→? 3|4', '3|4', 'status', 'stdout'],
    ['->? !0', '!0', 'status', 'stdout'],
    ['→? SIGTERM', 'SIGTERM', 'status', 'stdout'],
    ['→? timeout', 'timeout', 'status', 'stdout'],
    ['→', '', 'plain', 'stdout'],
    ['→   indented', '  indented', 'plain', 'stdout'],
    ['→ = x', '= x', 'plain', 'stdout'],
    ['→ 2 x', '2 x', 'plain', 'stdout'],
    ['→ → x', '→ x', 'plain', 'stdout'],
    ['→ a ← b', 'a ← b', 'plain', 'stdout'],
    ['→ $ x', '$ x', 'plain', 'stdout'],
    ['→ ```', '```', 'plain', 'stdout'],
  ] satisfies [string, string, Mode, string][])('%s', (line, text, mode, stream) => {
    const { steps, problems } = strict(`$ x\n${line}`);
    expect(problems).toEqual([]);
    expect(steps[0]?.observations).toEqual([{ text, mode, stream, note: null, line: 2 }]);
  });

  test.each(['FAILS', 'FAIL', 'FAILED', 'RED', '✗', '❌'])('note %s says fails', (word) => {
    expect(strict(`$ x\n→ a ← ${word} because`).steps[0]?.observations[0]).toMatchObject({ text: 'a', note: { verdict: 'fails', text: 'because' } });
  });
  test.each(['PASSES', 'PASS', 'PASSED', 'GREEN', 'OK', '✓', '✔', '✅'])('note %s says passes', (word) => {
    expect(strict(`$ x\n→ a ← ${word}`).steps[0]?.observations[0]).toMatchObject({ text: 'a', note: { verdict: 'passes', text: '' } });
  });
  test.each(['→ a ← OKAY', '→ a ← PASSENGER', '→ a ← fails', '→ a←FAILS', '→ a ✓'])('%s holds no note', (line) => {
    expect(strict(`$ x\n${line}`).steps[0]?.observations[0]).toMatchObject({ text: line.slice(2), note: null });
  });

  test('continuation lines belong to the command', () => {
    expect(strict('$ cat <<E\n> a\n>\n>   b\n> E\n→ a').steps[0]?.commands).toEqual([{ text: 'cat <<E\na\n\n  b\nE', line: 1, endLine: 5 }]);
  });

  test('a blank line ends a step and the head stays in force', () => {
    const { steps } = strict('# green @abc +x.diff: t\n$ a\n→ 1\n\n$ b\n→ 2\n$ c');
    expect(steps.map(({ role, at, patch, heading, commands }) => [role, at, patch, heading, commands[0]?.text])).toEqual([
      ['green', 'abc', 'x.diff', 't', 'a'], ['green', 'abc', 'x.diff', 't', 'b'], ['green', 'abc', 'x.diff', 't', 'c'],
    ]);
  });

  test.each([
    ['# red', 'red', null, null, null],
    ['# red:', 'red', null, null, null],
    ['# red: a: b', 'red', null, null, 'a: b'],
    ['# neg +a/b.diff @HEAD~1: t', 'neg', 'HEAD~1', 'a/b.diff', 't'],
    ['# red @origin/main', 'red', 'origin/main', null, null],
  ])('%s is a head', (head, role, at, patch, heading) => {
    expect(strict(`${head}\n$ x`).steps[0]).toMatchObject({ role, at, patch, heading });
  });
  test.each(['# red herring: x', '# redo', '# note', '#', '# green light'])('%s is a comment', (comment) => {
    const { steps, problems } = strict(`${comment}\n$ x`);
    expect(problems).toEqual([]);
    expect(steps[0]).toMatchObject({ role: 'check', comments: [comment.slice(2)] });
  });
});

describe('what is malformed is named with its line', () => {
  test.each([
    ['$ x\nplain output', 'unread-line', 2],
    ['  $ x', 'unread-line', 1],
    ['$x', 'unread-line', 1],
    ['$ x\n→x', 'bad-arrow', 2],
    ['$ x\n→22 a', 'bad-arrow', 2],
    ['$ x\n→~? a', 'bad-arrow', 2],
    ['$ x\n-->', 'unread-line', 2],
    ['$ x\n→? ok', 'bad-status', 2],
    ['$ x\n→? 256', 'bad-status', 2],
    ['$ x\n→?', 'bad-status', 2],
    ['$ x\n→2? 1', 'bad-arrow', 2],
    ['$ x\n→? 1\n→? 2', 'second-status', 3],
    ['> x', 'stray-continuation', 1],
    ['$ x\n→ 1\n> y', 'stray-continuation', 3],
    ['$', 'empty-command', 1],
    ['$ x → 1', 'inline-arrow', 1],
    ['# Red: x\n$ x', 'bad-role-head', 1],
    ['# red @a @b: x\n$ x', 'bad-role-head', 1],
    ['', 'no-steps', 1],
    ['# only words', 'no-steps', 1],
  ] satisfies [string, string, number][])('%#: %.20j', (body, rule, line) => {
    expect(strict(body).problems).toContainEqual(expect.objectContaining({ rule, line }));
  });

  test.each([
    ['console repro', 'no-id'],
    ['console repro id=', 'bad-name'],
    ['console repro id=a id=b', 'duplicate-info'],
    ['console repro id=a colour=red', 'unknown-info'],
    ['console repro id=a loud', 'unknown-info'],
    ['console repro id=a replay=perhaps', 'bad-replay'],
    ['console repro id=a timeout=60', 'bad-timeout'],
    ['console repro id=a timeout=0s', 'bad-timeout'],
    ['console repro id=a env=TOKEN=x', 'bad-env'],
    ['console repro id=../../etc/x', 'bad-name'],
  ])('%s', (info, rule) => {
    expect(strict('$ x\n→ 1', info).problems).toEqual([expect.objectContaining({ rule, line: 0 })]);
  });
});

test('info strings', () => {
  expect(strict('$ x', 'sh repro id=a needs=b,c replay=never timeout=1500ms inputs=src/{a,b}/**,"my docs/**" env=A,B_C').meta).toEqual({
    id: 'a', claim: null, needs: ['b', 'c'], replay: 'never', timeoutMs: 1500, inputs: ['src/{a,b}/**', 'my docs/**'], env: ['A', 'B_C'],
  });
  expect(strict('$ x', 'repro id=a')).toMatchObject({ lang: null, notation: 'strict', problems: [] });
  expect(readReproduction(fenceOf('$ x', 'diff repro-mutation id=a'))).toBeNull();
});

/** What a value is, whatever line it stands on. */
function withoutLines(steps: readonly Step[]): unknown {
  return steps.map((step) => ({
    ...step, line: 0, endLine: 0,
    commands: step.commands.map((command) => command.text),
    observations: step.observations.map((observation) => ({ ...observation, line: 0 })),
  }));
}

const word = fc.stringMatching(/^[a-z0-9./~^-]{1,8}$/);
const lineOfText = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constantFrom('…', '...', '```', '-->', '$ x', '# red: x', '→ x', 'a ← FAILS b', ' ← OK', '\\x1b[0m'))
  .map((text) => text.replace(/[\r\n\u2028\u2029]/g, ''));

const observation: fc.Arbitrary<Observation> = fc.record({
  text: lineOfText, stream: fc.constantFrom('stdout' as const, 'stderr' as const), mode: fc.constantFrom<Mode[]>('plain', 'exact', 'pattern', 'status'),
  note: fc.option(fc.record({ verdict: fc.constantFrom('fails' as const, 'passes' as const), text: word })), line: fc.constant(0),
}).map(asWritten);

/** What cannot stand in the notation is made to: an exact line has no note, a status has one form. */
function asWritten({ text, stream, mode, note, line }: Observation): Observation {
  if (mode === 'status') return { text: '0', stream: 'stdout', mode, note, line };
  if (mode === 'exact' || /(?:^|\s)←/.test(text)) return { text, stream, mode: 'exact', note: null, line };
  return { text: text.trimEnd(), stream, mode, note, line };
}

const step: fc.Arbitrary<Step> = fc.record({
  role: fc.constantFrom<Role[]>(...roles), guessed: fc.constant(false), heading: fc.option(lineOfText.map((text) => text.trim()).filter((text) => text !== '')),
  at: fc.option(word), patch: fc.option(word), line: fc.constant(0), endLine: fc.constant(0),
  comments: fc.array(lineOfText.map((text) => text.trim()), { maxLength: 2 }),
  commands: fc.array(fc.array(lineOfText, { minLength: 1, maxLength: 3 }).map((lines) => ({ text: lines.join('\n'), line: 0, endLine: 0 })), { maxLength: 2 }),
  observations: fc.array(observation, { maxLength: 3 }),
}).filter(({ role, commands, observations }) => role === 'neg' || commands.length + observations.length > 0);

describe('printing', () => {
  test('what is printed reads as the same value', () => {
    fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 4 }), (steps) => {
      expect(withoutLines(strict(printBody(steps)).steps)).toEqual(withoutLines(steps));
    }), { numRuns: 500 });
  });

  test('reading, printing and reading again changes nothing', () => {
    const line = fc.oneof(lineOfText, lineOfText.map((text) => `$ ${text}`), lineOfText.map((text) => `→ ${text}`), lineOfText.map((text) => `> ${text}`),
      lineOfText.map((text) => `# ${text}`), fc.constantFrom('', '→? 0', '→2~ a', '# red @a: b', '#red', '# teardown', '→/ a+ ← OK x', '→= x  '));
    fc.assert(fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const first = strict(lines.join('\n'));
      expect(withoutLines(strict(printBody(first.steps)).steps)).toEqual(withoutLines(first.steps));
    }), { numRuns: 1000 });
  });

  test('the example comes back as it is, but for blanks and commas around notes', () => {
    expect(`${printBody(strict(example).steps)}\n`).toBe(example.replace(/ +←/g, ' ←').replace('FAILS, as', 'FAILS as'));
  });

  test('info and fence', () => {
    const info = 'console repro id=a claim=M1 needs=b,c replay=ask timeout=90s inputs=src/**,"my docs/**" env=A';
    const reproduction = strict('$ cat x\n→ ````', info);
    expect(printInfo(reproduction.lang, reproduction.meta)).toBe('console repro id=a claim=M1 needs=b,c replay=ask timeout=90s inputs="src/**,my docs/**" env=A');
    expect(printFence(reproduction)).toMatch(/^`{5}console repro .*\n\$ cat x\n→ ````\n`{5}\n$/);
    expect(strict('$ x', printInfo(reproduction.lang, reproduction.meta)).meta).toEqual(reproduction.meta);
  });
});
