// Lays out what is published: the build and the texts, with a package.json that asks for no more than its users need.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Versions = Record<string, string>;

const texts = ['README.md', 'LICENSE', 'CHANGELOG.md'];

/**
 * Lays the package out in the folder `to`. What is bundled is not installed a second time: of the dependencies stay those that the declarations
 * name. There are no scripts. Needs a whole build in dist/.
 */
export function stagePackage(to: string): void {
  mkdirSync(to, { recursive: true });
  for (const path of ['dist', 'templates', ...texts]) cpSync(path, join(to, path), { recursive: true });
  const { devDependencies, scripts: _scripts, dependencies, ...manifest } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Versions>;
  const known: Versions = { ...devDependencies, ...dependencies };
  const needed = namesInDeclarations().map((name) => (name in known ? name : `@types/${name}`));
  const kept = Object.fromEntries(needed.map((name) => [name, versionOf(known, name)]));
  writeFileSync(join(to, 'package.json'), `${JSON.stringify({ ...manifest, dependencies: kept }, null, 2)}\n`);
}

/** Packs a staged folder into `to`; gives the path of the tarball. */
export function pack(staged: string, to: string): string {
  const packed = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', to], { cwd: staged, encoding: 'utf8' })) as { filename: string }[];
  return join(to, packed[0]?.filename ?? '');
}

function namesInDeclarations(): string[] {
  const names = new Set<string>();
  for (const entry of readdirSync('dist/types', { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    for (const [, name] of text.matchAll(/(?:from |import\()['"]((?:@[^/'"]+\/)?[^./'"][^/'"]*)/g)) {
      if (name !== undefined && !name.startsWith('node:')) names.add(name);
    }
  }
  return [...names].toSorted();
}

function versionOf(known: Versions, name: string): string {
  const version = known[name];
  if (version === undefined) throw new Error(`the declarations name ${name}, which is no dependency`);
  return version;
}
