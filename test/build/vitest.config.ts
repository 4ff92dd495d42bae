import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** One more process than there are cores: tests wait for what they start, services and timeouts among it. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    // Installs from a registry, once for each Node.js: npm run test:package.
    exclude: ['test/package/**'],
    pool: 'forks',
    maxWorkers: availableParallelism() + 1,
    setupFiles: ['test/build/seed-generators.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    env: { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C.UTF-8', NO_COLOR: '1' },
  },
});
