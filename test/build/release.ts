// npm run release [-- --out DIR]: everything that a release must pass, then the tarball, its bill of materials and what remains to be done by hand.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pack, stagePackage } from './stage.ts';

process.chdir(new URL('../..', import.meta.url).pathname);
const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };
const given = process.argv.indexOf('--out');
const out = resolve(given === -1 ? '.release' : (process.argv[given + 1] ?? '.release'));
const run = (command: string, ...args: string[]): Buffer => execFileSync(command, args, { stdio: 'inherit' });
const ask = (command: string, ...args: string[]): string => execFileSync(command, args, { encoding: 'utf8' }).trim();

const faults = ([
  [ask('git', 'status', '--porcelain') !== '', 'the working tree has changes: commit them'],
  [ask('git', 'tag', '--list', `v${version}`) !== '', `the tag v${version} is there: raise the version in package.json`],
  [!new RegExp(`^## ${version.replaceAll('.', '\\.')} — \\d{4}-\\d\\d-\\d\\d$`, 'm').test(readFileSync('CHANGELOG.md', 'utf8')), `CHANGELOG.md has no "## ${version} — DATE": write what is new`],
] as const).flatMap(([wrong, why]) => (wrong ? [why] : []));
if (faults.length > 0) {
  process.stderr.write(`${faults.map((fault) => `not released: ${fault}\n`).join('')}`);
  process.exit(1);
}

/** The bill of materials; npm names its subject after the folder of the clone. */
function writeBill(): string {
  const bill = JSON.parse(ask('npm', 'sbom', '--omit', 'dev', '--sbom-format', 'cyclonedx')) as { metadata: { component: { name: string } } };
  bill.metadata.component.name = name;
  return `${JSON.stringify(bill, null, 2)}\n`;
}

run('npm', 'run', 'check');
const scratch = mkdtempSync(join(tmpdir(), 'docket-release-'));
try {
  mkdirSync(out, { recursive: true });
  stagePackage(join(scratch, 'package'));
  const tarball = pack(join(scratch, 'package'), out);
  run('node_modules/.bin/publint', tarball, '--strict');
  run('node_modules/.bin/attw', tarball, '--profile', 'esm-only');
  // What is bundled is part of the product, so the bill names all that the source depends on.
  writeFileSync(join(out, `docket-${version}.sbom.json`), writeBill());
  process.stdout.write(`\n${tarball}\nsha256 ${createHash('sha256').update(readFileSync(tarball)).digest('hex')}\n\nWhat remains:\n`);
  process.stdout.write(`  git tag -s v${version} -m 'docket ${version}'\n  git push origin v${version}\n  npm publish ${tarball} --provenance\n`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
