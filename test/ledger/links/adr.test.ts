import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildRepo, type TestRepo } from '../../git/build-repo.ts';

const docket = join(import.meta.dirname, '../../../dist/bin/docket.js');

interface Listed {
  id: string;
  title: string;
  date: string | null;
  state: string;
  place: { line: number; endLine: number };
  supersedes?: { target: string | null }[];
  supersededBy?: { target: string | null }[];
}

function list(repo: TestRepo, ...args: string[]): Listed[] {
  return JSON.parse(execFileSync('node', [docket, '-C', repo.dir, 'list', 'decision', '--json', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })).data.entries;
}

const record = (title: string, date: string, status: string, decision = '## Decision\n\nWe will.\n'): string => `# ${title}\n\nDate: ${date}\n\n## Status\n\n${status}\n\n## Context\n\nThings are so.\n\n${decision}\n## Consequences\n\nThey change.\n`;

test('a file of an architecture decision record is one decision, with the date, the state and the links of its status', async () => {
  const repo = await buildRepo();
  const files: Record<string, string> = {
    'doc/adr/0001-use-a-queue.md': record('1. Use a queue', '2021-03-04', 'Superceded by [3. Use a log](0003-use-a-log.md)'),
    'doc/adr/0002-keep-it-small.md': record('2. Keep it small', '2021-04-05', 'Accepted\n\nAmends [1. Use a queue](0001-use-a-queue.md)'),
    'doc/adr/0003-use-a-log.md': record('3. Use a log', '2021-05-06', 'Accepted\n\nSupersedes [1. Use a queue](0001-use-a-queue.md)'),
    'doc/adr/0004-ask-first.md': record('4. Ask first', '2021-06-07', 'Pending', '## Proposal\n\nAny call MUST ask.\n'),
    // MADR: bullets below the title, and other names for the parts.
    'doc/adr/0005-other-form.md': '# Pick a colour\n\n* Status: superseded by [Blue it is](0006-blue.md)\n* Date: 2021-07-08\n\n## Context and Problem Statement\n\nWhich?\n\n## Considered Options\n\n* red\n* blue\n\n## Decision Outcome\n\nRed.\n',
    'doc/adr/0006-blue.md': '# Blue it is\n\n* Status: accepted\n\n## Context and Problem Statement\n\nRed was loud.\n\n## Decision Outcome\n\nBlue.\n',
  };
  for (const [path, text] of Object.entries(files)) repo.write(path, text);
  repo.write('machine-docs/docket.yaml', `documents:\n${Object.keys(files).map((path) => `  ${path}: DECISIONS.md\n`).join('')}`);
  // A log of decisions stays one decision a section, whatever they are called.
  repo.write('machine-docs/DECISIONS.md', '# Decisions\n\n## Status of the cache\n\nIt stays.\n\n## Decision on names\n\nShort ones.\n');
  repo.commit('adr: all');
  const listed = list(repo);
  expect(listed.map(({ title, date, state }) => [title, date, state])).toEqual([
    ['1. Use a queue', '2021-03-04', 'superseded'],
    ['2. Keep it small', '2021-04-05', 'settled'],
    ['3. Use a log', '2021-05-06', 'settled'],
    ['4. Ask first', '2021-06-07', 'proposed'],
    ['Pick a colour', '2021-07-08', 'superseded'],
    ['Blue it is', null, 'settled'],
    ['Status of the cache', null, 'settled'],
    ['Decision on names', null, 'settled'],
  ]);
  expect(listed[0]?.place).toMatchObject({ line: 1, endLine: 19 });
  expect(listed[0]?.supersededBy?.map(({ target }) => target)).toEqual(['decision:-/3-use-a-log']);
  expect(listed[2]?.supersedes?.map(({ target }) => target)).toEqual(['decision:-/1-use-a-queue']);
  expect(listed[4]?.supersededBy?.map(({ target }) => target)).toEqual(['decision:-/blue-it-is']);
  expect(list(repo, '--state', 'settled').map(({ title }) => title)).not.toContain('1. Use a queue');
});

test('words with a number are findings only where the record has one of that name', async () => {
  const repo = await buildRepo();
  repo.write('machine-docs/JOURNAL-q8.md', '# JOURNAL\n\n## 2026-05-01 — notes\n\nWritten with GPT-5.5 under Apache-2.0 in Session-5; F2-14c is gone, and Model-7 is open.\n');
  repo.write('machine-docs/BACKLOG-q8.md', '# BACKLOG\n\n## Adversary findings\n\n### Model-7 [adversary] it drifts\n- **Status:** OPEN\n');
  repo.commit('journal(q8): notes');
  const shown = JSON.parse(execFileSync('node', [docket, '-C', repo.dir, 'list', 'journal', '--json'], { encoding: 'utf8' })).data.entries[0].refs;
  expect(shown.map(({ value, status }: { value: string; status: string }) => [value, status])).toEqual([['F2-14c', 'dangling'], ['Model-7', 'resolved']]);
});
