// Builds dist/: one bundle with code splitting, so that a command loads only what it needs; then the JSON Schemas, the licences of what is bundled, and the declarations.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeDeclarations } from './declarations.mjs';
import { writeNotices } from './notices.mjs';

process.chdir(new URL('../..', import.meta.url).pathname);
// Names the sources and what they are bundled with: what another build has kept in a cache is not trusted.
const sources = readdirSync('src', { recursive: true }).filter((name) => name.endsWith('.ts')).toSorted();
const digest = createHash('sha256');
for (const path of [...sources.map((name) => join('src', name)), 'package-lock.json']) digest.update(path).update(readFileSync(path));
// Built beside dist/ and put in its place when it is whole: a build that fails, or another at the same time, breaks no running one.
const dist = `.dist-${process.pid}`;
const bundle = await build({
  metafile: true,
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
rmSync(join(dist, 'schemas.js'));
writeNotices(Object.keys(bundle.metafile.inputs), join(dist, 'THIRD-PARTY-NOTICES.txt'));
writeDeclarations(['index.d.ts', 'reconcile/index.d.ts'], join(dist, 'types'));
const old = `.dist-old-${process.pid}`;
if (existsSync('dist')) renameSync('dist', old);
renameSync(dist, 'dist');
rmSync(old, { recursive: true, force: true });
