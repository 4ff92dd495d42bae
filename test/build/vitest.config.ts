import { defineConfig } from 'vitest/config';

/** One pool of forked processes: tests spawn git and docket, so more workers than cores only add noise. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    setupFiles: ['test/build/seed-generators.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    env: { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C.UTF-8', NO_COLOR: '1' },
  },
});
