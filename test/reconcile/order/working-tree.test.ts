import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readWorkingTree, type ReadTree } from '../../../src/reconcile/index.ts';

function treeWith(paths: string[]): ReadTree {
  const root = mkdtempSync(join(tmpdir(), 'docket-tree-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const path of paths) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), path);
  }
  symlinkSync('/etc', join(root, 'outside'));
  symlinkSync('/etc/passwd', join(root, 'u', 'out.service'));
  symlinkSync('a.service', join(root, 'u', 'in.service'));
  return readWorkingTree(root);
}

const paths = ['compose.yml', 'u/a.service', 'u/a.service.d/1.conf', 'u/deep/b.service', 'nix/x.nix', 'nix/m/n/y.nix', 'nix/.hidden.nix', 'node_modules/z/z.nix', '.git/q.nix', 'x/{odd}.service'];

it.each([
  [['u/a*.service'], ['u/a.service']],
  [['u/a*.service', 'u/*.d/*.conf'], ['u/a.service', 'u/a.service.d/1.conf']],
  [['u/**/[ab].service'], ['u/a.service', 'u/deep/b.service']],
  [['nix/**/*.nix'], ['nix/.hidden.nix', 'nix/m/n/y.nix', 'nix/x.nix']],
  [['**/*.nix'], ['nix/.hidden.nix', 'nix/m/n/y.nix', 'nix/x.nix']],
  [['*/*.nix'], ['nix/.hidden.nix', 'nix/x.nix']],
  [['{u,nix}/*'], ['nix/.hidden.nix', 'nix/x.nix', 'u/a.service', 'u/in.service', 'u/out.service']],
  [['compose.yml', 'u/a.service'], ['compose.yml', 'u/a.service']],
  [['compose.y?ml', 'comp[o]se.yml'], ['compose.yml']],
  [['gone/*.service', 'gone.yml', 'compose.yml/x'], []],
  [['outside/*'], []],
  [[], []],
])('%j', async (globs, expected) => {
  expect((await treeWith(paths).list(globs)).sort()).toEqual(expected);
});

it('reads what is there', async () => {
  const tree = treeWith(paths);
  expect(await tree.read('u/a.service')).toBe('u/a.service');
  expect(await tree.read('u/gone.service')).toBeNull();
  expect(await tree.read('u')).toBeNull();
  expect(await tree.read('u/in.service')).toBe('u/a.service');
  expect(await tree.read('u/out.service')).toBeNull();
  expect(await tree.read('outside/passwd')).toBeNull();
});
