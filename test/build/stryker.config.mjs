// Mutation tests of the pure cores (npm run mutate -- --mutate 'src/gates/**'): whatever survives is a test that is missing, or is explained.
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/build/vitest.mutate.ts' },
  mutate: ['src/gates/**/*.ts', 'src/landing/**/*.ts'],
  coverageAnalysis: 'perTest',
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: 'node_modules/.cache/mutation.json' },
  tempDirName: 'node_modules/.cache/stryker',
  incremental: true,
  incrementalFile: 'node_modules/.cache/stryker-incremental.json',
  concurrency: 1,
  ignorePatterns: ['dist', 'coverage'],
};
