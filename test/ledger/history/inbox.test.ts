import { describe, expect, test } from 'vitest';
import { openDocket, type Entry, type OpenOptions } from '../../../src/index.ts';
import { buildRepo, type TestRepo } from '../../git/build-repo.ts';

const path = 'machine-docs/BUILDER-INBOX.md';
const message = (title: string, ...lines: string[]): string => `## @2026-01-01T10:00Z - Adversary: ${title}\n\n${lines.join('\n')}\n`;

/** The ledger of messages: title → by which commits it was sent, grew and was consumed; the kept answer and the one found anew must agree. */
async function ledgerOf(repo: TestRepo, options: OpenOptions = {}): Promise<unknown[]> {
  const read = async (more: OpenOptions): Promise<unknown[]> => {
    const { ledger } = await openDocket(repo.dir, { ...options, ...more });
    return ledger.entries.filter(({ kind }) => kind === 'inbox').map(told);
  };
  const kept = await read({});
  expect(await read({ cache: false })).toEqual(kept);
  return kept;
}

const told = ({ title, state, sent, grown, consumed }: Entry): unknown[] => [title.replace(/^Adversary: /u, ''), state, sent?.commit ?? null, (grown ?? []).map(({ commit }) => commit), consumed?.commit ?? null];

describe('the ledger of messages, from history', () => {
  test('sent, grown, consumed; at every commit as it was then', async () => {
    const repo = await buildRepo();
    repo.write(path, message('the gate hangs', 'It waits.'));
    const sent = repo.commit('inbox(k2): one');
    repo.write(path, message('the gate hangs', 'It waits.', 'And waits.'));
    const grown = repo.commit('inbox(k2): more');
    repo.remove(path);
    const consumed = repo.commit('fix(k2): gate');
    expect(await ledgerOf(repo)).toEqual([['the gate hangs', 'consumed', sent, [grown], consumed]]);
    expect(await ledgerOf(repo, { at: grown })).toEqual([['the gate hangs', 'unread', sent, [grown], null]]);
    expect(await ledgerOf(repo, { at: sent })).toEqual([['the gate hangs', 'unread', sent, [], null]]);
  });

  test('several in one file, read one by one, the last by leaving the file empty', async () => {
    const repo = await buildRepo();
    repo.write(path, `# BUILDER-INBOX\n\n${message('first', 'One.')}\n${message('second', 'Two.')}`);
    const sent = repo.commit('inbox(k2): two');
    repo.write(path, `# BUILDER-INBOX\n\n${message('second', 'Two.')}`);
    const one = repo.commit('journal(k2): first read');
    repo.write(path, '# BUILDER-INBOX\n\n(none)\n');
    const two = repo.commit('journal(k2): second read');
    expect((await ledgerOf(repo)).toSorted()).toEqual([['first', 'consumed', sent, [], one], ['second', 'consumed', sent, [], two]]);
  });

  test('the same words sent again are another message', async () => {
    const repo = await buildRepo();
    const commits = [0, 1].map(() => {
      repo.write(path, message('the gate hangs', 'It waits.'));
      const sent = repo.commit('inbox(k2): sent');
      repo.remove(path);
      return [sent, repo.commit('fix(k2): read')];
    });
    expect(await ledgerOf(repo)).toEqual(commits.map(([sent, consumed]) => ['the gate hangs', 'consumed', sent, [], consumed]));
    const { ledger } = await openDocket(repo.dir);
    expect(new Set(ledger.entries.map(({ id }) => id)).size).toBe(2);
  });

  test('a heading that was reworded is the same message; one that was overwritten unread is consumed by who overwrote it', async () => {
    const repo = await buildRepo();
    repo.write(path, message('the gate hangs', 'It waits for the page.'));
    const sent = repo.commit('inbox(k2): sent');
    repo.write(path, message('the gate hangs for ever', 'It waits for the page.'));
    const reworded = repo.commit('inbox(k2): reworded');
    repo.write(path, message('something else', 'Other words.'));
    const other = repo.commit('inbox(k2): overwritten');
    expect((await ledgerOf(repo)).toSorted()).toEqual([['something else', 'unread', other, [], null], ['the gate hangs for ever', 'consumed', sent, [reworded], other]]);
  });

  test('a file that moves takes its messages along; bytes that are not UTF-8 and CRLF do not hide them', async () => {
    const repo = await buildRepo();
    repo.write('BUILDER-INBOX.md', Buffer.from(message('the gate hangs', 'It waits \xe9.').replaceAll('\n', '\r\n'), 'latin1'));
    const sent = repo.commit('inbox(k2): sent');
    repo.remove('BUILDER-INBOX.md');
    repo.write(path, Buffer.from(message('the gate hangs', 'It waits \xe9.').replaceAll('\n', '\r\n'), 'latin1'));
    repo.commit('chore: where it belongs');
    repo.remove(path);
    const consumed = repo.commit('fix(k2): read');
    expect(await ledgerOf(repo)).toMatchObject([['the gate hangs', 'consumed', sent, expect.any(Array), consumed]]);
  });

  test('branches: sent on one, read on another, merged, three at once', async () => {
    const repo = await buildRepo();
    repo.write('README.md', 'x\n');
    repo.commit('chore: start');
    const side = (name: string, file: string, text: string): string => {
      repo.git('checkout', '-q', '-b', name, 'main');
      repo.write(file, text);
      const made = repo.commit(`inbox(k2): ${name}`);
      repo.git('checkout', '-q', 'main');
      return made;
    };
    const sent = side('one', path, message('the gate hangs', 'It waits.'));
    side('two', 'src/a.ts', 'a\n');
    side('three', 'src/b.ts', 'b\n');
    repo.git('merge', '-q', '--no-edit', 'one', 'two', 'three');
    expect(await ledgerOf(repo)).toEqual([['the gate hangs', 'unread', sent, [], null]]);
    repo.git('checkout', '-q', '-b', 'reader');
    repo.remove(path);
    const consumed = repo.commit('fix(k2): read');
    repo.git('checkout', '-q', 'main');
    repo.write('src/c.ts', 'c\n');
    repo.commit('feat: c');
    expect(await ledgerOf(repo)).toEqual([['the gate hangs', 'unread', sent, [], null]]);
    repo.git('merge', '-q', '--no-ff', '--no-edit', 'reader');
    expect(await ledgerOf(repo)).toEqual([['the gate hangs', 'consumed', sent, [], consumed]]);
  });

  test('what is not committed has no commit: written, grown, read', async () => {
    const repo = await buildRepo();
    repo.write(path, message('the gate hangs', 'It waits.'));
    expect(await ledgerOf(repo)).toEqual([['the gate hangs', 'unread', null, [], null]]);
    const sent = repo.commit('inbox(k2): sent');
    repo.write(path, message('the gate hangs', 'It waits.', 'And waits.'));
    expect(await ledgerOf(repo)).toEqual([['the gate hangs', 'unread', sent, [], null]]);
    repo.remove(path);
    expect(await ledgerOf(repo)).toEqual([['the gate hangs', 'consumed', sent, [], null]]);
    expect(await ledgerOf(repo, { source: 'index' })).toEqual([['the gate hangs', 'unread', sent, [], null]]);
  });
});
