// Builds dist/: one bundle with code splitting, so that a command loads only what it needs; then the declarations and the JSON Schemas.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

process.chdir(new URL('../..', import.meta.url).pathname);
const types = process.argv.includes('--types');
// Names the sources and what they are bundled with: what another build has kept in a cache is not trusted.
const sources = readdirSync('src', { recursive: true }).filter((name) => name.endsWith('.ts')).toSorted();
const digest = createHash('sha256');
for (const path of [...sources.map((name) => join('src', name)), 'package-lock.json']) digest.update(path).update(readFileSync(path));
// Built beside dist/ and put in its place when it is whole: a build that fails, or another at the same time, breaks no running one.
const dist = `.dist-${process.pid}`;
await build({
  entryPoints: { 'bin/docket': 'src/cli/main.ts', index: 'src/index.ts', reconcile: 'src/reconcile/index.ts', schemas: 'src/contract/schema/write-schemas.ts' },
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: 'chunks/[name]-[hash]',
  define: { DOCKET_VERSION: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version), DOCKET_BUILD: JSON.stringify(digest.digest('hex').slice(0, 16)) },
  legalComments: 'linked',
  logLevel: 'warning',
  banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
});
chmodSync(join(dist, 'bin/docket.js'), 0o755);
const { allSchemas } = await import(pathToFileURL(join(dist, 'schemas.js')).href);
mkdirSync(join(dist, 'schema'), { recursive: true });
for (const [name, schema] of Object.entries(allSchemas())) writeFileSync(join(dist, 'schema', `${name}.json`), `${JSON.stringify(schema, null, 2)}\n`);
if (types) execFileSync('node_modules/.bin/tsc', ['-p', 'test/build/tsconfig.types.json', '--outDir', join(dist, 'types')], { stdio: 'inherit' });
const old = `.dist-old-${process.pid}`;
if (existsSync('dist')) renameSync('dist', old);
renameSync(dist, 'dist');
rmSync(old, { recursive: true, force: true });
