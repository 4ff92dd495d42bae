import type { StepRun } from './step-outcome.ts';

/** A sign in the output that the check itself did not do its work, and what to call it. */
interface Sign {
  readonly why: string;
  readonly shows: RegExp;
  /** A sign of the same runner that it did work after all. */
  readonly unless?: RegExp;
}

const nothingToLoad: readonly Sign[] = [
  { why: 'a module or script is missing', shows: /^.{0,200}(?:Cannot find (?:module|package) ['"]|ModuleNotFoundError: |ImportError: (?:No module|cannot import)|No module named |can't open file |: cannot load such file -- |ERR_MODULE_NOT_FOUND|Could not find or load main class |package \S+ is not in (?:GOROOT|std)|cannot find package )/m },
  { why: 'the command was not found', shows: /^.{0,200}(?:: command not found$|: not found$|npm (?:ERR!|error) Missing script: |No rule to make target |Command "\S+" not found|error: no such command: )/m },
];

const noTests: readonly Sign[] = [
  { why: 'no test was run', shows: /^.{0,80}(?:\bcollected 0 items\b|\bno tests ran\b|\bNO TESTS RAN\b|\bRan 0 tests\b|\b0 tests (?:ran|run|executed|passed)\b|\bNo tests (?:found|were found|executed|to run)\b|\bNo test (?:files|suite|suites|specified|is available)\b|\bno tests to run\b|^[#ℹ] tests 0$|\b0 examples, 0 failures\b|^1\.\.0\b|^Tests?:\s+0 total)/m },
  { why: 'no test was run', shows: /^\s*running 0 tests$/m, unless: /^\s*running [1-9]\d* tests?$/m },
  { why: 'no test was run', shows: /^\?\s+\S+\s+\[no test files\]$/m, unless: /^(?:ok|FAIL|---)\s/m },
  { why: 'no test was run', shows: /^\s*0 passing\b/m, unless: /^\s*[1-9]\d* failing\b/m },
];

const doesNotBuild: readonly Sign[] = [
  { why: 'it does not parse', shows: /^.{0,200}(?:\bSyntaxError: |\bIndentationError: |: syntax error near unexpected token |: syntax error: |\bunexpected EOF while looking for matching |\bParse error: )/m },
  { why: 'it does not build', shows: /^.{0,200}(?:\berror: could not compile |\berror TS\d{1,5}: |\bcompilation terminated\.|\bBUILD FAILED\b|\bBUILD FAILURE\b|\[build failed\]|\bBuild failed with \d+ error|\bTransform failed with |: fatal error: |: undefined reference to |\berror\[E\d{4}\]: )/m },
  { why: 'it crashed', shows: /^.{0,200}(?:\bSegmentation fault\b|\bcore dumped\b|\bAbort trap\b|\bout of memory\b|\bCannot allocate memory\b|\bJavaScript heap out of memory\b)/m },
];

/**
 * Why a failing run does not show that the thing under test failed: the check could not be loaded or ran no test.
 * Null when no such sign stands in the output.
 */
export function failureToRun(run: StepRun): string | null {
  return firstSign(run, [...nothingToLoad, ...noTests]);
}

/** The same for a mutation, which also proves nothing when it only keeps the program from being built or parsed. */
export function failureOfMutation(run: StepRun): string | null {
  if (run.signal !== null && !run.timedOut && /^SIG(?:SEGV|BUS|ABRT|ILL|FPE|TRAP)$/.test(run.signal)) return `it crashed with ${run.signal}`;
  return firstSign(run, [...nothingToLoad, ...noTests, ...doesNotBuild]);
}

/** Whether a run that succeeded did so because there was nothing to do. */
export function successWithoutTests(run: StepRun): string | null {
  return firstSign(run, noTests);
}

function firstSign(run: StepRun, signs: readonly Sign[]): string | null {
  const text = `${run.stdout}\n${run.stderr}`;
  return signs.find(({ shows, unless }) => shows.test(text) && !(unless?.test(text) ?? false))?.why ?? null;
}
