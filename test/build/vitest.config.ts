import { defineConfig } from 'vitest/config';

/** One forked process for each core: tests spawn git and docket, so more of them only add noise. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: '100%',
    setupFiles: ['test/build/seed-generators.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    env: { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C.UTF-8', NO_COLOR: '1' },
  },
});
