// Builds dist/: one bundle with code splitting, so that a command loads only what it needs; then the declarations and the JSON Schemas.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

process.chdir(new URL('../..', import.meta.url).pathname);
const types = process.argv.includes('--types');
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: { 'bin/docket': 'src/cli/main.ts', index: 'src/index.ts', schemas: 'src/contract/schema/write-schemas.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: 'chunks/[name]-[hash]',
  define: { DOCKET_VERSION: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
  legalComments: 'linked',
  logLevel: 'warning',
  banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
});
chmodSync('dist/bin/docket.js', 0o755);
const { allSchemas } = await import(pathToFileURL('dist/schemas.js').href);
mkdirSync('dist/schema', { recursive: true });
for (const [name, schema] of Object.entries(allSchemas())) writeFileSync(`dist/schema/${name}.json`, JSON.stringify(schema, null, 2) + '\n');
if (types) execFileSync('node_modules/.bin/tsc', ['-p', 'test/build/tsconfig.types.json'], { stdio: 'inherit' });
if (!existsSync('dist/bin/docket.js')) process.exit(1);
