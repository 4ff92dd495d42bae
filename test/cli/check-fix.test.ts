import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeRepository } from '../support/make-repository.ts';
import type { Repository } from '../support/make-repository.ts';
import { askDocket, runDocket } from '../support/run-docket.ts';

let repo: Repository;
beforeEach(() => {
  repo = makeRepository();
  repo.write('src/sluice.txt', 'oak\n');
});
afterEach(() => repo.remove());

const path = 'machine-docs/DEFERRED.md';
const read = (): string => readFileSync(join(repo.dir, path), 'latin1');
const item = (box: string, title: string, end = '\n'): string => [`### 2026-04-02 -- ${title}`, `- [${box}] **What:** \`src/sluice.txt\` wants ${title}`, '- **Filed by:** Builder, phase w3', ''].join(end);

describe('an open item below the closed heading', () => {
  test.each([['\n'], ['\r\n']])('moves, and no other byte changes (%j)', async (end) => {
    const frame = (open: string, closed: string): string => ['# DEFERRED', '', 'A pream\u00e9ble.', '', '## Open deferrals', '', `${open}## Closed deferrals`, '', closed].join(end);
    const tail = `### 2026-04-01 -- done long ago${end}- [x] **What:** ground${end}- **Closed:** 2026-04-03 by operator${end}`;
    repo.write(path, Buffer.from(frame(`${item(' ', 'grease', end)}${end}`, `${item(' ', 'new hinges', end)}${end}${tail}`), 'latin1'));
    repo.commit('deferred: two', '2026-04-02T09:00:00Z');
    const before = read();
    const dry = await runDocket(['-C', repo.dir, 'check', '--fix', '--dry-run']);
    expect([dry.exit, dry.stdout.split('\n').slice(0, 2)]).toEqual([0, [`--- a/${path}`, `+++ b/${path}`]]);
    expect(read()).toBe(before);
    const fixed = await askDocket(['check', '--fix'], repo.dir);
    expect(fixed).toMatchObject({ ok: true, data: { fixed: [{ rule: 'deferred-wrong-section', entry: 'deferred:2026-04-02-new-hinges', path }], left: [], written: [path], dryRun: false } });
    expect(read()).toBe(Buffer.from(frame(`${item(' ', 'grease', end)}${end}${item(' ', 'new hinges', end)}${end}`, tail), 'latin1').toString('latin1'));
    const again = await askDocket(['check', '--fix'], repo.dir);
    expect(again.data).toMatchObject({ fixed: [], written: [], diff: '' });
  });
  test('stays where there is no section for it, and says so', async () => {
    repo.write(path, `# DEFERRED\n\n## Closed deferrals\n\n${item(' ', 'grease')}`);
    const fixed = await askDocket(['check', '--fix'], repo.dir);
    expect(fixed).toMatchObject({ ok: false, data: { fixed: [], left: [{ rule: 'deferred-wrong-section', why: 'there is no section of open items' }], written: [] } });
  });
  test('says in advance what it mends', async () => {
    repo.write(path, `# DEFERRED\n\n## Open deferrals\n\n## Closed deferrals\n\n${item(' ', 'grease')}`);
    const checked = await askDocket(['check'], repo.dir);
    expect(checked.diagnostics.filter(({ fixable }) => fixable).map(({ rule }) => rule)).toEqual(['deferred-wrong-section']);
  });
});

describe('a closed item without a pointer', () => {
  const frame = (items: string): string => `# DEFERRED\n\n## Open deferrals\n\n${items}\n## Closed deferrals\n\n(none yet)\n`;
  test('gets the commit that ticked it, where that touched what it names', async () => {
    repo.write(path, frame(item(' ', 'grease')));
    repo.commit('deferred: grease', '2026-04-02T09:00:00Z');
    repo.write('src/sluice.txt', 'oak, greased\n');
    repo.write(path, frame(item('x', 'grease')));
    const sha = repo.commit('fix(w3): grease it', '2026-04-03T09:00:00Z');
    expect((await askDocket(['check', '--fix'], repo.dir)).data).toMatchObject({ fixed: [{ rule: 'deferred-closed-without-pointer' }], left: [], written: [path] });
    expect(Buffer.from(read(), 'latin1').toString('utf8')).toBe(frame(`${item('x', 'grease')}- **Closed:** 2026-04-03 by ${sha.slice(0, 12)} ("fix(w3): grease it") · ticked there\n`));
    expect((await askDocket(['check'], repo.dir)).diagnostics.filter(({ rule }) => /pointer|misattributed/.test(rule))).toEqual([]);
    expect((await askDocket(['check', '--fix'], repo.dir)).data).toMatchObject({ fixed: [], written: [] });
  });
  test('is left to a person where the commit touches something else', async () => {
    repo.write(path, frame(item(' ', 'grease')));
    repo.commit('deferred: grease', '2026-04-02T09:00:00Z');
    repo.write(path, frame(item('x', 'grease')));
    repo.commit('deferred: ticked', '2026-04-03T09:00:00Z');
    const before = read();
    const { data } = await askDocket(['check', '--fix'], repo.dir);
    expect(data).toMatchObject({ fixed: [], written: [], left: [{ rule: 'deferred-closed-without-pointer', why: expect.stringContaining('changes only docket documents') }] });
    expect(read()).toBe(before);
  });
});

test('only the working tree is mended', async () => {
  repo.write(path, '# DEFERRED\n');
  repo.commit('deferred: none', '2026-04-02T09:00:00Z');
  for (const scope of [['--staged'], ['--range', 'HEAD~0..HEAD'], ['--at', 'HEAD']]) expect((await runDocket(['-C', repo.dir, 'check', '--fix', ...scope])).exit, scope.join(' ')).toBe(2);
  expect((await runDocket(['-C', repo.dir, 'check', '--fix', '--write-baseline'])).exit).toBe(2);
});
