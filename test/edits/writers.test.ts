import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/contract/schema/entry.ts';
import type { Envelope } from '../../src/contract/schema/envelope.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { askDocket } from '../support/run-docket.ts';

let repository: Repository;
beforeEach(() => {
  repository = makeRepository();
});
afterEach(() => repository.remove());

interface Answer extends Omit<Envelope, 'data'> {
  data: { entry: Entry; path: string; diff: string; messages: (Entry & { body: string })[]; entries: (Entry & { body: string })[] };
}
const ask = (...args: string[]) => askDocket(['--role', 'builder', ...args], repository.dir) as Promise<unknown> as Promise<Answer>;
const read = (name: string): string => readFileSync(join(repository.dir, 'machine-docs', name), 'utf8');
const write = (name: string, text: string): void => repository.write(`machine-docs/${name}`, text);
const on = ['--date', '2026-06-14'];

describe('decide', () => {
  const first = '# DECISIONS\n\n## 2026-06-13 — pxgate: the probe asks the dashboard\n\nFor now.\n';

  test('appends a decision that retires another one', async () => {
    write('DECISIONS.md', first);
    const { data } = await ask('decide', '--phase', 'pxgate', '--title', 'the probe asks the proxy', '--supersedes', 'the-probe-asks-the-dashboard', '--body', 'It answers first.', ...on);
    expect(read('DECISIONS.md')).toBe(`${first}\n## 2026-06-14 — pxgate: the probe asks the proxy\n\n**Supersedes:** decision:pxgate/pxgate-the-probe-asks-the-dashboard\n\nIt answers first.\n`);
    expect(data.entry).toMatchObject({ id: 'decision:pxgate/pxgate-the-probe-asks-the-proxy', phase: 'pxgate', state: 'settled', supersedes: [{ target: 'decision:pxgate/pxgate-the-probe-asks-the-dashboard' }] });
    expect((await ask('show', 'the-probe-asks-the-dashboard')).data.entry.state).toBe('superseded');
    expect((await ask('decide', '--title', 'x', '--supersedes', 'the-probe-asks-the-dashboard', '--dry-run')).diagnostics.map(({ rule }) => rule)).toEqual(['retired-decision-cited']);
  });

  test.each([
    ['proposed', 'keep TLS at the edge', 'proposed'],
    ['exception', 'keycloak stays out', 'exception'],
    ['settled', 'TBD is a word', 'settled'],
  ])('says the state %s where the words do not', async (state, title, expected) => {
    write('DECISIONS.md', first);
    expect((await ask('decide', '--phase', 'pxgate', '--title', title, '--state', state)).data.entry).toMatchObject({ state: expected, title: `pxgate: ${title}` });
  });

  test('keeps a list of points one decision, and names a phase that no lower-case word names', async () => {
    write('DECISIONS.md', first);
    const { data } = await ask('decide', '--phase', '2W', '--title', 'three points', '--body', '- **One:** a\n- **Two:** b');
    expect(data.entry).toMatchObject({ phase: '2W', title: 'Phase 2W — three points' });
    expect((await ask('list', 'decisions')).data.entries).toHaveLength(2);
  });

  test('says which decision the words of another one retire', async () => {
    write('DECISIONS.md', first);
    const { data, diagnostics } = await ask('decide', '--phase', 'pxgate', '--title', 'ask the proxy (supersedes "the probe asks the dashboard")');
    expect(data.entry.supersedes).toMatchObject([{ target: 'decision:pxgate/pxgate-the-probe-asks-the-dashboard' }]);
    expect(diagnostics.map(({ rule, level }) => [rule, level])).toEqual([['decision-retired', 'info']]);
  });

  test('refuses an unknown decision, another kind, and a title that names another phase', async () => {
    write('DECISIONS.md', first);
    write('JOURNAL-pxgate.md', '## 2026-06-13 — Start\n');
    for (const [args, message] of [[['--supersedes', 'nothing-like-it', '--title', 'x'], /Unknown id/], [['--supersedes', '2026-06-13-start', '--title', 'x'], /names journal:pxgate\/2026-06-13-start, expected one of the decisions/], [['--title', 'pvfix: x'], /phase would read pvfix/]] as const) {
      const { ok, diagnostics } = await ask('decide', ...args);
      expect([ok, diagnostics[0]?.message]).toEqual([false, expect.stringMatching(message)]);
    }
    expect(read('DECISIONS.md')).toBe(first);
  });
});

describe('defer', () => {
  const frame = '# DEFERRED\n\n## Open deferrals\n\n(none yet)\n\n## Closed deferrals\n\n(none yet)\n';
  const item = ['defer', '--title', 'circular dependency', '--what', 'order `src/probe.ts` after the proxy', '--reason', 'needs the new unit', '--trigger', 'before M2 is claimed', '--phase', 'pxgate', ...on];
  const lines = '### 2026-06-14 — circular dependency\n- [ ] **What:** order `src/probe.ts` after the proxy\n- **Filed by:** Builder, phase pxgate\n- **Reason for deferral:** needs the new unit\n- **Re-entry trigger:** before M2 is claimed\n';

  test('files an item in place of the placeholder, the next one behind it', async () => {
    write('DEFERRED.md', frame);
    expect((await ask(...item)).data.entry).toMatchObject({ id: 'deferred:2026-06-14-circular-dependency', phase: 'pxgate', author: 'builder', state: 'open', section: 'Open deferrals' });
    expect(read('DEFERRED.md')).toBe(frame.replace('(none yet)\n', lines));
    await ask('defer', '--title', 'other', '--what', 'that', '--reason', 'no time', ...on);
    expect(read('DEFERRED.md')).toBe(frame.replace('(none yet)\n', `${lines}\n### 2026-06-14 — other\n- [ ] **What:** that\n- **Filed by:** Builder\n- **Reason for deferral:** no time\n`));
  });

  test('makes the section of the open items where it is missing', async () => {
    write('DEFERRED.md', '# DEFERRED\n\n## Closed deferrals\n\n### 2026-01-01 — old\n- [x] **What:** x\n');
    expect((await ask(...item)).data.entry.section).toBe('Open deferrals');
    expect(read('DEFERRED.md')).toBe(`# DEFERRED\n\n## Open deferrals\n\n${lines}\n## Closed deferrals\n\n### 2026-01-01 — old\n- [x] **What:** x\n`);
  });

  test('refuses what an open item says already, and notes that it was seen again', async () => {
    write('DEFERRED.md', frame);
    await ask(...item);
    const before = read('DEFERRED.md');
    const again = await ask('defer', '--title', 'Another name', '--what', 'Order src/probe.ts after the proxy!', '--reason', 'x');
    expect([again.ok, again.diagnostics[0]?.message, again.next]).toEqual([false, expect.stringMatching(/DEFERRED\.md:5 holds the open item "circular dependency"/), ["docket defer --again --title 'circular dependency'"]]);
    expect(read('DEFERRED.md')).toBe(before);
    const { data } = await ask('defer', '--again', '--title', 'circular dependency', '--reason', 'bit us cold', ...on);
    expect(data.entry).toMatchObject({ id: 'deferred:2026-06-14-circular-dependency', state: 'open', fields: { 'Seen again': '2026-06-14 by Builder — bit us cold' } });
    expect(read('DEFERRED.md')).toBe(before.replace('is claimed\n', 'is claimed\n- **Seen again:** 2026-06-14 by Builder — bit us cold\n'));
  });

  test('once it is closed, the same may be deferred anew', async () => {
    write('DEFERRED.md', frame);
    await ask(...item);
    await ask('close', 'circular-dependency', '--by', 'operator');
    expect((await ask(...item)).data.entry.id).toBe('deferred:2026-06-14-circular-dependency~2');
  });
});

describe('finding and task', () => {
  const backlog = '# BACKLOG\n\n## Build backlog\n\n- [ ] one\n- [x] two\n\n## Adversary findings\n\n(none yet)\n';

  test('files a finding in its section, with what was given', async () => {
    write('BACKLOG-pxgate.md', backlog);
    const { data, diagnostics } = await ask('--role', 'adversary', 'finding', '--phase', 'pxgate', '--id', 'A1', '--title', 'deploy-proxy waits', '--severity', 'HIGH', '--body', 'See `infra.yaml`.', ...on);
    expect(read('BACKLOG-pxgate.md')).toBe(backlog.replace('(none yet)', '### A1 [adversary] deploy-proxy waits\n- **Filed:** 2026-06-14 by Adversary\n- **Severity:** HIGH\n- **Status:** OPEN\n\nSee `infra.yaml`.'));
    expect(data.entry).toMatchObject({ id: 'finding:pxgate/A1', state: 'open', severity: 'HIGH', author: 'adversary', date: '2026-06-14' });
    expect(diagnostics).toEqual([]);
    const twice = await ask('finding', '--phase', 'pxgate', '--id', 'A1', '--title', 'x');
    expect([twice.ok, twice.diagnostics[0]?.message, twice.diagnostics[0]?.next]).toEqual([false, expect.stringMatching(/BACKLOG-pxgate\.md:10 holds the finding A1/), 'Give it another id, such as A2.']);
    expect((await ask('finding', '--phase', 'pxgate', '--id', 'A2', '--title', 'seen on 2026-01-01')).data.entry).toMatchObject({ title: 'seen on 2026-01-01', date: new Date().toISOString().slice(0, 10) });
  });

  test('adds a task to the list and ticks it, and nothing else', async () => {
    write('BACKLOG-pxgate.md', backlog);
    expect((await ask('task', 'add', '--phase', 'pxgate', '--title', 'three')).data.entry).toMatchObject({ id: 'task:pxgate/three', state: 'open' });
    const added = backlog.replace('two\n', 'two\n- [ ] three\n');
    expect(read('BACKLOG-pxgate.md')).toBe(added);
    for (const [state, mark] of [['done', 'x'], ['partial', '~'], ['dropped', '-'], ['open', ' ']] as const) {
      expect((await ask('task', 'tick', 'three', '--state', state)).data.entry.state).toBe(state);
      expect(read('BACKLOG-pxgate.md')).toBe(added.replace('[ ] three', `[${mark}] three`));
    }
    expect((await ask('task', 'tick', 'three', '--state', 'open')).data.diff).toBe('');
    expect((await ask('--role', 'adversary', 'task', 'tick', 'three')).diagnostics.map(({ rule }) => rule)).toEqual(['not-owner']);
  });

  test('ticks a part of a task, and leaves the task around it as it is', async () => {
    write('BACKLOG-pxgate.md', '# BACKLOG\n\n## Build backlog\n\n- [ ] whole\n  - [ ] part one\n  - [ ] part two\n');
    expect((await ask('task', 'tick', 'part-one')).data.entry).toMatchObject({ id: 'task:pxgate/part-one', state: 'done' });
    expect(read('BACKLOG-pxgate.md')).toBe('# BACKLOG\n\n## Build backlog\n\n- [ ] whole\n  - [x] part one\n  - [ ] part two\n');
  });

  test('makes the sections that are missing', async () => {
    write('BACKLOG-pxgate.md', '# BACKLOG\n');
    await ask('task', 'add', '--phase', 'pxgate', '--title', 'one');
    await ask('finding', '--phase', 'pxgate', '--id', 'A1', '--title', 'x', ...on);
    expect(read('BACKLOG-pxgate.md')).toBe('# BACKLOG\n\n## Build backlog\n\n- [ ] one\n\n## Adversary findings\n\n### A1 [adversary] x\n- **Filed:** 2026-06-14 by Adversary\n- **Status:** OPEN\n');
  });
});

describe('inbox', () => {
  test('is sent to, grows, is listed and consumed', async () => {
    write('STATUS-p.md', '# STATUS\n');
    const send = (...args: string[]) => ask('--role', 'adversary', 'inbox', 'send', '--to', 'builder', ...on, ...args);
    expect((await send('--title', 'M1 does not replay', '--body', 'See A1.')).data.entry).toMatchObject({ id: 'inbox:builder/2026-06-14-m1-does-not-replay', from: 'adversary', state: 'unread' });
    await send('--title', 'One more', '--body', '- Builder said so');
    expect(read('BUILDER-INBOX.md')).toContain('# BUILDER-INBOX\n\n## 2026-06-14 — M1 does not replay\n\nSee A1.\n\n— Adversary\n\n## 2026-06-14 — ');
    const { entries } = (await ask('inbox', 'list')).data;
    expect(entries.map(({ title, from, body }) => [title, from, body.includes('A1') || body.includes('Builder said so')])).toEqual([['M1 does not replay', 'adversary', true], ['Adversary → Builder: One more', 'adversary', true]]);
    const commit = repository.commit('inbox', '2026-06-14T10:00:00Z');
    const { data, diagnostics, next } = await ask('inbox', 'consume', 'builder');
    expect(existsSync(join(repository.dir, 'machine-docs/BUILDER-INBOX.md'))).toBe(false);
    expect(data.messages.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
    expect(diagnostics).toEqual([]);
    execFileSync('sh', ['-c', next[0] ?? ''], { cwd: join(repository.dir, 'machine-docs'), env: { ...process.env, GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a' } });
    expect((await ask('show', 'm1-does-not-replay')).data.entry).toMatchObject({ state: 'consumed', sent: { commit }, consumed: { commit: repository.git('rev-parse', 'HEAD') } });
    expect((await ask('inbox', 'consume', 'builder')).data).toMatchObject({ entry: null, messages: [], diff: '' });
  });

  test('warns where the wrong side consumes what was never committed; a dry run leaves it', async () => {
    write('BUILDER-INBOX.md', '# BUILDER-INBOX\n\n## 2026-06-14 — Hello\n\nx\n');
    const dry = await ask('inbox', 'consume', 'builder', '--dry-run');
    expect([existsSync(join(repository.dir, 'machine-docs/BUILDER-INBOX.md')), dry.data.diff]).toEqual([true, expect.stringContaining('-## 2026-06-14 — Hello')]);
    expect((await ask('--role', 'adversary', 'inbox', 'consume', 'builder')).diagnostics.map(({ rule }) => rule)).toEqual(['not-owner', 'inbox-uncommitted']);
  });
});
