// Mutation tests of the pure cores: npm run mutate (hours), or of one core with its own tests (minutes):
//   DOCKET_MUTATE='test/gates/cores/judge-claim*.test.ts' npm run mutate -- --mutate src/gates/judge-claim.ts
// Whatever survives is a test that is missing, or is explained with the score.
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/build/vitest.mutate.ts', related: false },
  // What judges, of what is known; not what reads it from git (asked at the edge, by tests that start the program).
  mutate: [
    'src/gates/*.ts', '!src/gates/ask-gate.ts', '!src/gates/judge-offences.ts', 'src/gates/evidence/evidence-of-gate.ts', 'src/gates/evidence/freshness.ts', 'src/gates/triggers/*.ts',
    'src/repro/judge/*.ts', 'src/repro/match/*.ts',
    'src/ledger/evidence/recordings.ts', 'src/ledger/evidence/replays.ts', 'src/ledger/evidence/judge-recording.ts',
    'src/ledger/landing/plan-sync.ts', 'src/ledger/landing/read-declarations.ts', 'src/ledger/landing/find-squash.ts', 'src/ledger/landing/judge-touch.ts', 'src/ledger/landing/landing-question.ts',
  ],
  coverageAnalysis: 'perTest',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'coverage/mutation.json' },
  // Not below node_modules: what stands there is taken for a dependency, and is not compiled.
  tempDirName: 'coverage/stryker',
  ignorePatterns: ['dist', 'coverage', '.dist-*'],
  checkers: [],
  concurrency: 1,
  timeoutMS: 5000,
};
