// Mutation tests of the pure cores: npm run mutate, or of one core: npm run mutate -- --mutate 'src/repro/judge/**/*.ts'.
// Whatever survives is a test that is missing, or is explained with the score.
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/build/vitest.mutate.ts', related: false },
  // What judges, of what is known; not what reads it from git or from a file system.
  mutate: ['src/gates/**/*.ts', 'src/repro/judge/**/*.ts', 'src/repro/match/**/*.ts', 'src/ledger/evidence/**/*.ts', 'src/ledger/landing/**/*.ts'],
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
