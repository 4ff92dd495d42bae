import { defineConfig } from 'vitest/config';

/** Fewer of them: a core needs its own tests only (see stryker.config.mjs). */
const chosen = process.env['DOCKET_MUTATE']?.split(',');

/** The tests that call the pure cores in their own process; what starts the built program sees no mutation of the source. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: chosen ?? ['test/gates/cores/*.test.ts', 'test/ledger/cores/*.test.ts', 'test/repro/judge/*.test.ts', 'test/repro/match/*.test.ts', 'test/repro/receipts/receipts.test.ts'],
    setupFiles: ['test/build/seed-generators.ts'],
    testTimeout: 120_000,
    env: { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C.UTF-8', NO_COLOR: '1' },
  },
});
