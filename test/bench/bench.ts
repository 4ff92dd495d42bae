import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hookSubjects, hookTable, largeSubjects } from './hook-subjects.ts';
import { makeEntries } from './make-entries.ts';
import { extreme, makeTypical, stress, typical } from './make-typical.ts';
import type { Size } from './make-typical.ts';
import { buildLinkOnce, gitLog, linkedAnew, linkingSubjects, linkingTable } from './linking.ts';
import { measure } from './measure.ts';
import type { Figure, Subject } from './measure.ts';

// Times of docket on a generated repository, as ratios to an empty Node process of the same run; prints a markdown table.

const sizes: Record<string, Size> = { typical, stress, extreme };
const { values } = parseArgs({ options: { size: { type: 'string', default: 'typical' }, rounds: { type: 'string', default: '15' }, repo: { type: 'string' }, only: { type: 'string' }, keep: { type: 'boolean', default: false } } });
const size = sizes[values.size];
if (!size) {
  console.error('usage: npm run bench -- [--size typical|stress|extreme] [--rounds N] [--repo DIR] [--only PATTERN] [--keep]');
  process.exit(2);
}

const emptyProcess = 'empty Node process';
const manyEntries = 50_000;
const bin = fileURLToPath(new URL('../../dist/bin/docket.js', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'docket-bench-'));
const linkOnce = buildLinkOnce(scratch);
const dir = values.repo ?? join(scratch, 'repository');
if (values.repo === undefined) await makeTypical(dir, size);
try {
  const figures = measure(subjects().filter(isAsked), Number(values.rounds), dir);
  console.log(tableOf(figures, dir));
  if (values.only === undefined || new RegExp(values.only, 'u').test('search')) {
    const many = searching();
    console.log(`\n${manyEntries} entries\n\n${rowsOf(measure(many.subjects, Number(values.rounds), many.dir)).join('\n')}`);
  }
  if (values.only === undefined) console.log(`\n${await hookTables()}`);
  if (values.size === 'typical' && isAsked({ name: 'linking at so many commits' })) console.log(`\n${linkingTable(linkOnce, dir, scratch)}`);
} finally {
  if (values.keep) console.error(`kept: ${dir}`);
  else rmSync(scratch, { recursive: true, force: true });
}

/** What is not asked for is left out; the rows that others are told in stay. */
function isAsked({ name }: Pick<Subject, 'name'>): boolean {
  return values.only === undefined || name === emptyProcess || new RegExp(values.only, 'u').test(name);
}

function subjects(): Subject[] {
  const journals = readdirSync(join(dir, 'machine-docs')).filter((name) => name.startsWith('JOURNAL-')).sort();
  const journal = join(dir, 'machine-docs', journals[Math.floor(journals.length / 2)] ?? '');
  let edits = 0;
  const editOne = (): void => appendFileSync(journal, `\n## 2027-01-01 — edit ${(edits += 1)}\n\nOne more entry, ${edits}.\n`);
  const forget = (): void => rmSync(join(dir, '.git/docket'), { recursive: true, force: true });
  const docket = (...args: string[]): string[] => [bin, ...args];
  // Other rows edit and commit: what is measured as warm was asked once since.
  const warm = (name: string, ...args: string[]): Subject[] => {
    const asked = docket(...(args.length === 0 ? [name] : args));
    return [{ name, args: asked, before: () => void spawnSync(process.execPath, asked, { cwd: dir, stdio: 'ignore' }) }];
  };
  return [
    { name: emptyProcess, args: ['-e', '0'] },
    { name: '--version', args: docket('--version') },
    { name: 'status, no cache yet', args: docket('status'), before: forget, every: 5 },
    ...warm('status'),
    ...warm('status --json', 'status', '--json'),
    ...warm('list'),
    ...warm('list, 20 of them', 'list', '--limit', '20'),
    ...warm('list claim --json', 'list', 'claim', '--json'),
    ...warm('show', 'show', someEntry()),
    ...warm('search', 'search', 'mirror', 'proxy'),
    ...warm('search --json', 'search', 'mirror', 'proxy', '--json'),
    ...[['status'], ['list'], ['show', someEntry()], ['search', 'mirror', 'proxy']].map((args) => ({ name: `${args[0]} after one edit`, args: docket(...args), before: editOne })),
    { name: 'why', args: docket('why', 'machine-docs/DECISIONS.md:5'), every: 3 },
    { name: 'check of the last 20 commits', args: docket('check', '--range', 'HEAD~20..HEAD'), exits: [0, 1], every: 5 },
    { name: 'sync --dry-run', args: docket('sync', '--dry-run'), exits: [0, 1], every: 5 },
    ...linkingSubjects(linkOnce, dir),
    ...reading(),
  ];
}

/** A search over many entries: warm, and the first one after an edit. */
function searching(): { dir: string; subjects: Subject[] } {
  const many = join(scratch, 'entries');
  const journal = makeEntries(many, manyEntries);
  const warm = (name: string, ...args: string[]): Subject => ({ name, args: [bin, ...args], before: () => void spawnSync(process.execPath, [bin, ...args], { cwd: many, stdio: 'ignore' }) });
  const edit = (): void => appendFileSync(journal, '\n## 2027-01-01 — one more\n\nOne more entry.\n');
  return {
    dir: many,
    subjects: [
      { name: emptyProcess, args: ['-e', '0'] },
      warm('search', 'search', 'mirror', 'proxy'),
      warm('search --json', 'search', 'mirror', 'proxy', '--json'),
      warm('status', 'status'),
      { name: 'search after one edit', args: [bin, 'search', 'mirror', 'proxy'], before: edit, every: 5 },
    ],
  };
}

/** The reading of all documents alone, beside remark's. */
function reading(): Subject[] {
  const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const timed = (stdout: string): number => (JSON.parse(stdout) as { ms: number }).ms;
  const args = (kind: string): string[] => ['--import', here('../build/run-ts.mjs'), here('read-once.ts'), kind, join(dir, 'machine-docs')];
  return ['remark', 'remark with gfm', 'split', 'read', 'whole of 300 KB', 'edited section'].map((kind) => ({ name: `reading: ${kind}`, args: args(kind), timed, every: 3 }));
}

/** What git waits for: on a clone, so that nothing measured above meets the hooks; and on a record of 100 MB, whose history says nothing here. */
async function hookTables(): Promise<string> {
  const clone = join(scratch, 'hooked');
  spawnSync('git', ['clone', '-q', '--no-hardlinks', dir, clone]);
  const usual = hookSubjects(bin, clone);
  const table = hookTable(measure(usual.subjects, Number(values.rounds), clone), usual.rows);
  const large = join(scratch, 'large');
  await makeTypical(large, { ...stress, commits: 4000 });
  const huge = largeSubjects(bin, large);
  return `${table}\n\nwith 100 MB of markdown: ${hookTable(measure(huge.subjects, Number(values.rounds), large), huge.rows)}`;
}

/** An id to show: the first claim there is. */
function someEntry(): string {
  const { stdout } = spawnSync(process.execPath, [bin, 'list', 'claim', '--json', '--limit', '1'], { cwd: dir, encoding: 'utf8' });
  const { data } = JSON.parse(stdout) as { data: { entries: { id: string }[] } };
  const [first] = data.entries;
  if (!first) throw new Error('the generated repository has no claim');
  return first.id;
}

function tableOf(figures: Figure[], repository: string): string {
  const git = (...args: string[]): string => spawnSync('git', ['-C', repository, ...args], { encoding: 'utf8' }).stdout.trim();
  const files = git('ls-files', 'machine-docs').split('\n').length;
  const msOf = (name: string): number => figures.find((one) => one.name === name)?.ms ?? Number.NaN;
  const megabytes = git('ls-tree', '-r', '-l', 'HEAD', 'machine-docs').split('\n').reduce((sum, line) => sum + (line.endsWith('.md') ? Number(line.split(/\s+/u)[3]) : 0), 0) / 1e6;
  const speed = (kind: string): string => ((megabytes / msOf(`reading: ${kind}`)) * 1000).toFixed(1);
  const timesFaster = (slow: string, fast: string): string => (msOf(`reading: ${slow}`) / msOf(`reading: ${fast}`)).toFixed(1);
  return [
    `${values.size}: ${git('rev-list', '--count', 'HEAD')} commits, ${files} documents; Node ${process.version}, ${cpus().length} cores; medians of ${values.rounds} interleaved rounds`,
    '',
    ...rowsOf(figures),
    '',
    `reading: ${speed('remark')} MB/s by remark, ${speed('split')} split, ${speed('read')} read cold; ${timesFaster('remark', 'split')} × faster split than parsed by remark (target 20); ${timesFaster('remark', 'read')} × faster read (target 1); ${timesFaster('whole of 300 KB', 'edited section')} × faster read after an edit of one section of 300 KB (target 20)`,
    `${linkedAnew}: ${(msOf(linkedAnew) / msOf(gitLog)).toFixed(2)} × ${gitLog}`,
  ].join('\n');
}

/** Every figure as a ratio to the empty process of its run, with the memory that it took. */
function rowsOf(figures: Figure[]): string[] {
  const empty = figures.find((one) => one.name === emptyProcess)?.ms ?? Number.NaN;
  return [
    '| command | × an empty Node process | ms | peak memory, MiB |',
    '|---|---:|---:|---:|',
    ...figures.map((one) => `| ${one.name} | ${(one.ms / empty).toFixed(2)} | ${one.ms.toFixed(0)} | ${one.peak.toFixed(0)} |`),
  ];
}
