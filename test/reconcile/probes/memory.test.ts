import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { BODY_LIMIT } from '../../../src/reconcile/probes/collect-body.ts';
import { certificateFor, serveHttps } from './servers.ts';

/** A process of its own, so that what is measured is a reconciler and not a test runner. */
it('asks 200 servers with large pages at once in less than 150 MB', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-memory-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  let asked = 0;
  const page = Buffer.alloc(BODY_LIMIT, 'x');
  const waiting: (() => void)[] = [];
  const port = await serveHttps(certificateFor(['app.example']), (_, response) => {
    asked += 1;
    waiting.push(() => response.end(page));
    if (asked === 200) for (const answer of waiting) answer();
  });
  const outfile = join(folder, 'probe.mjs');
  await build({
    bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error',
    stdin: {
      resolveDir: import.meta.dirname, loader: 'ts',
      contents: `
        import { runProbes } from '../../../src/reconcile/probes/run-probes.ts';
        import { systemClock as clock } from '../../../src/reconcile/clock.ts';
        const expect = { status: [200], json: null, text: 'xxx$', header: null, notExpired: false };
        const probes = Array.from({ length: 200 }, (_, n) => ({ kind: 'http', name: 'p' + n, place: { path: '', line: 1, column: 1 }, provider: null, verify: false, url: 'https://p' + n + '.example/', pin: { host: '127.0.0.1', port: ${port} }, expect }));
        const outcomes = await runProbes(probes, { clock, timeoutMs: 60000, cwd: '.' });
        console.log(JSON.stringify({ passed: outcomes.filter((o) => o.verdict === 'pass').length, kilobytes: process.resourceUsage().maxRSS }));
      `,
    },
  });
  const { stdout } = await promisify(execFile)(process.execPath, [outfile]);
  const { passed, kilobytes } = JSON.parse(stdout) as { passed: number; kilobytes: number };
  expect(passed).toBe(200);
  expect(kilobytes).toBeLessThan(150 * 1024);
});
