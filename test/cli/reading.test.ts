import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Envelope } from '../../src/contract/schema/envelope.ts';
import { buildExample, type Example } from '../example/build-example.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { runDocket } from '../support/run-docket.ts';
import { runShell } from './run-shell.ts';

let example: Example;
beforeAll(() => {
  example = buildExample();
});
afterAll(() => example.remove());

const docket = (...args: string[]) => runDocket(args, example.dir);
// oxlint-disable-next-line typescript/no-explicit-any
async function json(...args: string[]): Promise<{ exit: number; envelope: Envelope; data: any }> {
  const { exit, stdout } = await docket(...args, '--json');
  const envelope: Envelope = JSON.parse(stdout);
  return { exit, envelope, data: envelope.data };
}
const idsOf = (data: { entries: { id: string }[] }): string[] => data.entries.map(({ id }) => id);

describe('list', () => {
  test('kinds in the plural, filtered by state and phase', async () => {
    expect(idsOf((await json('list', 'findings', '--state', 'closed', '--phase', 'pxgate')).data)).toEqual(['finding:pxgate/P1-neg', 'finding:pxgate/P2']);
    expect(idsOf((await json('list', 'finding', '--state', 'open', '--at', 'before-fix')).data)).toEqual(['finding:pvfix/A1', 'finding:pxgate/P1-neg', 'finding:pxgate/P2']);
  });

  test('what only history has is listed with its revision, unless that is not wanted', async () => {
    const all = (await json('list', 'inbox')).data;
    expect(all.entries.map((entry: { state: string; place: { rev: string | null } }) => [entry.state, entry.place.rev === null])).toEqual([['unread', true], ['consumed', false]]);
    expect((await json('list', 'inbox', '--history', 'without')).data.total).toBe(1);
    expect((await json('list', 'inbox', '--history', 'only')).data.entries[0].state).toBe('consumed');
  });

  test('pages follow one another by the command in next', async () => {
    const whole = idsOf((await json('list')).data);
    const seen: string[] = [];
    let line = 'docket list --limit 7 --json';
    for (let turn = 0; turn < 20; turn++) {
      const page: Envelope = JSON.parse((await runShell(line, example.dir)).stdout);
      const data = page.data as { entries: { id: string }[]; total: number; cursor: string | null; truncated: boolean };
      expect(data.total).toBe(whole.length);
      seen.push(...idsOf(data));
      if (data.cursor === null) break;
      line = page.next[0] ?? '';
    }
    expect(seen).toEqual(whole);
  });

  test('only the fields asked for', async () => {
    const { data } = await json('list', 'gate', '--fields', 'id,state');
    expect(data.entries).toEqual([{ id: 'gate:pvfix/M1', state: 'verified' }, { id: 'gate:pxgate/M1', state: 'verified' }, { id: 'gate:pxgate/M2', state: 'none' }]);
    expect((await docket('list', 'gate', '--fields', 'id,state')).stdout).toBe('gate:pvfix/M1   verified\ngate:pxgate/M1  verified\ngate:pxgate/M2  none\n');
  });

  test('documents, whose spans cover every line once', async () => {
    const { data } = await json('list', 'documents');
    expect(data.documents.length).toBe(11);
    for (const { path, lines, spans } of data.documents) {
      let next = 1;
      for (const span of spans) {
        expect([path, span.line]).toEqual([path, next]);
        next = span.endLine + 1;
      }
      expect([path, next]).toEqual([path, lines + 1]);
    }
    expect(Object.keys(data.documents[0])).toEqual(['path', 'kind', 'phase', 'owner', 'bytes', 'lines', 'entries', 'unparsed', 'spans']);
  });

  test('words of the body count for --text', async () => {
    expect(idsOf((await json('list', 'journal', '--text', 'ramequin')).data)).toEqual(['journal:pxgate/2026-06-13-phase-start']);
    expect((await json('list', 'journal', '--text', 'ramequin nonsense')).data).toEqual({ entries: [], total: 0, truncated: false, cursor: null });
  });

  test('an unknown phase, and a cursor of another list, are exit 2', async () => {
    expect(await docket('list', '--phase', 'pxgat')).toMatchObject({ exit: 2, stdout: '', stderr: expect.stringMatching(/Unknown phase "pxgat".*Did you mean pxgate\?/) });
    expect((await docket('list', 'gate', '--cursor', 'abc')).exit).toBe(2);
  });
});

describe('show', () => {
  test('the body byte by byte, and the fields', async () => {
    const { data } = await json('show', 'journal:pxgate/2026-06-13-phase-start');
    expect(data.entry.body).toBe(readFileSync(`${example.dir}/machine-docs/JOURNAL-pxgate.md`, 'utf8').split('\n').slice(2, 71).join('\n') + '\n');
    expect(Object.keys(data.entry.fields)).toContain('Next');
    expect(data.entry.links.out.length).toBe(data.entry.refs.length);
  });
  test('by a tail, at another revision, and what only history has', async () => {
    expect((await json('show', 'A1', '--at', 'before-fix')).data.entry).toMatchObject({ id: 'finding:pvfix/A1', state: 'open' });
    const message = (await json('show', (await json('list', 'inbox', '--history', 'only')).data.entries[0].id)).data.entry;
    expect(message.body).toContain('BUILDER-INBOX');
  });
  test('ambiguous and unknown ids are exit 2 with candidates', async () => {
    expect(await docket('show', 'M1')).toMatchObject({ exit: 2, stdout: '', stderr: expect.stringMatching(/Ambiguous id "M1".*gate:pvfix\/M1, gate:pxgate\/M1/) });
    const { exit, envelope } = await json('show', 'pvfx/A1');
    expect(exit).toBe(2);
    expect(envelope).toMatchObject({ ok: false, data: {}, diagnostics: [{ rule: 'usage', message: expect.stringContaining('finding:pvfix/A1') }] });
  });
});

test('search finds by words, best first, with line and snippet', async () => {
  const { data } = await json('search', 'circular', 'dependency');
  expect(data.entries[0]).toMatchObject({ id: 'deferred:2026-06-13-deploy-proxy-dashboard-health-gate-circular-dependency', line: 52 });
  expect(data.entries[0].snippet).toContain('circular');
  expect((await json('search', '"circular dependency"', '--kind', 'journal')).data.entries[0]).toMatchObject({ kind: 'journal' });
  expect(await docket('search', 'xyzzyquux')).toMatchObject({ exit: 0, stdout: '' });
});

describe('status', () => {
  test('says what is next, on stdout', async () => {
    const { stdout, exit } = await docket('status');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/pxgate {2}○ not done[^]*M1 +✔ verified[^]*missing for DONE: [^]*\nnext: docket show /);
    expect((await docket('status', '--quiet')).stdout).not.toContain('next:');
  });
  test('every command in next runs as it stands', async () => {
    const answers = await Promise.all([['status'], ['list'], ['show', 'A1'], ['search', 'gate']].map((args) => json(...args)));
    const commands = new Set(answers.flatMap(({ envelope }) => envelope.next));
    expect(commands.size).toBeGreaterThan(4);
    for (const command of commands) expect([command, (await runShell(command, example.dir)).exit]).toEqual([command, 0]);
  });
  test('of one phase, and not of one that does not exist', async () => {
    expect((await json('status', 'pvfix')).data.phases.map(({ id }: { id: string }) => id)).toEqual(['pvfix']);
    expect(await docket('status', 'pvfx')).toMatchObject({ exit: 2, stderr: expect.stringMatching(/Did you mean pvfix\?/) });
  });
});

test('-C starts elsewhere, --no-cache and a subfolder change nothing', async () => {
  const plain = (await docket('list', '--json')).stdout;
  expect((await runDocket(['-C', example.dir, 'list', '--json'], '/')).stdout).toBe(plain);
  expect((await docket('list', '--json', '--no-cache')).stdout).toBe(plain);
  expect((await runDocket(['list', '--json'], `${example.dir}/machine-docs`)).stdout).toBe(plain);
});

describe('where there is nothing to read', () => {
  let repository: Repository;
  beforeAll(() => {
    repository = makeRepository();
  });
  afterAll(() => repository.remove());

  test.each([['status'], ['list'], ['list', 'documents'], ['search', 'x']])('%s %s: exit 0, empty, and docket init is next', async (...args) => {
    const words = args.filter((word) => word !== undefined);
    const { exit, stdout } = await runDocket([...words, '--json'], repository.dir);
    expect(exit).toBe(0);
    const envelope: Envelope = JSON.parse(stdout);
    expect(envelope).toMatchObject({ ok: true, next: ['docket init'], diagnostics: [] });
    for (const value of Object.values(envelope.data)) if (Array.isArray(value)) expect(value).toEqual([]);
    const text = await runDocket(words, repository.dir);
    expect(`${text.stdout}${text.stderr}`).toContain('next: docket init');
  });

  test('outside of a repository: exit 2 and a sentence', async () => {
    const { exit, stdout, stderr } = await runDocket(['-C', '/', 'status']);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/not inside a git repository/);
    expect((await runDocket(['-C', '/nowhere/at/all', 'list'])).exit).toBe(2);
    expect((await runDocket(['status', '--at', 'nonsense'], repository.dir)).exit).toBe(2);
  });
});

describe('what documents hold cannot drive the terminal', () => {
  let repository: Repository;
  beforeAll(() => {
    repository = makeRepository();
    repository.write('machine-docs/JOURNAL-p.md', '# J\n\n## 2026-06-13 — evil \u001b]0;title\u0007 \u202Etxt\u202C\n\n**Did:** \u001b[2Jcleared \u009b31m\n');
    repository.commit('journal(p): evil', '2026-06-13T10:00:00Z');
  });
  afterAll(() => repository.remove());

  test.each([['list'], ['show', 'journal:p'], ['search', 'evil'], ['status'], ['list', '--json'], ['show', 'journal:p', '--json'], ['list', '--phase', '\u001b[31mx']])('%s', async (...args) => {
    const { stdout, stderr } = await runDocket(args.filter((word) => word !== undefined).map((word) => (word === 'journal:p' ? 'cleared' : word)), repository.dir);
    // oxlint-disable-next-line no-control-regex
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

test('a long answer through a pipe arrives whole', async () => {
  const repository = makeRepository();
  repository.write('machine-docs/JOURNAL-p.md', Array.from({ length: 1500 }, (_, n) => `## 2026-06-13 — entry number ${n}\n\n**Did:** ${'words '.repeat(60)}\n`).join('\n'));
  repository.commit('journal(p): much', '2026-06-13T10:00:00Z');
  const { stdout } = await runShell('docket list --json | cat', repository.dir);
  expect(stdout.length).toBeGreaterThan(1_000_000);
  expect(JSON.parse(stdout).data.total).toBe(1500);
  repository.remove();
});

test('one unreadable file hides nothing else, and is exit 2 where it is named', async () => {
  const repository = makeRepository();
  repository.write('machine-docs/JOURNAL-p.md', '# J\n\n## 2026-06-13 — first\n');
  repository.write('machine-docs/DEFERRED.md', '# D\n');
  repository.commit('journal(p): first', '2026-06-13T10:00:00Z');
  await runShell('rm machine-docs/DEFERRED.md && ln -s loop machine-docs/loop && ln -s ../../nowhere machine-docs/DEFERRED.md', repository.dir);
  const { exit, stdout } = await runDocket(['list', '--json'], repository.dir);
  const envelope: Envelope = JSON.parse(stdout);
  expect(exit).toBe(0);
  expect(idsOf(envelope.data as { entries: { id: string }[] })).toContain('journal:p/2026-06-13-first');
  expect(envelope.diagnostics.map(({ rule, place }) => [rule, place?.path])).toContainEqual(['unreadable', 'machine-docs/DEFERRED.md']);
  expect((await runDocket(['list', 'documents', '--path', 'machine-docs/DEFERRED.md'], repository.dir)).exit).toBe(2);
  repository.remove();
});
