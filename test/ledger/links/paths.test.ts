import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildRepo, temporaryFolder, type TestRepo } from '../../git/build-repo.ts';
import { journal, journalPath, readLinks } from './linked.ts';

const numbers = ['first of the lines', 'second of the lines', 'third of the lines', 'fourth of the lines', 'fifth of the lines', 'sixth of the lines'];
const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** A repository in which one committed entry cites these paths; `src/a.sh` has six lines. */
async function citing(...mentions: string[]): Promise<TestRepo> {
  const repo = await buildRepo();
  repo.write('src/a.sh', text(numbers));
  repo.write(journalPath, journal(...mentions.map((mention) => `See \`${mention}\`.`)));
  repo.commit('journal(k2): cited');
  return repo;
}

describe('a path and lines', () => {
  test('are resolved while the text is where it was, edited on the spot or not', async () => {
    const repo = await citing('src/a.sh:3', 'src/a.sh:4-5', 'src/a.sh');
    repo.write('src/a.sh', text(numbers.with(2, 'something else by now')));
    expect(await readLinks(repo)).toEqual({
      'src/a.sh:3-3': { target: 'src/a.sh', status: 'resolved' },
      'src/a.sh:4-5': { target: 'src/a.sh', status: 'resolved' },
      'src/a.sh': { target: 'src/a.sh', status: 'resolved' },
    });
  });

  test('are stale where the text has moved, and it is said whither; committed or not, as of a revision or now', async () => {
    const repo = await citing('src/a.sh:3', 'src/a.sh:4-5');
    const cited = repo.git('rev-parse', 'HEAD');
    repo.write('src/a.sh', text(['new', 'new too', ...numbers]));
    const moved = { 'src/a.sh:3-3': { target: 'src/a.sh', status: 'stale', now: { from: 5, to: 5 } }, 'src/a.sh:4-5': { target: 'src/a.sh', status: 'stale', now: { from: 6, to: 7 } } };
    expect(await readLinks(repo)).toEqual(moved);
    repo.commit('feat: two lines on top');
    expect(await readLinks(repo)).toEqual(moved);
    expect(await readLinks(repo, { source: 'index' })).toEqual(moved);
    expect((await readLinks(repo, { at: cited }))['src/a.sh:3-3']?.status).toBe('resolved');
  });

  test('are stale where the file has become too short, the lines are gone, or never were', async () => {
    const repo = await citing('src/a.sh:6', 'src/a.sh:2', 'src/a.sh:40');
    repo.write('src/a.sh', text([numbers[0] ?? '', 'not the same', 'nor this', 'nor that']));
    expect(await readLinks(repo)).toEqual({
      'src/a.sh:6-6': { target: 'src/a.sh', status: 'stale' },
      'src/a.sh:2-2': { target: 'src/a.sh', status: 'resolved' },
      'src/a.sh:40-40': { target: 'src/a.sh', status: 'stale' },
    });
    repo.write('src/a.sh', text(['all', 'of', 'it', 'is', 'new', 'now']));
    expect((await readLinks(repo))['src/a.sh:2-2']).toEqual({ target: 'src/a.sh', status: 'stale' });
  });

  test('a file that was deleted or renamed since is stale, one that never was dangles', async () => {
    const repo = await citing('src/a.sh', 'src/b.sh', 'a.sh');
    repo.git('mv', 'src/a.sh', 'src/c.sh');
    repo.commit('refactor: c');
    expect(await readLinks(repo)).toEqual({ 'src/a.sh': { target: 'src/a.sh', status: 'stale' }, 'src/b.sh': { target: null, status: 'dangling' } });
  });

  test('line ends and blanks at line ends move nothing', async () => {
    const repo = await citing('src/a.sh:3');
    repo.write('src/a.sh', numbers.map((line) => `${line} \r\n`).join(''));
    expect((await readLinks(repo))['src/a.sh:3-3']?.status).toBe('resolved');
  });
});

describe('what only looks like a path', () => {
  test('branches, images, alternatives are no mentions; a file that is missing in a folder that is there is one', async () => {
    const repo = await citing('fix/upload', 'linux/amd64', 'and/or', 'src/gone', './lib/gone', '/etc/passwd', '../other/x.ts', 'src/');
    expect(await readLinks(repo)).toEqual({
      'src/gone': { target: null, status: 'dangling' },
      './lib/gone': { target: null, status: 'dangling' },
      '/etc/passwd': { target: '/etc/passwd', status: 'external' },
      '../other/x.ts': { target: null, status: 'dangling' },
      'src/': { target: 'src', status: 'resolved' },
    });
  });

  test('names with the marks of git mean files, and nothing else', async () => {
    const repo = await citing('--help.md', ':(top)none.md');
    expect(Object.values(await readLinks(repo)).map(({ status }) => status)).toEqual(['dangling', 'dangling']);
    repo.write('--help.md', 'x\n');
    expect((await readLinks(repo))['--help.md']).toEqual({ target: '--help.md', status: 'resolved' });
    repo.commit('docs: an odd name');
    expect((await readLinks(repo, { at: 'HEAD' }))['--help.md']).toEqual({ target: '--help.md', status: 'resolved' });
    expect((await readLinks(repo, { source: 'index' }))['--help.md']).toEqual({ target: '--help.md', status: 'resolved' });
  });
});

test('nothing is looked for behind a symbolic link', async () => {
  const outside = temporaryFolder();
  const repo = await citing('lib/secret.txt', 'lib');
  symlinkSync(outside, join(repo.dir, 'lib'));
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(outside, 'secret.txt'), 'x\n');
  expect((await readLinks(repo))['lib/secret.txt']).toEqual({ target: null, status: 'dangling' });
  repo.commit('feat: a link');
  expect((await readLinks(repo, { at: 'HEAD' }))['lib/secret.txt']).toEqual({ target: null, status: 'dangling' });
});

test('a document is named with or without its ending', async () => {
  const repo = await citing('STATUS-k2.md');
  repo.write('machine-docs/STATUS-k2.md', '# STATUS\n');
  repo.write('machine-docs/JOURNAL-k3.md', '# JOURNAL\n\n## 2026-03-02 — on\n\nAs the JOURNAL-k2 12:15Z entry says; STATUS-k9 does not.\n');
  expect(await readLinks(repo)).toEqual({ 'STATUS-k2.md': { target: 'machine-docs/STATUS-k2.md', status: 'resolved' }, 'JOURNAL-k2': { target: journalPath, status: 'resolved' } });
});
