import { build } from 'esbuild';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Bundles a TypeScript script into one file that plain Node runs: what is to be killed has to be a process of its own. */
export async function bundleScript(url: URL): Promise<string> {
  const outfile = join(await mkdtemp(join(tmpdir(), 'docket-script-')), 'script.mjs');
  await build({
    entryPoints: [fileURLToPath(url)],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
    banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
  });
  return outfile;
}
