import { build } from 'esbuild';
import { basename, join } from 'node:path';

/**
 * What git's hooks start, read without the module loader since git waits: one file for a commit that was judged before, others for judging what most commits
 * are. They leave out the large parts that few commits need; where one is asked for it fails, and the whole of docket judges. Gives the files of which they are made.
 */
export async function buildHooks(dist, shared, minify = true) {
  const files = { 'bin/judge': 'src/rules/quick/check-index.ts', 'bin/front-matter': 'src/documents/parse-front-matter.ts', 'bin/markdown': 'src/documents/outline/read-markdown.ts' };
  const large = ['src/ledger/config/read-config.ts', 'src/ledger/infra/read-infra.ts', 'src/ledger/infra/order-folders.ts', 'src/rules/check/judge.ts', 'src/rules/quick/unread-documents.ts', 'src/git/slow-git.ts', 'src/git/history/walk-damaged.ts'];
  const contents = new Map([
    ...Object.entries(files).map(([name, path]) => [join(process.cwd(), path), `module.exports = require('./${basename(name)}.cjs')`]),
    ...large.map((path) => [join(process.cwd(), path), `throw new Error('this bundle does without it')`]),
  ]);
  const plugin = {
    name: 'apart',
    setup(hooks) {
      hooks.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
        const target = join(resolveDir, path);
        return kind === 'dynamic-import' && contents.has(target) ? { path: target, namespace: 'apart' } : undefined;
      });
      hooks.onLoad({ filter: /.*/, namespace: 'apart' }, ({ path }) => ({ contents: contents.get(path), loader: 'js' }));
    },
  };
  const { metafile } = await build({
    ...shared,
    entryPoints: { 'bin/hook': 'src/cli/hook-main.ts', ...files },
    outdir: dist,
    bundle: true,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: Object.keys(files).map((name) => `./${basename(name)}.cjs`),
    minify,
    metafile: true,
    plugins: [plugin],
  });
  return Object.keys(metafile.inputs);
}
