import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseStrict } from '../../src/repro/notation/parse-strict.ts';
import { makeMasker } from '../../src/runner/mask-secrets.ts';
import { planRun } from '../../src/runner/plan.ts';
import { makeStage, type Stage } from './stage.ts';

/** A check that looks at the code, and ways to break it. */
const files = {
  'check.sh': '#!/bin/bash\n. ./lib.sh\nif [ "$(answer)" = 42 ]; then echo "1 test passed"; else echo "expected 42" >&2; exit 1; fi\n',
  'lib.sh': 'answer() { echo 41; }\n',
  'break.diff': 'diff --git a/lib.sh b/lib.sh\n--- a/lib.sh\n+++ b/lib.sh\n@@ -1 +1 @@\n-answer() { echo 42; }\n+answer() { echo 40; }\n',
  'syntax.diff': 'diff --git a/lib.sh b/lib.sh\n--- a/lib.sh\n+++ b/lib.sh\n@@ -1 +1 @@\n-answer() { echo 42; }\n+answer() { echo 42; \n',
  'crash.diff': 'diff --git a/check.sh b/check.sh\n--- a/check.sh\n+++ b/check.sh\n@@ -1,3 +1,3 @@\n #!/bin/bash\n-. ./lib.sh\n+exit 1\n if [ "$(answer)" = 42 ]; then echo "1 test passed"; else echo "expected 42" >&2; exit 1; fi\n',
  'other.diff': 'diff --git a/notes b/notes\n--- a/notes\n+++ b/notes\n@@ -1 +1 @@\n-x\n+y\n',
  'empty.diff': '',
  'stale.diff': 'diff --git a/lib.sh b/lib.sh\n--- a/lib.sh\n+++ b/lib.sh\n@@ -1 +1 @@\n-answer() { echo 99; }\n+answer() { echo 40; }\n',
  notes: 'x\n',
  '.gitignore': 'cache\n',
};

let stage: Stage;
beforeAll(() => {
  stage = makeStage(files, { 'lib.sh': 'answer() { echo 42; }\n' });
});
afterAll(() => stage.remove());

let number = 0;

/** Records a block and gives its verdict, with that of each step. */
async function verdictOf(block: string, ...options: string[]): Promise<{ verdict: string; steps: string[]; exit: number; why: string }> {
  const name = `case${number++}`;
  const body = block.replaceAll('BASE', stage.base);
  stage.write('machine-docs/block.txt', body);
  const { steps } = parseStrict({ lang: 'console', meta: `repro id=${name}`, body: body.trimEnd(), line: 1 });
  const { digest } = planRun({ steps, meta: { env: [], replay: null }, prepare: [], isolated: false, masker: makeMasker({}, []) });
  const { exit, stdout } = await stage.run('record', name, '--phase', 'kite', '--file', `${stage.dir}/machine-docs/block.txt`, '--consent', digest, '--runs', '1', '--dry-run', '--json', ...options);
  const { data } = JSON.parse(stdout);
  return { verdict: data.verdict, steps: data.steps?.map(({ role, outcome, verdict }: Record<string, string>) => `${role} ${outcome} ${verdict}`), exit, why: data.why?.join('; ') ?? '' };
}

const red = '# red @BASE\n$ bash check.sh\n→2 expected 42\n→? 1\n\n';
const green = '# green\n$ bash check.sh\n→ 1 test passed\n→? 0\n\n';
const neg = '# neg +break.diff\n$ bash check.sh\n→2 expected 42\n→? 1\n';

test('red, green and neg as they should be are proven', async () => {
  expect(await verdictOf(red + green + neg)).toMatchObject({ verdict: 'proven', exit: 0 });
});

describe('red', () => {
  test.each([
    ['passes', '# red @BASE\n$ true\n→? 1\n\n', 'vacuous-red', 1],
    ['fails with 127', '# red @BASE\n$ ./nothing-here\n→? 127\n\n', 'inconclusive', 3],
    ['misses a module', '# red @BASE\n$ echo "Error: Cannot find module \'./x\'" >&2; exit 1\n→? 1\n\n', 'inconclusive', 3],
    ['ran no test', '# red @BASE\n$ echo "no tests ran"; exit 5\n→? 5\n\n', 'inconclusive', 3],
    ['fails with another message', '# red @BASE\n$ bash check.sh\n→2 expected 43\n→? 1\n\n', 'wrong-red', 1],
    ['times out', '# red @BASE\n$ sleep 5\n→? 1\n\n', 'inconclusive', 3],
  ])('%s', async (_, block, verdict, exit) => {
    expect(await verdictOf(block + green, '--timeout', '1s')).toMatchObject({ verdict, exit });
  });
});

describe('green', () => {
  test.each([
    ['that takes any output is vacuous', `${red}# green\n$ bash check.sh; true\n→ …\n`, 'vacuous'],
    ['that takes what red printed is vacuous', '# red @BASE\n$ bash check.sh 2>&1; true\n→ expected 42\n\n# green\n$ bash check.sh 2>&1; true\n→~ [..]\n', 'vacuous'],
    ['that prints PASSED and exits 1 is a mismatch', `${red}# green\n$ echo PASSED; exit 1\n→ PASSED\n→? 0\n`, 'not-green'],
  ])('%s', async (_, block, verdict) => {
    expect(await verdictOf(block)).toMatchObject({ verdict, exit: 1 });
  });

  test('of which everything times out is inconclusive', async () => {
    expect(await verdictOf('# red @BASE\n$ sleep 9\n→? 1\n\n# green\n$ sleep 9\n→? 0\n', '--timeout', '500ms')).toMatchObject({ verdict: 'inconclusive', exit: 3 });
  });

  test('the step that prints PASSED and exits 1 says exit-mismatch', async () => {
    expect((await verdictOf(`${red}# green\n$ echo PASSED; exit 1\n→ PASSED\n→? 0\n`)).steps).toContain('green exit-mismatch not-green');
  });
});

describe('neg', () => {
  test.each([
    ['that crashes with the same status and without its line', '# neg +crash.diff\n$ bash check.sh\n→2 expected 42\n→? 1\n', 'void'],
    ['whose patch breaks the build', '# neg +syntax.diff\n$ bash check.sh\n→? !0\n', 'void'],
    ['whose patch changes what is not checked', '# neg +other.diff\n$ bash check.sh\n→2 expected 42\n→? 1\n', 'toothless'],
    ['whose patch changes nothing', '# neg +empty.diff\n$ bash check.sh\n→2 expected 42\n→? 1\n', 'noop'],
    ['whose patch does not apply', '# neg +stale.diff\n$ bash check.sh\n→2 expected 42\n→? 1\n', 'void'],
    ['whose patch is nowhere', '# neg +gone.diff\n$ bash check.sh\n→2 expected 42\n→? 1\n', 'void'],
  ])('%s', async (_, block, verdict) => {
    expect(await verdictOf(red + green + block)).toMatchObject({ verdict, exit: 1 });
  });

  test('red before the mutation is pre-red', async () => {
    expect((await verdictOf('# red @BASE\n$ bash check.sh\n→2 expected 42\n→? 1\n\n# green\n$ bash check.sh && [ ! -e ran ] && touch ran\n→ 1 test passed\n→? 0\n\n# neg +break.diff\n$ bash check.sh\n→2 expected 42\n→? 1\n')).verdict).toBe('pre-red');
  });

  test('is needed where red and green run different commands', async () => {
    const block = '# red\n$ bash check.sh old; exit 3\n→? 3\n\n# green\n$ bash check.sh\n→ 1 test passed\n→? 0\n';
    expect(await verdictOf(block)).toMatchObject({ verdict: 'incomplete', exit: 1, why: expect.stringContaining('a neg step has to show') });
  });

  test('by another input, or at another revision', async () => {
    expect((await verdictOf(`${red}${green}# neg: a wrong answer\n$ echo 'answer() { echo 1; }' > lib.sh; bash check.sh\n→2 expected 42\n→? 1\n`)).verdict).toBe('proven');
    expect((await verdictOf(`${red}${green}# neg @BASE\n$ bash check.sh\n→2 expected 42\n→? 1\n`)).verdict).toBe('proven');
  });
});

test('runs that disagree are flaky, never averaged', async () => {
  const { data, ok } = await stage.ask('record', 'flaky', '--phase', 'kite', '--green', 'if [ -e cache ]; then exit 1; fi; touch cache', '--dry-run');
  expect([ok, data.verdict]).toEqual([false, 'flaky']);
});

describe('a step that says nothing of the code', () => {
  test.each<[outcome: string, block: string, step: string]>([
    ['killed', `# red @BASE\n$ kill -9 $$\n→? 1\n\n${green}`, 'red killed inconclusive'],
    ['truncated', `${red}# green\n$ head -c 3000000 /dev/zero | tr '\\0' x; bash check.sh\n→ 1 test passed\n→? 0\n`, 'green truncated inconclusive'],
    ['skipped', `# setup\n$ false\n→? 0\n\n${red}${green}`, 'green skipped inconclusive'],
    ['infra', `${red}# green\n$ echo >> check.sh\n→? 0\n\n${green}`, 'green infra inconclusive'],
    ['not-run', `# red @BASE\n$ ./check.sh\n→? 126\n\n${green}`, 'red not-run inconclusive'],
    ['timeout', `${red}# green\n$ sleep 9\n→? 0\n`, 'green timeout inconclusive'],
  ])('%s', async (_, block, step) => {
    expect(await verdictOf(block, '--timeout', '1500ms')).toMatchObject({ verdict: 'inconclusive', exit: 3, steps: expect.arrayContaining([step]) });
  });
});
