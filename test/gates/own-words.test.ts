import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeStage, type Stage } from '../runner/stage.ts';

/** Nothing is mended: whatever is proven here is false. */
let stage: Stage;
beforeAll(() => {
  stage = makeStage({}, { level: 'low\n', notes: 'nothing was mended\n' });
});
afterAll(() => stage.remove());
beforeEach(() => {
  stage.git('reset', '-q', '--hard', stage.fix);
  stage.git('clean', '-qfd');
});

const gauge = 'bash gauge.sh';

/** What is recorded, then what the gate says of it. */
async function cheat(red: string, green: string, ...neg: string[]): Promise<{ verdict: string; why: string; exit: number; rules: string[]; next: string }> {
  const { data } = await stage.ask('record', 'cheat', '--claim', 'kite/M3', '--runs', '1', '--red', stage.base, red, '--green', green, ...(neg.length === 0 ? [] : ['--neg', ...neg]));
  const { ok, data: judged, diagnostics, next } = await stage.ask('gate', 'kite/M3');
  expect([ok, judged.allowed]).toEqual([false, false]);
  const errors = diagnostics.filter(({ level }) => level === 'error');
  return { verdict: data.verdict, why: data.why.join('; '), exit: ok ? 0 : 1, rules: errors.map(({ rule }) => rule), next: next[0] ?? '' };
}

test.each<[title: string, red: string, green: string, neg: string[], verdict: string, why: string]>([
  ['a failure that green swallows', gauge, `${gauge} || true`, ['input', gauge], 'vacuous', 'print the same and run different commands'],
  ['an exit that a trap makes good', gauge, `trap "exit 0" EXIT; ${gauge}`, ['input', gauge], 'vacuous', 'print the same'],
  ['a failure that green turns into silence', gauge, `${gauge} >/dev/null 2>&1 || true`, ['input', gauge], 'void', 'does not run what green runs'],
  ['a failure that green branches away', gauge, `if ${gauge} >/dev/null 2>&1; then echo fine; else echo fine; fi`, ['input', gauge], 'void', 'does not run what green runs'],
  ['a red that ends in its own failure', `test -e gauge.sh; exit 7`, 'test -e gauge.sh', ['input', 'rm gauge.sh; test -e gauge.sh'], 'vacuous', 'ends in `exit 7`'],
  ['a red that ends in false', 'grep -q value gauge.sh && false', 'grep -q value gauge.sh', ['input', 'echo > gauge.sh; grep -q value gauge.sh'], 'vacuous', 'ends in `false`'],
  ['a red that only says so', 'echo broken; exit 1', 'cat notes', ['input', 'rm notes; cat notes'], 'vacuous', 'looks at nothing but its own words'],
  ['a green that only says so', gauge, 'echo high', ['input', 'echo low; exit 7'], 'vacuous', 'looks at nothing but its own words'],
  ['a green that compares its own words', gauge, '[ high = high ] && echo high', ['input', '[ high = low ] || { echo low; exit 7; }'], 'vacuous', 'looks at nothing'],
  ['a neg that only fails', gauge, 'cat notes', ['input', 'false'], 'void', 'looks at nothing but its own words'],
  ['a neg that prints the detection itself', gauge, 'cat notes', ['input', 'echo "no notes" >&2; exit 7'], 'void', 'looks at nothing but its own words'],
  ['a neg that fails for another reason', gauge, 'cat notes', ['input', 'ls no-such-file'], 'void', 'does not run what green runs'],
  ['a neg that lets green run and fails by itself', gauge, 'cat notes', ['input', 'cat notes; exit 7'], 'toothless', 'ends in `exit 7`'],
  ['a neg that breaks the shell', gauge, 'cat notes', ['input', 'cat notes; then'], 'void', 'does not parse'],
  ['a neg whose program is not there', gauge, 'cat notes', ['environment', 'PATH= cat notes'], 'void', '127'],
  ['a red and a green that fail alike', gauge, gauge, ['revert'], 'vacuous', 'exit status 7'],
])('%s', async (_, red, green, neg, verdict, why) => {
  const found = await cheat(red, green, ...neg);
  expect([found.verdict, found.why]).toEqual([verdict, expect.stringContaining(why)]);
  expect([found.exit, found.rules, found.next]).toEqual([1, [verdict], 'docket record cheat --claim kite/M3']);
});

test('a word in the environment that would name the role is not there', async () => {
  const { data } = await stage.ask('record', 'cheat', '--claim', 'kite/M3', '--runs', '1', '--red', stage.base, 'env | grep -ciE "role|step|red|neg"', '--green', 'env | grep -ciE "role|step|red|neg"', '--neg', 'revert');
  expect(data.verdict).not.toBe('proven');
});

test('a check that asks which commit it runs at is shown to the judge', async () => {
  const which = `if [ "$(git rev-parse HEAD)" = ${stage.base} ] || ! git diff --quiet; then echo broken; exit 1; fi; echo fine`;
  await stage.ask('record', 'cheat', '--claim', 'kite/M3', '--runs', '1', '--red', stage.base, which, '--green', which, '--neg', 'revert');
  const { diagnostics } = await stage.ask('gate', 'kite/M3');
  expect(diagnostics).toContainEqual(expect.objectContaining({ rule: 'inputs-too-narrow', level: 'warning', message: expect.stringContaining('reads the history (git rev-parse)') }));
});

test('a negative control of which there is only prose is reasoned', async () => {
  stage.write('machine-docs/block.txt', `# red @${stage.base}\n$ grep mended notes\n→? 2\n\n# green\n$ grep mended notes\n→ nothing was mended\n→? 0\n\n# neg: without notes it fails by construction\n`);
  const { data: { plan } } = await stage.ask('record', 'said', '--claim', 'kite/M3', '--file', `${stage.dir}/machine-docs/block.txt`, '--plan');
  const { data, ok } = await stage.ask('record', 'said', '--claim', 'kite/M3', '--file', `${stage.dir}/machine-docs/block.txt`, '--runs', '1', '--consent', plan.digest);
  expect([ok, data.verdict, data.why.join()]).toEqual([false, 'reasoned', expect.stringContaining('only prose')]);
  const { diagnostics } = await stage.ask('gate', 'kite/M3');
  expect(diagnostics).toContainEqual(expect.objectContaining({ rule: 'reasoned-evidence', level: 'error', next: 'docket record said --claim kite/M3' }));
});

test('what shows something of the code is still proven', async () => {
  const proven = async (...args: string[]): Promise<string> => (await stage.ask('record', 'honest', '--phase', 'kite', '--runs', '1', '--dry-run', ...args)).data.verdict;
  expect(await proven('--red', stage.base, 'test -e notes', '--green', 'test -e notes', '--neg', 'input', 'rm notes; test -e notes')).toBe('proven');
  expect(await proven('--red', stage.base, 'cat notes', '--green', 'grep -c mended notes', '--neg', 'input', 'echo nothing > notes && grep -c mended notes')).toBe('proven');
  expect(await proven('--red', stage.base, 'cat notes 2>&1 | grep mended', '--green', 'cat notes | grep mended', '--neg', 'environment', 'X=1; echo > notes; cat notes | grep mended')).toBe('proven');
});
