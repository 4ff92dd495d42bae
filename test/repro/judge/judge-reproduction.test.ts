import { describe, expect, test } from 'vitest';
import { crossMatch } from '../../../src/repro/judge/cross-match.ts';
import { judgeReproduction } from '../../../src/repro/judge/judge-reproduction.ts';
import { comparesTwoChecks, sectionsOf } from '../../../src/repro/judge/sections.ts';
import { bad, judge, ok, patched, ran, stepsOf } from './judged.ts';

test('red, green and neg as they should be are proven', () => {
  expect(judge()).toMatchObject({ verdict: 'proven', why: [], warnings: [], steps: [{ verdict: 'accepted' }, { verdict: 'accepted' }, { verdict: 'accepted' }] });
});

describe('red', () => {
  test.each<[string, Parameters<typeof judge>[0], string]>([
    ['passes as green does', { runs: { red: ok } }, 'vacuous-red'],
    ['passes with another word', { runs: { red: { out: '204\n' } } }, 'vacuous-red'],
    ['is written as passing', { red: '→ 200\n→? 0', runs: { red: ok } }, 'vacuous-red'],
    ['is not run: 127', { runs: { red: { err: 'bash: ./probe.sh: No such file or directory', code: 127 } } }, 'inconclusive'],
    ['is not run: 126', { runs: { red: { code: 126 } } }, 'inconclusive'],
    ['127 even when it is written', { red: '→? 127', runs: { red: { code: 127 } } }, 'inconclusive'],
    ['lacks a module, even when that is written', { red: '→2~ Error: Cannot find module [..]\n→? 1', runs: { red: { err: "Error: Cannot find module './x.js'\n", code: 1 } } }, 'inconclusive'],
    ['lacks a Python module', { runs: { red: { err: "ModuleNotFoundError: No module named 'x'\n", code: 1 } } }, 'inconclusive'],
    ['runs no tests (vitest)', { red: '→? 1', runs: { red: { out: 'No test files found, exiting with code 1\n', code: 1 } } }, 'inconclusive'],
    ['runs no tests (pytest)', { red: '→? 5', runs: { red: { out: 'collected 0 items\n', code: 5 } } }, 'inconclusive'],
    ['runs no tests (node)', { red: '→? 1', runs: { red: { out: '# tests 0\n', code: 1 } } }, 'inconclusive'],
    ['runs no tests (words)', { red: '→? 1', runs: { red: { out: '0 tests run\n', code: 1 } } }, 'inconclusive'],
    ['fails with another message', { runs: { red: { out: '503\n', code: 22 } } }, 'wrong-red'],
    ['fails with another status', { runs: { red: { out: '404\n', code: 7 } } }, 'wrong-red'],
    ['times out', { runs: { red: { timedOut: true } } }, 'inconclusive'],
    ['times out as written', { red: '→? timeout', runs: { red: { timedOut: true } } }, 'inconclusive'],
    ['is killed', { runs: { red: { signal: 'SIGKILL' } } }, 'inconclusive'],
    ['was not run', { runs: { red: null } }, 'inconclusive'],
    ['was refused', { runs: { red: { unusable: { outcome: 'refused', why: 'no consent' } } } }, 'inconclusive'],
    ['expects any lines, which green prints too', { red: '→ …', runs: { red: bad } }, 'vacuous'],
    ['expects nothing', { red: '', runs: { red: bad } }, 'vacuous'],
    ['has a pattern that is too wide', { red: '→~ [..]', runs: { red: { out: '404\n' } } }, 'vacuous'],
  ])('%s', (_name, parts, verdict) => {
    expect(judge(parts).steps[0]?.verdict).toBe(verdict);
    expect(judge(parts).verdict).not.toBe('proven');
  });

  test('a crash that the contract names is a failure like any other', () => {
    expect(judge({ red: '→? SIGSEGV', runs: { red: { signal: 'SIGSEGV' } } }).steps[0]?.verdict).toBe('accepted');
  });
});

describe('green', () => {
  test.each<[string, Parameters<typeof judge>[0], string]>([
    ['prints something else', { runs: { green: { out: '201\n' } } }, 'not-green'],
    ['prints PASSED and exits 1', { green: '→ PASSED', runs: { green: { out: 'PASSED\n', code: 1 } } }, 'not-green'],
    ['expects any lines alone', { green: '→ …', runs: {} }, 'vacuous'],
    ['expects any lines alone, in dots', { green: '→ ...', runs: {} }, 'vacuous'],
    ['expects nothing', { green: '', runs: {} }, 'vacuous'],
    ['has a pattern that red keeps', { green: '→~ [N]', red: '→ 404', runs: { red: { out: '404\n' } } }, 'vacuous'],
    ['looks at an exit status that never changes', { red: '→ 404', green: '→? 0', runs: { red: { out: '404\n' } } }, 'vacuous'],
    ['crashes', { runs: { green: { signal: 'SIGSEGV' } } }, 'not-green'],
    ['times out', { runs: { green: { timedOut: true } } }, 'inconclusive'],
    ['cannot be run', { runs: { green: { code: 127 } } }, 'inconclusive'],
    ['has an output that was cut where it is looked at', { runs: { green: { out: 'x\n', truncated: true } } }, 'inconclusive'],
    ['runs no tests', { green: '→? 0', runs: { green: { out: 'No tests found\n' } } }, 'inconclusive'],
    ['has an unreadable status', { green: '→? fine' }, 'not-green'],
    ['has an unreadable pattern', { green: '→/ (' }, 'not-green'],
  ])('%s', (_name, parts, verdict) => {
    expect(judge(parts).steps[1]?.verdict).toBe(verdict);
    expect(judge(parts).verdict).not.toBe('proven');
  });

  test('a red that passes is not green’s fault', () => {
    expect(judge({ runs: { red: ok } }).steps.map((step) => step.verdict)).toEqual(['vacuous-red', 'accepted', 'accepted']);
  });

  test('says which line differs', () => {
    expect(judge({ runs: { green: { out: '201\n' } } }).steps[1]).toMatchObject({ outcome: 'mismatch', difference: { line: 8, expected: '200', got: '201' } });
    expect(judge({ green: '→ PASSED', runs: { green: { out: 'PASSED\n', code: 1 } } }).steps[1]).toMatchObject({ outcome: 'exit-mismatch', difference: { expected: '0', got: '1' } });
  });
});

describe('neg', () => {
  test.each<[string, Parameters<typeof judge>[0], string]>([
    ['passes', { runs: { neg: ok } }, 'toothless'],
    ['passes with another word', { runs: { neg: { out: '204\n', code: 0 } } }, 'toothless'],
    ['is written as passing', { neg: '→ 200', runs: { neg: ok } }, 'toothless'],
    ['crashes with the status of a detection, its line missing', { runs: { neg: { err: 'Traceback\n', code: 7 } } }, 'void'],
    ['does not parse any more', { neg: '→2~ [..]\n→? 2', runs: { neg: { err: "probe.sh: line 3: syntax error near unexpected token `fi'\n", code: 2 } } }, 'void'],
    ['does not build any more', { neg: '→? 1', runs: { neg: { err: 'error: could not compile `x`\n', code: 1 } } }, 'void'],
    ['cannot be run any more', { neg: '→? 127', runs: { neg: { code: 127 } } }, 'void'],
    ['crashes', { neg: '→? SIGSEGV', runs: { neg: { signal: 'SIGSEGV' } } }, 'void'],
    ['has only a status, and says more', { neg: '→? 1', runs: { neg: { err: 'something\n', code: 1 } } }, 'void'],
    ['does not apply', { control: patched({ broken: 'the patch does not apply' }) }, 'void'],
    ['red already before', { control: patched({ before: ran(bad) }) }, 'pre-red'],
    ['changes nothing', { control: patched({ changed: false }) }, 'noop'],
    ['is not green after', { control: patched({ after: ran(bad) }) }, 'inconclusive'],
    ['has no run after', { control: patched({ after: null }) }, 'inconclusive'],
    ['has no run before', { control: patched({ before: null }) }, 'inconclusive'],
    ['has nothing recorded around it', { control: null }, 'inconclusive'],
    ['times out', { runs: { neg: { timedOut: true } } }, 'inconclusive'],
    ['expects what green prints too', { neg: '→~ [..]', runs: { neg: { out: 'x\n', code: 0 } } }, 'vacuous'],
  ])('%s', (_name, parts, verdict) => {
    expect(judge(parts).steps[2]?.verdict).toBe(verdict);
    expect(judge(parts).verdict).not.toBe('proven');
  });

  test('a silent check may be held to its status alone', () => {
    expect(judge({ neg: '→? 1', runs: { neg: { code: 1 } } }).verdict).toBe('proven');
  });

  test('a time limit that is written is a detection', () => {
    expect(judge({ neg: '→ waiting\n→? timeout', runs: { neg: { out: 'waiting\n', timedOut: true } } }).verdict).toBe('proven');
  });

  test('bad input needs no record of before and after beside green itself', () => {
    const steps = stepsOf('# red @b\n$ ./p\n→ 404\n\n# green\n$ ./p\n→ 200\n\n# neg: bad input\n$ ./p --port 1\n→ refused\n→? 7');
    const runs = [ran({ out: '404' }), ran({ out: '200' }), ran({ out: 'refused', code: 7 })];
    expect(judgeReproduction(steps, [{ steps: runs, controls: [] }], {}).verdict).toBe('proven');
  });
});

describe('the whole', () => {
  test('everything timed out', () => {
    const timedOut = { timedOut: true };
    expect(judge({ runs: { red: timedOut, green: timedOut, neg: timedOut } }).verdict).toBe('inconclusive');
  });

  test('nothing was run', () => {
    expect(judgeReproduction(stepsOf('# red\n$ a\n→ 1\n# green\n$ a\n→ 2'), [], {})).toMatchObject({ verdict: 'inconclusive', why: ['nothing was run'] });
  });

  test('runs that disagree are flaky, whichever comes last', () => {
    const steps = stepsOf('# red @b\n$ ./p\n→ 404\n\n# green\n$ ./p\n→ 200');
    const good = { steps: [ran({ out: '404' }), ran({ out: '200' })], controls: [] };
    const other = { steps: [ran({ out: '404' }), ran({ out: '500' })], controls: [] };
    expect(judgeReproduction(steps, [good, other], {}).verdict).toBe('flaky');
    expect(judgeReproduction(steps, [other, good, good], {}).verdict).toBe('flaky');
    expect(judgeReproduction(steps, [good, good], {}).verdict).toBe('proven');
  });

  test('a failed setup makes everything after it inconclusive', () => {
    const steps = stepsOf('# setup\n$ up\n\n# red @b\n$ ./p\n→ 404\n\n# green\n$ ./p\n→ 200');
    expect(judgeReproduction(steps, [{ steps: [ran({ code: 1 }), ran(ok), ran(bad)], controls: [] }], {}).verdict).toBe('inconclusive');
  });

  test('a failed teardown warns', () => {
    const steps = stepsOf('# red @b\n$ ./p\n→ 404\n\n# green\n$ ./p\n→ 200\n\n# teardown\n$ down');
    const judged = judgeReproduction(steps, [{ steps: [ran({ out: '404' }), ran({ out: '200' }), ran({ code: 1 })], controls: [] }], {});
    expect(judged).toMatchObject({ verdict: 'proven', warnings: [expect.stringContaining('state may be left behind')] });
  });

  test('without red, or without green, it is incomplete', () => {
    expect(judgeReproduction(stepsOf('# green\n$ ./p\n→ 200'), [{ steps: [ran({ out: '200' })], controls: [] }], {}).verdict).toBe('incomplete');
    expect(judgeReproduction(stepsOf('# red\n$ ./p\n→ 404'), [{ steps: [ran({ out: '404' })], controls: [] }], {}).verdict).toBe('incomplete');
  });

  test('an old and a new probe side by side need a negative control', () => {
    const ab = '# red @b\n$ ./old\n→ 404\n\n# green\n$ ./new\n→ 200';
    const runs = [ran({ out: '404' }), ran({ out: '200' })];
    expect(comparesTwoChecks(stepsOf(ab))).toBe(true);
    expect(judgeReproduction(stepsOf(ab), [{ steps: runs, controls: [] }], {})).toMatchObject({ verdict: 'incomplete', why: [expect.stringContaining('neg')] });
    const withNeg = stepsOf(`${ab}\n\n# neg: stopped\n$ ./new --stopped\n→ 000\n→? 7`);
    expect(judgeReproduction(withNeg, [{ steps: [...runs, ran({ out: '000', code: 7 })], controls: [] }], {}).verdict).toBe('proven');
  });

  test('steps that prepare a probe may do the same in red and green', () => {
    const steps = stepsOf('# red @b\n$ make\n→? 0\n\n$ ./p\n→ 404\n\n# green\n$ make\n→? 0\n\n$ ./p\n→ 200');
    expect(sectionsOf(steps).map((section) => section.steps)).toEqual([[0, 1], [2, 3]]);
    const runs = [ran(), ran({ out: '404' }), ran(), ran({ out: '200' })];
    expect(judgeReproduction(steps, [{ steps: runs, controls: [] }], {}).verdict).toBe('proven');
    expect(crossMatch(steps, [ran(), ran({ out: '200' }), ran(), ran({ out: '200' })], {})).toHaveLength(1);
  });

  test('orphans prove nothing and break nothing', () => {
    const steps = stepsOf('# red @b\n$ ./p\n→ 404\n\n# green\n$ ./p\n→ 200\n\n→ and a body');
    const judged = judgeReproduction(steps, [{ steps: [ran({ out: '404' }), ran({ out: '200' }), null], controls: [] }], {});
    expect(judged.verdict).toBe('proven');
  });
});
