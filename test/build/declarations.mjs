// Writes the declarations of the library: what its entry points reach, and nothing of the rest of src/.
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// What the compiler made is kept from one build to the next, so that only what has changed is compiled again.
const kept = 'node_modules/.cache/docket-types';

/** Writes the declarations that these entry points (relative to src/) reach into the folder `to`. */
export function writeDeclarations(entryPoints, to) {
  const options = ['--outDir', join(kept, 'types'), '--incremental', '--tsBuildInfoFile', join(kept, 'tsbuildinfo')];
  execFileSync('node_modules/.bin/tsc', ['-p', 'test/build/tsconfig.types.json', ...options], { stdio: 'inherit' });
  for (const path of reachable(entryPoints)) cpSync(join(kept, 'types', path), join(to, path));
}

function reachable(entryPoints) {
  const found = new Set(entryPoints);
  for (const path of found) {
    for (const [, name] of readFileSync(join(kept, 'types', path), 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)['"]/g)) {
      found.add(join(dirname(path), name.replace(/\.[jt]s$/, '.d.ts')));
    }
  }
  return found;
}
