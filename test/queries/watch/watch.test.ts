import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HandOff } from '../../../src/contract/schema/hand-off.ts';
import { handOffSchema } from '../../../src/contract/schema/hand-off.ts';
import { makeRepository, type Repository } from '../../support/make-repository.ts';
import { runDocket } from '../../support/run-docket.ts';

const binary = fileURLToPath(new URL('../../../dist/bin/docket.js', import.meta.url));
const keys = ['event', 'commit', 'at', 'role', 'phase', 'gate', 'entry', 'state', 'to', 'text', 'cursor'];

let repository: Repository;
let minute = 0;
beforeEach(() => {
  repository = makeRepository();
  minute = 0;
});
afterEach(() => repository.remove());

const commit = (message: string): string => repository.commit(message, `2026-06-13T10:${String(minute++).padStart(2, '0')}:00Z`);
const file = (name: string): string => `machine-docs/${name}`;
const claimed = '# STATUS — k9\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\n### WHAT\nIt works.\n';

/** A story of one phase with every kind of hand-off; gives the commits by name. */
function tellStory(): Record<string, string> {
  const commits: Record<string, string> = {};
  repository.write(file('JOURNAL-k9.md'), '# JOURNAL — k9\n\n## 2026-06-13 — start\n');
  commits['start'] = commit('journal(k9): start');
  repository.write(file('STATUS-k9.md'), claimed);
  commits['claim'] = commit('claim(k9-M1): it works');
  repository.write(file('BUILDER-INBOX.md'), '# BUILDER-INBOX — Adversary → Builder @2026-06-13T10:01Z\n\nWhere is the plan?\n');
  commits['sent'] = commit('inbox: ask');
  repository.git('rm', '-q', file('BUILDER-INBOX.md'));
  commits['consumed'] = commit('inbox(k9): read');
  repository.write(file('REVIEW-k9.md'), '# REVIEW — k9\n\n## M1 — FAIL @2026-06-13\n\nNo.\n\n## VETO the probe lies\n\nIt does.\n');
  commits['fail'] = commit('review(k9-M1): M1 FAIL, VETO');
  repository.write(file('STATUS-k9.md'), claimed.replace('CLAIMED', 'RE-CLAIMED'));
  commits['reclaim'] = commit('claim(k9-M1): fixed');
  repository.write(file('REVIEW-k9.md'), '# REVIEW — k9\n\n## M1 — FAIL @2026-06-13\n\nNo.\n\n## VETO the probe lies\n\nIt does.\n\n## VETO lifted: the probe is honest\n\n## M1 — PASS @2026-06-14\n\nYes.\n');
  commits['pass'] = commit('review(k9-M1): M1 PASS');
  repository.write(file('STATUS-k9.md'), `${claimed.replace('CLAIMED', 'RE-CLAIMED')}\n## DONE\n\nAll of it.\n`);
  commits['done'] = commit('status(k9): DONE');
  repository.write('src/x.txt', 'x');
  commits['end'] = commit('feat: something else');
  return commits;
}

const parse = (text: string): HandOff[] => text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as HandOff);

async function once(...args: string[]): Promise<HandOff[]> {
  const { exit, stdout, stderr } = await runDocket(['watch', '--once', ...args], repository.dir);
  expect([exit, stderr]).toEqual([0, '']);
  return parse(stdout);
}

const short = ({ event, state, gate, phase, to }: HandOff): string => [event, state, gate ?? phase, to].join(' ');

describe('watch --once', () => {
  test('gives every hand-off of history in order, each line with the same keys', async () => {
    const commits = tellStory();
    const all = await once();
    expect(all.map((each) => [short(each), Object.keys(commits).find((name) => commits[name] === each.commit)])).toEqual([
      ['claim claimed M1 adversary', 'claim'],
      ['inbox sent  builder', 'sent'],
      ['inbox consumed k9 adversary', 'consumed'],
      ['verdict fail M1 builder', 'fail'],
      ['veto raised k9 builder', 'fail'],
      ['claim reclaimed M1 adversary', 'reclaim'],
      ['verdict pass M1 builder', 'pass'],
      ['veto cleared k9 builder', 'pass'],
      ['done marked k9 operator', 'done'],
    ]);
    for (const each of all) {
      expect(Object.keys(each)).toEqual(keys);
      handOffSchema.parse(each);
      expect(each.at).toMatch(/^2026-06-13T10:\d\d:00Z$/u);
    }
    expect(all.map(({ role }) => role)).toEqual(['builder', 'adversary', 'builder', 'adversary', 'adversary', 'builder', 'adversary', 'adversary', 'builder']);
    expect(all.map(({ entry }) => entry)).toMatchObject(['claim:k9/M1#1', /./, /./, 'verdict:k9/M1#1', 'veto:k9/1', 'claim:k9/M1#2', 'verdict:k9/M1#2', 'veto:k9/1', null].map((id) => (typeof id === 'string' || id === null ? id : expect.stringMatching(/^inbox:builder\//u))));
    expect(all.at(-1)?.cursor).toBe(commits['end']);
  });

  test('from any cursor on it gives exactly what follows that line', async () => {
    tellStory();
    const all = await once();
    for (const [index, { cursor, commit: at }] of all.entries()) {
      const rest = await once('--since', cursor ?? '');
      const sameCommit = all[index + 1]?.commit === at;
      // Of two hand-offs of one commit the first can only be left together with its commit: then it comes again.
      expect(rest).toEqual(all.slice(sameCommit ? index : index + 1));
    }
    expect(await once('--since', 'HEAD')).toEqual([]);
  });

  test('on branches that were merged, no cursor skips a commit of another branch', async () => {
    repository.write('x', '');
    commit('start');
    repository.git('checkout', '-q', '-b', 'side');
    repository.write(file('STATUS-side.md'), claimed.replace('k9', 'side'));
    commit('claim(side-M1): side');
    repository.git('checkout', '-q', 'main');
    repository.write(file('STATUS-k9.md'), claimed);
    commit('claim(k9-M1): main');
    repository.git('merge', '-q', '--no-edit', 'side');
    const all = await once();
    expect(all.map(({ phase }) => phase).toSorted()).toEqual(['k9', 'side']);
    const rest = await once('--since', all[0]?.cursor ?? '');
    expect(rest.map(({ phase }) => phase)).toContain(all[1]?.phase);
    expect(await once('--since', all[1]?.cursor ?? '')).toEqual([]);
  });

  test('what is not committed is no hand-off; no documents, no commit: nothing', async () => {
    expect(await once()).toEqual([]);
    repository.write(file('STATUS-k9.md'), claimed);
    expect(await once()).toEqual([]);
    commit('status: nothing said');
    expect((await once()).map(short)).toEqual(['claim claimed M1 adversary']);
  });

  test('a cursor that was rebased away is told of first, and what follows is what it did not have', async () => {
    repository.write('x', '');
    const base = commit('start');
    repository.write(file('STATUS-k9.md'), claimed);
    const old = commit('claim(k9-M1): first');
    repository.git('commit', '-q', '--amend', '-m', 'claim(k9-M1): again');
    const [told, claim] = await once('--since', old);
    expect(told).toMatchObject({ event: 'rewritten', state: 'rebased', commit: repository.git('rev-parse', 'HEAD'), cursor: base, role: null, entry: null });
    expect(Object.keys(told ?? {})).toEqual(keys);
    expect(claim).toMatchObject({ event: 'claim', commit: repository.git('rev-parse', 'HEAD'), cursor: repository.git('rev-parse', 'HEAD') });
  });

  test('an unknown revision, a bad interval and no repository are exit 2, and stdout stays empty', async () => {
    commit('start');
    for (const args of [['--since', 'nothing'], ['--interval', 'x'], ['--interval', '0']]) {
      const { exit, stdout, stderr } = await runDocket(['watch', '--once', ...args], repository.dir);
      expect([exit, stdout]).toEqual([2, '']);
      expect(stderr).not.toBe('');
    }
    expect((await runDocket(['watch', '--once', '--json', '--since', 'nothing'], repository.dir)).stdout).toMatch(/^\{"schemaVersion":1,"command":"watch","ok":false/u);
  });
});

describe('watch', () => {
  test('follows HEAD through commits, a rebase and another branch, and ends well when interrupted', async () => {
    repository.write('x', '');
    const base = commit('start');
    const child = spawn(process.execPath, [binary, '-C', repository.dir, 'watch', '--since', base, '--interval', '0.1'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve([code, signal])));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async (): Promise<HandOff> => JSON.parse((await lines.next()).value as string) as HandOff;
    try {
      repository.write(file('STATUS-k9.md'), claimed);
      const first = commit('claim(k9-M1): first');
      expect(await next()).toMatchObject({ event: 'claim', commit: first });
      repository.write(file('REVIEW-k9.md'), '# REVIEW\n\n## M1 — PASS @2026-06-13\n');
      const second = commit('review(k9-M1): M1 PASS');
      expect(await next()).toMatchObject({ event: 'verdict', state: 'pass', commit: second, cursor: second });
      repository.git('reset', '-q', '--hard', base);
      repository.write('y', '');
      commit('elsewhere');
      repository.git('cherry-pick', first, second);
      // The two may be seen one by one: what counts is that the rewriting is told of, and that both come again.
      const seen: HandOff[] = [];
      while (seen.filter(({ event }) => event === 'verdict').length === 0) seen.push(await next());
      expect(seen[0]).toMatchObject({ event: 'rewritten', state: 'rebased', cursor: base });
      expect(seen.map(({ event }) => event)).toContain('claim');
      repository.git('checkout', '-q', '-b', 'other', base);
      expect(await next()).toMatchObject({ event: 'rewritten', state: 'switched', commit: base, cursor: base });
    } finally {
      child.kill('SIGINT');
    }
    expect(await ended).toEqual([0, null]);
  });

  test('a reader that goes away is no error', async () => {
    tellStory();
    const child = spawn(process.execPath, [binary, '-C', repository.dir, 'watch', '--since', 'HEAD~8', '--interval', '0.1'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve([code, signal])));
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.stdout.destroy();
    // Each further hand-off is written to a pipe that nobody reads.
    repository.write(file('STATUS-k9.md'), '# STATUS — k9\n');
    commit('status(k9): clean');
    repository.write(file('STATUS-k9.md'), claimed.replaceAll('M1', 'M2'));
    commit('claim(k9-M2): next');
    expect([await ended, stderr]).toEqual([[0, null], '']);
  });
});
