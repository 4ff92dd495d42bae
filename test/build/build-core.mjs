import { build } from 'esbuild';
import { dirname, join, relative } from 'node:path';

/** What the commands that are run hundreds of times a day are made of; what these reach by static imports becomes one file. */
const hot = ['src/cli/run.ts', 'src/cli/commands/status.ts', 'src/cli/commands/list.ts', 'src/cli/commands/show.ts', 'src/cli/commands/search.ts'];
const coreName = 'docket:core';
const partName = 'docket:part/';

/**
 * Builds dist/bin/docket.js and the one file behind it, `core.cjs`: reading fifty files costs a command more than what it does, and CommonJS starts without
 * the module loader. All else (the parts, the library) stays split as it is, and takes what the core has from the core, so that nothing exists twice.
 *
 * Gives the files of which it is made, the entry points that it loads when it needs them, and the plugin that sends the other build to it.
 */
export async function buildCore(dist, shared) {
  const root = process.cwd();
  const modules = await modulesOf(shared);
  const names = await exportsOf(modules, shared);
  const nameIn = (path, name) => `m${modules.indexOf(path)}_${name}`;
  const parts = new Set();
  const placeholders = {
    name: 'parts-apart',
    setup(core) {
      core.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ kind, path, resolveDir }) => {
        const target = relative(root, join(resolveDir, path));
        if (kind !== 'dynamic-import' || modules.includes(target)) return undefined;
        parts.add(target);
        return { path: `${partName}${target}`, external: true };
      });
    },
  };
  const exported = (path) => (names.get(path) ?? []).map((name) => `${name} as ${nameIn(path, name)}`).join(', ');
  const contents = modules.map((path) => `export { ${exported(path)} } from './${path}';`).join('\n');
  const common = { ...shared, bundle: true, format: 'cjs', plugins: [placeholders] };
  const { metafile } = await build({ ...common, metafile: true, stdin: { contents, resolveDir: root, sourcefile: 'core.ts', loader: 'ts' }, outfile: join(dist, 'bin/core.cjs') });
  const values = (path) => (names.get(path) ?? []).map((name) => `${JSON.stringify(name)}: core.${nameIn(path, name)}`).join(', ');
  const start = {
    name: 'core-apart',
    setup(main) {
      main.onResolve({ filter: /^\.\/run\.ts$/ }, () => ({ path: 'src/cli/run.ts', namespace: 'core' }));
      main.onLoad({ filter: /.*/, namespace: 'core' }, ({ path }) => ({ contents: `const core = require('./core.cjs'); module.exports = { ${values(path)} };`, loader: 'js' }));
    },
  };
  await build({ ...common, entryPoints: ['src/cli/main.ts'], external: ['./core.cjs'], plugins: [start, placeholders], outfile: join(dist, 'bin/docket.js') });
  const fromCore = {
    name: 'from-core',
    setup(rest) {
      rest.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, resolveDir, namespace }) => {
        const target = relative(root, join(resolveDir, path));
        return namespace === 'file' && modules.includes(target) ? { path: target, namespace: 'core', sideEffects: false } : undefined;
      });
      rest.onResolve({ filter: /^core-itself$/ }, ({ path }) => ({ path, namespace: 'core' }));
      // Loaded without Node's search for the names that a CommonJS file exports, which reads it once more.
      const itself = `import { createRequire } from 'node:module'; export const core = createRequire(import.meta.url)("${coreName}");`;
      const named = (path) => (names.get(path) ?? []).map((name) => `export const ${name} = /* @__PURE__ */ (() => core.${nameIn(path, name)})();`);
      rest.onLoad({ filter: /.*/, namespace: 'core' }, ({ path }) => ({ contents: path === 'core-itself' ? itself : ["import { core } from 'core-itself';", ...named(path)].join('\n'), loader: 'js' }));
    },
  };
  return { inputs: Object.keys(metafile.inputs), parts: [...parts], fromCore };
}

/** A text of the output with the names of core and parts as paths from where it stands. `outputs` gives the file of each part. */
export function placeNames(text, file, dist, outputs) {
  const from = (target) => {
    const path = relative(dirname(file), target);
    return path.startsWith('.') ? path : `./${path}`;
  };
  return text
    .replaceAll(`"${coreName}"`, () => JSON.stringify(from(join(dist, 'bin/core.cjs'))))
    .replaceAll(new RegExp(`"${partName}([^"]+)"`, 'g'), (_, source) => JSON.stringify(from(outputs.get(source))));
}

/** The modules of which something is left in the core, themselves included what others need of them. */
async function modulesOf(shared) {
  let modules = hot;
  for (;;) {
    const contents = modules.map((path) => `export * as _${path.replace(/\W/g, '_')} from './${path}';`).join('\n');
    const dynamic = { name: 'no-parts', setup: (core) => core.onResolve({ filter: /^\./ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined)) };
    const { metafile } = await build({ ...shared, bundle: true, format: 'cjs', write: false, metafile: true, plugins: [dynamic], outfile: 'core.cjs', stdin: { contents, resolveDir: process.cwd(), loader: 'ts' } });
    const [output] = Object.values(metafile.outputs);
    const found = Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (path.startsWith('src/') && bytesInOutput > 0 ? [path] : [])).toSorted();
    if (found.length === modules.length) return found;
    modules = found;
  }
}

async function exportsOf(modules, shared) {
  const { metafile } = await build({ ...shared, entryPoints: modules, bundle: false, format: 'esm', write: false, metafile: true, outdir: 'exports', outbase: '.' });
  return new Map(Object.values(metafile.outputs).flatMap(({ entryPoint, exports }) => (entryPoint === undefined ? [] : [[entryPoint, exports]])));
}
