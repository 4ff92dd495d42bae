import { describe, expect, test } from 'vitest';
import { failureOfMutation, failureToRun, successWithoutTests } from '../../../src/repro/judge/harness-failure.ts';
import { judgeReproduction } from '../../../src/repro/judge/judge-reproduction.ts';
import { keepsWrittenContract, outcomeOf } from '../../../src/repro/judge/step-outcome.ts';
import type { Judgement, NegControl, ReproductionRun } from '../../../src/repro/judge/types.ts';
import { bad, judge, ok, patched, ran, stepsOf, type Observed } from './judged.ts';

type Parts = Parameters<typeof judge>[0];
const said = (parts: Parts, at: number): string => `${judge(parts).steps[at]?.verdict}: ${judge(parts).steps[at]?.why}`;
const fine = 'it ended and printed as written';
const cannot = 'the command could not be run';

describe('why red is what it is', () => {
  test.each<[Parts, string]>([
    [{}, `accepted: ${fine}`],
    [{ runs: { red: null } }, 'inconclusive: the step was not run'],
    [{ runs: { red: { timedOut: true } } }, 'inconclusive: the time limit ended it'],
    [{ red: '→? timeout', runs: { red: { timedOut: true } } }, 'inconclusive: the time limit ended it'],
    [{ runs: { red: { code: 127 } } }, `inconclusive: exit status 127: ${cannot}`],
    [{ runs: { red: { code: 126 } } }, `inconclusive: exit status 126: ${cannot}`],
    [{ runs: { red: { signal: 'SIGKILL' } } }, 'inconclusive: SIGKILL ended it'],
    [{ runs: { red: { out: '5\n', code: 22, truncated: true } } }, 'inconclusive: Unexpected "5", expected "404"'],
    [{ runs: { red: { unusable: { outcome: 'infra', why: 'no disk' } } } }, 'inconclusive: no disk'],
    [{ runs: { red: { out: 'no tests ran\n', code: 22 } } }, 'inconclusive: no test was run'],
    [{ runs: { red: { out: '404\n', code: 0 } } }, 'vacuous-red: it passes: Unexpected exit status 0, expected 22'],
    [{ runs: { red: { out: '404\n', code: 3 } } }, 'wrong-red: Unexpected exit status 3, expected 22'],
    [{ red: '→ 404', runs: { red: { out: '500\n', code: 0 } } }, 'wrong-red: Unexpected "500", expected "404"'],
    [{ red: '→ 404\n→? 0|22', runs: { red: { out: '500\n', code: 0 } } }, 'wrong-red: Unexpected "500", expected "404"'],
    [{ runs: { red: ok } }, 'vacuous-red: what red (line 2) printed satisfies what green (line 7) expects'],
    [{ red: '→~ [..]', runs: { red: { out: '404\n' } } }, 'vacuous: what green (line 7) printed satisfies what red (line 2) expects'],
    [{ green: '→~ [N]\n→? 0|22', red: '→ 404' }, 'vacuous: what red (line 2) printed satisfies what green (line 7) expects'],
    [{ green: '→~ [N]\n→? 0|22', red: '→ 500' }, 'vacuous-red: what red (line 2) printed satisfies what green (line 7) expects'],
  ])('%j', (parts, why) => {
    const line = judge(parts).steps[0]?.line;
    expect(said(parts, 0).replace(`red (line ${line})`, 'red (line 2)').replace(/green \(line \d+\)/u, 'green (line 7)')).toBe(why);
  });
});

describe('why green is what it is', () => {
  test.each<[Parts, string]>([
    [{}, `accepted: ${fine}`],
    [{ runs: { green: { signal: 'SIGSEGV' } } }, 'not-green: SIGSEGV ended it'],
    [{ runs: { green: { signal: 'SIGABRT' } } }, 'not-green: SIGABRT ended it'],
    [{ runs: { green: { signal: 'SIGSEGVX' } } }, 'inconclusive: SIGSEGVX ended it'],
    [{ runs: { green: { signal: 'XSIGSEGV' } } }, 'inconclusive: XSIGSEGV ended it'],
    [{ runs: { green: { signal: 'SIGTERM' } } }, 'inconclusive: SIGTERM ended it'],
    [{ runs: { green: { unusable: { outcome: 'killed', why: 'too much memory' } } } }, 'inconclusive: too much memory'],
    [{ runs: { green: { signal: 'SIGSEGV', unusable: { outcome: 'infra', why: 'no disk' } } } }, 'inconclusive: no disk'],
    [{ runs: { green: { out: '201\n' } } }, 'not-green: Unexpected "201", expected "200"'],
    [{ runs: { green: { out: '200\n', code: 1 } } }, 'not-green: Unexpected exit status 1, expected 0'],
    [{ green: '→ 200', runs: { green: { out: '200\n', code: 1 } } }, 'not-green: Unexpected exit status 1, expected 0'],
    [{ green: '→~ [..]', runs: { green: { out: 'NO TESTS RAN\n' } } }, 'inconclusive: no test was run'],
    [{ green: '→~ [N]\n→? 0|22', red: '→ 404' }, 'vacuous: what red (line 2) printed satisfies what green (line 6) expects'],
    [{ green: '→~ [N]\n→? 0|22', red: '→ 500' }, `accepted: ${fine}`],
    [{ green: '→~ [..]', red: '→~ [..]', runs: { red: { out: 'a\n' }, green: { out: 'b\n' } } }, `accepted: ${fine}`],
    [{ runs: { red: null } }, `accepted: ${fine}`],
  ])('%j', (parts, why) => {
    expect(said(parts, 1)).toBe(why);
  });
});

describe('why a negative control is what it is', () => {
  const sees = 'the check saw the mutation';
  const before = (run: Observed | null): Partial<NegControl> => ({ before: run === null ? null : ran(run) });
  test.each<[string, Parts, string]>([
    ['as it should be', {}, `accepted: ${sees}`],
    ['nothing recorded', { control: null }, 'inconclusive: nothing is recorded of the run before the mutation'],
    ['no run before', { control: patched(before(null)) }, 'inconclusive: green before the mutation: the step was not run'],
    ['unusable before', { control: patched(before({ unusable: { outcome: 'infra', why: 'no disk' } })) }, 'inconclusive: green before the mutation: no disk'],
    ['timed out before', { control: patched(before({ timedOut: true })) }, 'inconclusive: green before the mutation: the time limit ended it'],
    ['timed out before, as green is written', { green: '→ 200\n→? timeout', runs: { green: { out: '200\n', timedOut: true } }, control: patched(before({ out: '200\n', timedOut: true })) }, `inconclusive: green before the mutation: ${fine}`],
    ['red before', { control: patched(before(bad)) }, 'pre-red: red already before the mutation: Unexpected "404", expected "200"'],
    ['not made', { control: patched({ broken: 'the patch does not apply' }) }, 'void: the patch does not apply'],
    ['red before, and not made', { control: patched({ ...before(bad), broken: 'x' }) }, 'pre-red: red already before the mutation: Unexpected "404", expected "200"'],
    ['no byte', { control: patched({ changed: false }) }, 'noop: the mutation changed no byte'],
    ['nobody knows whether a byte', { control: patched({ changed: null }) }, `accepted: ${sees}`],
    ['nobody knows whether a byte, nor what came after', { control: patched({ changed: null, after: null }) }, `accepted: ${sees}`],
    ['not run', { runs: { neg: null } }, 'inconclusive: the step was not run'],
    ['unusable', { runs: { neg: { unusable: { outcome: 'refused', why: 'no consent' } } } }, 'inconclusive: no consent'],
    ['could not be run', { runs: { neg: { code: 127 } } }, `void: exit status 127: ${cannot}`],
    ['a module is gone', { runs: { neg: { err: "Cannot find module 'x'\n", code: 7 } } }, 'void: the check did not run: a module or script is missing'],
    ['crashed', { runs: { neg: { signal: 'SIGBUS' } } }, 'void: the check did not run: it crashed with SIGBUS'],
    ['timed out', { runs: { neg: { timedOut: true } } }, 'inconclusive: the time limit ended it'],
    ['cut', { runs: { neg: { out: 'x\n', code: 7, truncated: true } } }, 'inconclusive: Unexpected "x", expected "curl: [..]"'],
    ['passes as green does', { runs: { neg: ok } }, 'toothless: what neg (line 12) printed satisfies what green (line 7) expects'],
    ['green passes as it does', { neg: '→~ [..]', runs: { neg: { out: 'x\n', code: 0 } } }, 'vacuous: what green (line 7) printed satisfies what neg (line 12) expects'],
    ['ends well', { runs: { neg: { out: 'fine\n' } } }, 'toothless: the check passes with the mutation: Unexpected "fine", expected "curl: [..]"'],
    ['ends well, as it is written', { neg: '→ curl\n→? 0|7', runs: { neg: { out: 'fine\n' } } }, 'void: it failed in another way: Unexpected "fine", expected "curl"'],
    ['ends well, and no status is written', { neg: '→ curl', runs: { neg: { out: 'fine\n' } } }, 'void: it failed in another way: Unexpected "fine", expected "curl"'],
    ['fails otherwise', { runs: { neg: { out: 'boom\n', code: 7 } } }, 'void: it failed in another way: Unexpected "boom", expected "curl: [..]"'],
    ['fails otherwise, at its end', { runs: { neg: { out: 'curl: x\n', code: 8 } } }, 'void: it failed in another way: Unexpected exit status 8, expected 7'],
    ['is held to a status alone', { neg: '→? 7', runs: { neg: { out: 'x\n', code: 7 } } }, 'void: only its exit status is written: a crash would look the same; write a line that it prints'],
    ['is held to a status and any lines', { neg: '→ …\n→? 7', runs: { neg: { err: 'x\n', code: 7 } } }, 'void: only its exit status is written: a crash would look the same; write a line that it prints'],
    ['is held to a status and an empty line of the other stream', { neg: '→\n→? 7', runs: { neg: { err: 'x\n', code: 7 } } }, 'void: only its exit status is written: a crash would look the same; write a line that it prints'],
    ['is held to a status and says blanks', { neg: '→? 7', runs: { neg: { out: ' \n', err: '\n', code: 7 } } }, `accepted: ${sees}`],
    ['is held to nothing and passes with other words', { neg: '→2 x', runs: { neg: { out: 'y\n', err: 'x\n', code: 0 } } }, `accepted: ${sees}`],
    ['no run after', { control: patched({ after: null }) }, 'inconclusive: nothing is recorded of the run after the mutation was taken back'],
    ['red after', { control: patched({ after: ran(bad) }) }, 'inconclusive: green after the mutation was taken back: Unexpected "404", expected "200"'],
  ])('%s', (_, parts, why) => {
    expect(said(parts, 2).replace(/neg \(line \d+\)/u, 'neg (line 12)').replace(/green \(line \d+\)/u, 'green (line 7)')).toBe(why);
  });

  const run = (body: string, steps: Observed[], controls: (NegControl | null)[] = []): Judgement => judgeReproduction(stepsOf(body), [{ steps: steps.map((each) => ran(each)), controls }], {});

  test('without a green it shows nothing', () => {
    expect(run('# neg: bad input\n$ ./p x\n→ no\n→? 1', [{ out: 'no', code: 1 }]).steps[0]).toMatchObject({ verdict: 'inconclusive', why: 'no green step shows that the check passes without the mutation' });
  });

  test('the green of the same command is the one that has to hold, else the first', () => {
    const body = '# green\n$ ./a\n→ A\n\n# green: more\n$ ./b\n→ B\n\n# neg +x.diff\n$ ./b\n→ no\n→? 1';
    const control = patched({ before: ran({ out: 'B' }), after: ran({ out: 'B' }) });
    expect(run(body, [{ out: 'A' }, { out: 'B' }, { out: 'no', code: 1 }], [null, null, control]).steps[2]?.verdict).toBe('accepted');
    expect(run(body.replace('$ ./b\n→ no', '$ ./c\n→ no'), [{ out: 'A' }, { out: 'B' }, { out: 'no', code: 1 }], [null, null, control]).steps[2]?.verdict).toBe('pre-red');
  });

  test('what is recorded around one step of its section counts for all of it', () => {
    const body = '# green\n$ ./a\n→ A\n\n# neg +x.diff\n$ ./make\n→? 0\n\n$ ./a\n→ no\n→? 1';
    const control = patched({ before: ran({ out: 'A' }), after: ran({ out: 'A' }) });
    expect(run(body, [{ out: 'A' }, {}, { out: 'no', code: 1 }], [null, control, null]).steps[2]).toMatchObject({ verdict: 'accepted', why: sees });
    expect(run(body, [{ out: 'A' }, {}, { out: 'no', code: 1 }], [null, null, null]).steps[2]).toMatchObject({ verdict: 'inconclusive', why: 'nothing is recorded of the run before the mutation' });
  });

  test('bad input is held against green as it ran', () => {
    const body = '# green\n$ ./a\n→ A\n\n# neg: bad input\n$ ./a x\n→ no\n→? 1';
    expect(run(body, [{ out: 'A' }, { out: 'no', code: 1 }]).steps[1]).toMatchObject({ verdict: 'accepted', why: sees });
    expect(run(body, [{ out: 'B' }, { out: 'no', code: 1 }]).steps[1]).toMatchObject({ verdict: 'pre-red' });
    expect(judgeReproduction(stepsOf(body), [{ steps: [null, ran({ out: 'no', code: 1 })], controls: [] }], {}).steps[1]).toMatchObject({ verdict: 'inconclusive', why: 'green before the mutation: the step was not run' });
  });
});

describe('the other roles', () => {
  const verdictOf = (role: string, observed: Observed | null): string => {
    const { steps } = judgeReproduction(stepsOf(`# ${role}\n$ x\n→ a`), [{ steps: [observed === null ? null : ran(observed)], controls: [] }], {});
    return `${steps[0]?.verdict}: ${steps[0]?.why}`;
  };
  test.each<[string, Observed | null, string]>([
    ['setup', { out: 'a' }, `accepted: ${fine}`], ['setup', { out: 'b' }, 'inconclusive: Unexpected "b", expected "a"'], ['setup', { out: 'a', code: 1 }, 'inconclusive: Unexpected exit status 1, expected 0'], ['setup', null, 'inconclusive: the step was not run'],
    ['teardown', { out: 'b' }, 'inconclusive: Unexpected "b", expected "a"'], ['check', { out: 'b' }, 'not-green: Unexpected "b", expected "a"'], ['check', { timedOut: true }, 'inconclusive: the time limit ended it'], ['check', { out: 'a' }, `accepted: ${fine}`],
  ])('%s %j', (role, observed, expected) => {
    expect(verdictOf(role, observed)).toBe(expected);
  });
});

describe('what is said of the whole', () => {
  const three = '# red @b\n$ ./p\n→ 404\n\n# green\n$ ./p\n→ 200\n\n# neg: bad input\n$ ./p x\n→ no\n→? 1';
  const good: Observed[] = [{ out: '404' }, { out: '200' }, { out: 'no', code: 1 }];
  const runs = (...observed: (Observed | null)[][]): ReproductionRun[] => observed.map((each) => ({ steps: each.map((one) => (one === null ? null : ran(one))), controls: [] }));

  test('what speaks against it, step by step, then what is missing', () => {
    expect(judgeReproduction(stepsOf(three), runs([{ out: '404' }, { out: '201' }, null]), {}).why).toEqual(['green (line 6): not-green, Unexpected "201", expected "200"', expect.stringMatching(/^neg \(line 10\): pre-red, /u)]);
    expect(judgeReproduction(stepsOf('# green\n$ ./p\n→ 200'), runs([{ out: '201' }]), {}).why).toEqual(['green (line 2): not-green, Unexpected "201", expected "200"', 'no red step shows what failed before']);
    expect(judgeReproduction(stepsOf('# red\n$ ./p\n→ 200'), [], {}).why).toEqual(['nothing was run', 'no green step shows what passes now']);
    expect(judgeReproduction(stepsOf('# red\n$ ./a\n→ 1\n\n# green\n$ ./b\n→ 2'), runs([{ out: '1' }, { out: '2' }]), {}).why).toEqual(['red and green run different commands: a neg step has to show that the check can fail']);
  });

  test('a negative control in words alone is reasoned, unless another is run', () => {
    const prose = '# red @b\n$ ./p\n→ 404\n\n# green\n$ ./p\n→ 200\n\n# neg: by construction\n';
    expect(judgeReproduction(stepsOf(`${prose}→ holds`), runs([{ out: '404' }, { out: '200' }, null]), {})).toMatchObject({ verdict: 'reasoned', why: [expect.stringMatching(/^neg \(line \d+\): reasoned, it is only prose: nothing was run$/u)] });
    expect(judgeReproduction(stepsOf(`${prose}→ holds\n\n# neg: bad input\n$ ./p x\n→ no\n→? 1`), runs([{ out: '404' }, { out: '200' }, null, { out: 'no', code: 1 }]), {})).toMatchObject({ verdict: 'proven', why: [] });
  });

  test('a failed teardown is told with its line, and decides nothing', () => {
    const steps = stepsOf(`${three}\n\n# teardown\n$ down`);
    expect(judgeReproduction(steps, runs([...good, { code: 1 }]), {})).toMatchObject({ verdict: 'proven', warnings: ['the teardown on line 15 failed: state may be left behind'], why: ['teardown (line 15): inconclusive, Unexpected exit status 1, expected 0'] });
    expect(judgeReproduction(steps, runs([...good, {}]), {}).warnings).toEqual([]);
    expect(judgeReproduction(stepsOf('# teardown\n$ down'), runs([{}]), {}).verdict).toBe('inconclusive');
  });

  test('runs that disagree say in what', () => {
    const disagree = (other: Observed[]) => judgeReproduction(stepsOf(three), runs(good, other), {});
    expect(disagree([{ out: '404' }, { out: '201' }, good[2] ?? {}])).toMatchObject({ verdict: 'flaky', steps: [{ verdict: 'accepted' }, { verdict: 'flaky', why: 'runs disagree: match and mismatch', outcome: 'match' }, { verdict: 'flaky', why: 'runs disagree: accepted and pre-red' }] });
    expect(disagree(good).verdict).toBe('proven');
    expect(judgeReproduction(stepsOf(three), runs([...good.slice(0, 1), { out: '201' }, good[2] ?? {}], [...good.slice(0, 1), { out: '201' }, good[2] ?? {}]), {}).verdict).toBe('not-green');
  });

  test('a setup that failed comes before all, flaky before a refusal, a refusal before what nobody knows', () => {
    const body = `# setup\n$ up\n\n${three}`;
    expect(judgeReproduction(stepsOf(body), runs([{ code: 1 }, ...good.slice(0, 1), { out: '201' }, good[2] ?? {}]), {}).verdict).toBe('inconclusive');
    expect(judgeReproduction(stepsOf(body), runs([{}, { out: '500' }, ...good.slice(1)], [{}, { out: '500' }, { out: '201' }, good[2] ?? {}]), {}).verdict).toBe('flaky');
    expect(judgeReproduction(stepsOf(three), runs([null, { out: '201' }, good[2] ?? {}]), {}).verdict).toBe('not-green');
    expect(judgeReproduction(stepsOf(three), runs([null, ...good.slice(1)]), {}).verdict).toBe('inconclusive');
    expect(judgeReproduction(stepsOf(body), runs([{}, ...good], [{}, ...good]), {}).verdict).toBe('proven');
  });
});

describe('signs that a check did not do its work', () => {
  test.each<[string, string | null, string | null, string | null]>([
    ['fine', null, null, null],
    ["Error: Cannot find module 'x'", 'a module or script is missing', 'a module or script is missing', null],
    ['bash: x: command not found', 'the command was not found', 'the command was not found', null],
    ['running 0 tests', 'no test was run', 'no test was run', 'no test was run'],
    ['running 0 tests\nrunning 3 tests', null, null, null],
    ['running 0 tests\nrunning 10 tests', null, null, null],
    ['?   \tpkg\t[no test files]', 'no test was run', 'no test was run', 'no test was run'],
    ['?   \tpkg\t[no test files]\nok  \tother', null, null, null],
    ['  0 passing', 'no test was run', 'no test was run', 'no test was run'],
    ['  0 passing\n  2 failing', null, null, null],
    ['# tests 0', 'no test was run', 'no test was run', 'no test was run'],
    ['# tests 10', null, null, null],
    ['SyntaxError: x', null, 'it does not parse', null],
    ['error TS2304: x', null, 'it does not build', null],
    ['Segmentation fault', null, 'it crashed', null],
  ])('%j', (text, red, neg, green) => {
    for (const where of [{ out: text }, { err: text }, { out: `before\n${text}\nafter` }]) expect([failureToRun(ran({ ...where, code: 1 })), failureOfMutation(ran({ ...where, code: 1 })), successWithoutTests(ran(where))]).toEqual([red, neg, green]);
  });

  test.each<[Observed, string | null]>([[{ signal: 'SIGSEGV' }, 'it crashed with SIGSEGV'], [{ signal: 'SIGTRAP' }, 'it crashed with SIGTRAP'], [{ signal: 'SIGTERM' }, null], [{ signal: 'SIGSEGV', timedOut: true }, null], [{ signal: 'SIGSEGV2' }, null], [{ signal: 'ASIGSEGV' }, null]])('%j', (observed, why) => {
    expect(failureOfMutation(ran(observed))).toBe(why);
  });
});

describe('how a step came out', () => {
  const outcome = (contract: string, observed: Observed | null, role = 'green') => {
    const [step] = stepsOf(`# ${role}\n$ x\n${contract}`);
    const found = step === undefined ? null : outcomeOf(step, observed === null ? null : ran(observed), {});
    return found && [found.outcome, found.why, found.difference && [found.difference.stream, found.difference.line, found.difference.expected, found.difference.got]];
  };
  test.each<[string, Observed | null, string, unknown[]]>([
    ['→ a', { out: 'a' }, 'green', ['match', fine, null]],
    ['→ a', { out: 'a', truncated: true }, 'green', ['match', fine, null]],
    ['→ a', null, 'green', ['skipped', 'the step was not run', null]],
    ['→ a', { out: 'b', truncated: true }, 'green', ['truncated', 'Unexpected "b", expected "a"', ['stdout', 3, 'a', 'b']]],
    ['→2 a', { err: 'b' }, 'green', ['mismatch', 'Unexpected "b", expected "a"', ['stderr', 3, 'a', 'b']]],
    ['→ a\n→2 b', { out: 'x', err: 'y' }, 'green', ['mismatch', 'Unexpected "x", expected "a"', ['stdout', 3, 'a', 'x']]],
    ['→ a', { out: 'a', code: 2 }, 'green', ['exit-mismatch', 'Unexpected exit status 2, expected 0', ['status', 2, '0', '2']]],
    ['→ a\n→? 1', { out: 'a', code: 2 }, 'green', ['exit-mismatch', 'Unexpected exit status 2, expected 1', ['status', 4, '1', '2']]],
    ['→ a\n→? fine', { out: 'a' }, 'green', ['exit-mismatch', 'Unexpected exit status 0, expected fine', ['status', 4, 'fine', '0']]],
    ['→ a', { out: 'a', code: 2 }, 'red @b', ['match', fine, null]],
    ['→ a', { out: 'a', code: 2 }, 'neg', ['match', fine, null]],
    ['→ a', { out: 'a', timedOut: true }, 'red @b', ['timeout', 'the time limit ended it', null]],
    ['→ a', { out: 'a', signal: 'SIGHUP' }, 'red @b', ['killed', 'SIGHUP ended it', ['status', 2, 'an exit status', 'SIGHUP']]],
    ['→ a', { out: 'a', signal: 'SIGHUP' }, 'green', ['killed', 'SIGHUP ended it', ['status', 2, '0', 'SIGHUP']]],
    ['→ a\n→? SIGHUP', { out: 'a', signal: 'SIGHUP' }, 'green', ['match', fine, null]],
    ['→ a\n→? timeout', { out: 'a', timedOut: true }, 'green', ['match', fine, null]],
    ['→ a\n→? timeout', { out: 'a' }, 'green', ['exit-mismatch', 'Unexpected exit status 0, expected timeout', ['status', 4, 'timeout', '0']]],
    ['→ a\n→? 1', { out: 'a', timedOut: true }, 'green', ['timeout', 'the time limit ended it', null]],
    ['→ a\n→? 127', { out: 'a', code: 127 }, 'green', ['not-run', `exit status 127: ${cannot}`, null]],
    ['→ a', { out: 'a', unusable: { outcome: 'skipped', why: 'earlier' } }, 'green', ['skipped', 'earlier', null]],
  ])('%j and %j of %s', (contract, observed, role, expected) => {
    expect(outcome(contract, observed, role)).toEqual(expected);
  });

  test.each<[string, Observed, boolean]>([
    ['', { out: 'x', code: 3 }, true], ['→ a', { out: 'a', code: 3 }, true], ['→ a', { out: 'b' }, false], ['→2 a', { err: 'b' }, false], ['→2 a', { err: 'a' }, true], ['→ a\n→? 0', { out: 'a', code: 3 }, false], ['→ a\n→? 3', { out: 'a', code: 3 }, true], ['→ a\n→? fine', { out: 'a' }, false], ['→? fine', {}, false],
    ['→ a\n→? 0', { out: 'b' }, false],
  ])('what is written alone: %j and %j: %s', (contract, observed, kept) => {
    const [step] = stepsOf(`# green\n$ x\n${contract}`);
    expect(step && keepsWrittenContract(step, ran(observed), {})).toBe(kept);
  });
});
