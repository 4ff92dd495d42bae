import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the package exports the reconciler as docket/reconcile, which works without the rest', () => {
  const script = `
    import { readOrder, readSpec } from 'docket/reconcile';
    const reading = readSpec(process.argv[1], 'infra.yaml');
    const tree = { list: async (globs) => globs, read: async () => '[Unit]\\nAfter=a.service\\n' };
    console.log((await readOrder(reading.spec, tree)).cycles[0].path.join(' '));`;
  const spec = 'version: 1\napps:\n  a: {runs_in: a, gate: [{name: g, url: "https://b.example/", expect: {status: [200]}}]}\n  b: {runs_in: b, serves: ["https://b.example/"]}\norder: {units: [b.service]}\n';
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', script, spec], { cwd: root, encoding: 'utf8' })).toBe('a.service b.service a.service\n');
});
