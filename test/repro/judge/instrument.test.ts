import { describe, expect, test } from 'vitest';
import { includesInstrument, isWrapped, readInstrument } from '../../../src/repro/judge/instrument.ts';

describe('a script that fails by its last words', () => {
  test.each([['grep -q x f; exit 7', 'exit 7'], ['grep -q x f && false', 'false'], ['cat f\nexit 1', 'exit 1'], ['cat f; ! true', '! true'], ['(cat f); exit 3;', 'exit 3'], ['if [ -e f ]; then cat f; fi; exit 1', 'exit 1']])('%j', (script, words) => {
    expect(readInstrument(script).ownFailure).toBe(words);
  });

  test.each([
    'grep -q x f || exit 7', 'grep -q x f || { echo gone; exit 4; }', 'if grep -q x f; then exit 0; fi; exit 1', 'grep -q x f && exit 0; exit 1', 'for i in 1 2; do curl -sf x && exit 0; done; exit 1', 'test -e f', 'echo "exit 1"', 'cat f # exit 1',
    'if [ -e f ]; then cat f; else exit 1; fi', 'case x in x) exit 1;; esac',
  ])('%j does not', (script) => {
    expect(readInstrument(script).ownFailure).toBeNull();
  });
});

describe('a script that looks at nothing', () => {
  test.each(['true', 'echo high', 'printf x; exit 1', '[ 1 = 2 ] || { echo no; exit 7; }', "bash -c 'echo x; exit 1'", 'sleep 1; false', 'test high = low', ': ; exit 9'])('%j', (script) => {
    expect(readInstrument(script).looks).toBe(false);
  });

  test.each(['cat f', 'echo *', 'echo "$(cat f)"', '[ -e f ]', 'test "$X" = 1', './x', 'read line < f', "bash -c 'cat f'", 'echo "unclosed'])('%j looks', (script) => {
    expect(readInstrument(script).looks).toBe(true);
  });
});

describe('the same check, on other input or in another environment', () => {
  test.each([
    ['./probe.sh', 'PROXY=down ./probe.sh'], ['./probe.sh good', './probe.sh bad'], ['npm test', 'rm x && npm test'], ['bash gauge.sh', 'echo low > level; bash ./gauge.sh'], ['cat x | grep y', 'echo z | grep y'],
    ["python3 -c 'assert f(1)'", "python3 -c 'assert f(2)'"], ['timeout 5 ./probe.sh', './probe.sh'], ['cd app && make check', 'cd app && touch broken && make check'], ['grep -c x f || true', 'echo > f; grep -c x f || true'], ['test -f x && ./run', './run nothing'],
  ])('%j and %j', (green, neg) => {
    expect(includesInstrument(readInstrument(neg), readInstrument(green))).toBe(true);
  });

  test.each([['./probe.sh', 'ls nothing'], ['./probe.sh || true', './probe.sh'], ['bash gauge.sh', 'bash other.sh'], ['trap "exit 0" EXIT; ./x', './x'], ['if ./x; then echo a; fi', './x'], ['npm test', 'npm run broken']])('%j and %j are not', (green, neg) => {
    expect(includesInstrument(readInstrument(neg), readInstrument(green))).toBe(false);
  });

  test.each<[string, string, boolean]>([['./x', './x || true', true], ['./x', './x bad', false], ['./old', './new', false], ['./x', './x; exit 3', true], ['! ./x', './x', true]])('%j and %j: one is the other with something around it: %s', (a, b, wrapped) => {
    expect(isWrapped(readInstrument(a), readInstrument(b))).toBe(wrapped);
  });
});
