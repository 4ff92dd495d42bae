// Builds dist/: one bundle with code splitting, so that a command loads only what it needs; then the JSON Schemas, the licences of what is bundled, and the declarations.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildCore, placeNames } from './build-core.mjs';
import { buildHooks } from './build-hooks.mjs';
import { writeDeclarations } from './declarations.mjs';
import { writeNotices } from './notices.mjs';

process.chdir(new URL('../..', import.meta.url).pathname);
// Names the sources and what they are bundled with: what another build has kept in a cache is not trusted.
const sources = readdirSync('src', { recursive: true }).filter((name) => /\.(?:ts|css)$/.test(name)).toSorted();
const digest = createHash('sha256');
for (const path of [...sources.map((name) => join('src', name)), 'package-lock.json']) digest.update(path).update(readFileSync(path));
// Built beside dist/ and put in its place when it is whole: a build that fails, or another at the same time, breaks no running one.
const dist = `.dist-${process.pid}`;
const define = { DOCKET_VERSION: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version), DOCKET_BUILD: JSON.stringify(digest.digest('hex').slice(0, 16)) };
// Names stay, for what a stack says; blanks and long forms go, for they are read at every start.
const shared = { platform: 'node', target: 'node20.19', minifyWhitespace: true, minifySyntax: true, define, legalComments: 'linked', logLevel: 'warning' };
const { inputs, parts, fromCore } = await buildCore(dist, shared);
const hookInputs = await buildHooks(dist, shared);
const nameOf = (path) => `chunks/${path.replace(/^src\//, '').replace(/\.ts$/, '').replaceAll('/', '-')}`;
const { metafile } = await build({
  ...shared,
  entryPoints: { ...Object.fromEntries(parts.map((path) => [nameOf(path), path])), index: 'src/index.ts', reconcile: 'src/reconcile/index.ts', schemas: 'src/contract/schema/write-schemas.ts' },
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  metafile: true,
  plugins: [fromCore],
  chunkNames: 'chunks/[name]-[hash]',
  banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
});
const outputs = new Map(Object.entries(metafile.outputs).flatMap(([file, { entryPoint }]) => (entryPoint === undefined ? [] : [[entryPoint, file]])));
for (const file of [...Object.keys(metafile.outputs), join(dist, 'bin/docket.js'), join(dist, 'bin/core.cjs')]) {
  if (/\.c?js$/.test(file)) writeFileSync(file, placeNames(readFileSync(file, 'utf8'), file, dist, outputs));
}
writeFileSync(join(dist, 'bin/package.json'), '{"type": "commonjs"}\n');
chmodSync(join(dist, 'bin/docket.js'), 0o755);
// What `docket report` puts into its page: one script and one sheet of styles.
await build({
  entryPoints: { page: 'src/reports/html/client/main.ts', style: 'src/reports/html/client/page.css' },
  outdir: join(dist, 'report'),
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: ['chrome110', 'firefox115', 'safari16.4'],
  legalComments: 'none',
  logLevel: 'warning',
});
const { allSchemas } = await import(pathToFileURL(join(dist, 'schemas.js')).href);
mkdirSync(join(dist, 'schema'), { recursive: true });
for (const [name, schema] of Object.entries(allSchemas())) writeFileSync(join(dist, 'schema', `${name}.json`), `${JSON.stringify(schema, null, 2)}\n`);
rmSync(join(dist, 'schemas.js'));
writeNotices([...inputs, ...hookInputs, ...Object.keys(metafile.inputs)], join(dist, 'THIRD-PARTY-NOTICES.txt'));
writeDeclarations(['index.d.ts', 'reconcile/index.d.ts'], join(dist, 'types'));
const old = `.dist-old-${process.pid}`;
if (existsSync('dist')) renameSync('dist', old);
renameSync(dist, 'dist');
rmSync(old, { recursive: true, force: true });
