import { spawnSync } from 'node:child_process';
import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { measure, type Subject } from './measure.ts';

/** The names of the rows that others are told in. */
export const gitLog = 'the git log that linking needs';
export const linkedAnew = 'linking, no history known';
const oneMore = 'linking after one more commit';

/** The histories that linking has to stand, beside the typical one. */
const lengths = [20_000, 200_000];
const rounds = 9;

/** One file, as the command is built: what is measured is linking, not the search for modules nor their translation. */
export function buildLinkOnce(scratch: string): string {
  const outfile = join(scratch, 'link-once.mjs');
  buildSync({
    entryPoints: [fileURLToPath(new URL('link-once.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    minifyWhitespace: true,
    define: { DOCKET_BUILD: '"bench"' },
    banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
    logLevel: 'warning',
  });
  return outfile;
}

/**
 * Linking alone: the walk of history and the links of all entries, without the start of the process and without the reading of documents.
 *
 * @param every the walk of all history is measured in every n-th round only
 */
export function linkingSubjects(linkOnce: string, dir: string, every = 3): Subject[] {
  const args = [linkOnce, dir];
  const timed = (stdout: string): number => {
    const { history, links } = JSON.parse(stdout) as { history: number; links: number };
    return history + links;
  };
  const forgetHistory = (): void => {
    const kept = join(dir, '.git/docket/v1');
    for (const name of readdirSync(kept)) if (/^(?:history|landed|cited)-/.test(name)) rmSync(join(kept, name));
  };
  const commitOne = (): void => {
    appendFileSync(join(dir, 'machine-docs/DECISIONS.md'), `\n- **One more:** as commit ${git(dir, ['rev-parse', 'HEAD']).trim()} says.\n`);
    git(dir, ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.org', 'commit', '-q', '-am', 'decisions: one more']);
  };
  const log = ['log', '-z', '--raw', '--no-abbrev', '--patch', '--unified=0', '--text', '--find-renames=50%', '--full-history', '--sparse', '--diff-merges=first-parent', '--format=%H%x00%P%x00%an%x00%ct%x00%B%x00', '--', 'machine-docs'];
  // Documents are read before anything is measured, and what of them is kept belongs to this build.
  const read = (): void => void spawnSync(process.execPath, args, { stdio: 'ignore' });
  return [
    { name: gitLog, program: 'git', args: log, every },
    { name: linkedAnew, args, timed, before: () => (read(), forgetHistory()), every },
    { name: 'linking', args, timed },
    { name: oneMore, args, timed, before: commitOne },
  ];
}

/** The same record under histories of 20,000 and 200,000 commits. Says what linking costs there, and whether it grows. */
export function linkingTable(linkOnce: string, from: string, scratch: string): string {
  const rows = lengths.map((length) => {
    const dir = join(scratch, `history-${length}`);
    spawnSync('git', ['clone', '-q', '--no-hardlinks', from, dir]);
    lengthen(dir, length);
    const subjects = linkingSubjects(linkOnce, dir, rounds);
    const figures = new Map(measure([{ name: 'empty', args: ['-e', '0'] }, ...subjects], rounds, dir).map((one) => [one.name, one]));
    rmSync(dir, { recursive: true, force: true });
    const ms = (name: string): number => figures.get(name)?.ms ?? Number.NaN;
    const peak = (name: string): string => (figures.get(name)?.peak ?? Number.NaN).toFixed(0);
    const text = `| ${length.toLocaleString('en')} | ${(ms(linkedAnew) / ms(gitLog)).toFixed(2)} | ${(ms('linking') / ms('empty')).toFixed(2)} | ${(ms(oneMore) / ms('empty')).toFixed(2)} | ${peak(linkedAnew)} | ${peak(oneMore)} |`;
    return { text, after: ms(oneMore) / ms('empty') };
  });
  const [first, last] = [rows.at(0)?.after ?? Number.NaN, rows.at(-1)?.after ?? Number.NaN];
  return [
    '| linking at so many commits | no history known, × the git log | nothing new, × an empty Node process | after one more commit, × an empty Node process | peak memory of the first, MiB | of the last, MiB |',
    '|---:|---:|---:|---:|---:|---:|',
    ...rows.map(({ text }) => text),
    '',
    `after one more commit at 200,000 commits: ${(last / first).toFixed(2)} × what it costs at 20,000`,
  ].join('\n');
}

/** Puts commits that touch no document on top until there are so many. */
function lengthen(dir: string, commits: number): void {
  const missing = commits - Number(git(dir, ['rev-list', '--count', 'HEAD']));
  const start = Number(git(dir, ['log', '-1', '--format=%ct']));
  const branch = git(dir, ['symbolic-ref', 'HEAD']).trim();
  const stream = Array.from({ length: missing }, (_, index) => {
    const message = `chore: part ${index % 400} is a little longer`;
    const text = `export const part = ${index};\n`;
    const parent = index === 0 ? `from ${branch}^0\n` : '';
    return `commit ${branch}\ncommitter Bench <bench@example.org> ${start + 60 * (index + 1)} +0000\ndata ${message.length}\n${message}\n${parent}M 100644 inline src/part-${index % 400}.ts\ndata ${text.length}\n${text}\n`;
  }).join('');
  const { status } = spawnSync('git', ['-C', dir, 'fast-import', '--quiet'], { input: stream });
  if (status !== 0) throw new Error(`git fast-import ended with ${status}`);
  git(dir, ['reset', '-q', '--hard']);
}

function git(dir: string, args: readonly string[]): string {
  return spawnSync('git', ['-C', dir, ...args], { encoding: 'utf8' }).stdout;
}
