import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** The tests of the package as its users install it. */
export default defineConfig({ test: { ...config.test, include: ['test/package/**/*.test.ts'], exclude: [] } });
