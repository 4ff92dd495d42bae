import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry, Recording } from '../../../src/contract/schema/entry.ts';
import { judgeFreshness, type CodeNow, type Freshness } from '../../../src/gates/evidence/freshness.ts';
import { openRepository, type Repository as OpenedRepository } from '../../../src/git/open-repository.ts';
import { scopedTree } from '../../../src/git/scope/compare-files.ts';
import { filesOfCommit } from '../../../src/git/scope/read-files.ts';
import { scopeOf } from '../../../src/git/scope/scope.ts';
import { makeRepository, type Repository } from '../../support/make-repository.ts';
import { proven, reproduction, step, threeRoles } from './evidence-fixture.ts';

let repo: Repository;
let repository: OpenedRepository;
const commits: Record<string, string> = {};
const gone = 'ab'.repeat(20);
const many = Array.from({ length: 9 }, (_, n) => `src/part-${n}.c`);

beforeAll(async () => {
  repo = makeRepository();
  const commit = (name: string, files: Record<string, string>): void => {
    for (const [path, content] of Object.entries(files)) repo.write(path, content);
    commits[name] = repo.commit(name, '2026-04-01T09:00:00Z');
  };
  commit('base', { 'src/hull.c': 'leaks\n', 'docs/a.md': 'a\n', 'machine-docs/JOURNAL-barge.md': '# J\n' });
  commit('fix', { 'src/hull.c': 'holds\n' });
  commit('told', { 'machine-docs/JOURNAL-barge.md': '# J\n\nwords\n' });
  commit('documented', { 'docs/a.md': 'b\n' });
  commit('broken', { 'src/hull.c': 'leaks again\n' });
  commit('large', Object.fromEntries(many.map((path) => [path, 'x\n'])));
  repo.git('checkout', '-q', '--orphan', 'rewritten', commits['fix'] ?? '');
  commits['rewritten'] = repo.commit('all of it', '2026-04-01T10:00:00Z');
  repo.git('checkout', '-q', '--orphan', 'elsewhere', commits['documented'] ?? '');
  repo.write('src/hull.c', 'nobody has this\n');
  commits['elsewhere'] = repo.commit('elsewhere', '2026-04-01T10:00:00Z');
  repository = await openRepository(repo.dir);
});
afterAll(() => repo.remove());

const idOf = (name: string): string => commits[name] ?? name;
const filesOf = async (name: string) => (await filesOfCommit(repository, idOf(name))) ?? new Map();
const treeOf = async (name: string, inputs: string[] = []): Promise<string> => scopedTree(await filesOf(name), scopeOf(inputs), 'sha1');

interface Asked {
  /** Where it was recorded, on which base, with which inputs. */
  on?: string;
  base?: string | null;
  inputs?: string[];
  change?: Partial<Recording>;
  entry?: Partial<Entry>;
  /** The code of now. */
  now?: string;
  files?: (files: Map<string, { mode: string; blob: string }>) => void;
  filtered?: [string, string][];
}

async function judge({ on = 'fix', base = 'base', inputs = [], change = {}, entry = {}, now = 'told', files = () => undefined, filtered = [] }: Asked = {}): Promise<Freshness> {
  const recording: Recording = { ...proven, commit: idOf(on), tree: await treeOf(on, inputs), scope: inputs, base: base === null ? null : { commit: idOf(base), tree: await treeOf(base, inputs) }, ...change };
  const own = new Map(await filesOf(now)) as Map<string, { mode: string; blob: string }>;
  files(own);
  const code: CodeNow = { head: idOf(now), files: own as unknown as CodeNow['files'], filtered: new Map(filtered) };
  return judgeFreshness(repository, reproduction('weigh', entry), recording, code);
}

const held = (state: Freshness['state'], why: string | null = null, changed: string[] = []): Freshness => ({ state, changed, why, drift: null });
const sha = (name: string): string => idOf(name).slice(0, 12);

describe('the code is the same', () => {
  test('as it was recorded, or with more words in the record', async () => {
    expect(await judge({ now: 'fix' })).toEqual(held('fresh'));
    expect(await judge()).toEqual(held('fresh'));
    expect(await judge({ base: null })).toEqual(held('fresh'));
  });

  test('in another commit: fresh by its tree', async () => {
    expect(await judge({ now: 'rewritten', base: null })).toEqual(held('fresh-by-tree'));
    expect(await judge({ base: null, change: { commit: gone } })).toEqual(held('fresh-by-tree'));
    expect(await judge({ base: null, change: { commit: null } })).toEqual(held('fresh-by-tree'));
  });

  test('as far as its inputs go', async () => {
    expect(await judge({ inputs: ['src/**'], now: 'documented' })).toEqual(held('fresh'));
  });
});

describe('the code is another', () => {
  test('and what has changed is told, in scope alone', async () => {
    expect(await judge({ now: 'documented' })).toEqual(held('stale-code', 'changed since it was recorded: docs/a.md', ['docs/a.md']));
    expect(await judge({ now: 'broken' })).toEqual(held('stale-code', 'changed since it was recorded: docs/a.md, src/hull.c', ['docs/a.md', 'src/hull.c']));
    expect(await judge({ now: 'broken', inputs: ['src'] })).toEqual(held('stale-code', 'changed since it was recorded: src/hull.c', ['src/hull.c']));
    expect(await judge({ files: (files) => files.delete('docs/a.md') })).toEqual(held('stale-code', 'changed since it was recorded: docs/a.md', ['docs/a.md']));
  });

  test('no more than eight of them in words', async () => {
    const { why, changed } = await judge({ now: 'large', inputs: ['src'] });
    expect([why, changed]).toEqual([`changed since it was recorded: src/hull.c, ${many.slice(0, 7).join(', ')} and 2 more`, ['src/hull.c', ...many]]);
    expect((await judge({ now: 'large', inputs: ['src', '!src/part-7.c', '!src/part-8.c'], base: null })).why).toBe(`changed since it was recorded: src/hull.c, ${many.slice(0, 7).join(', ')}`);
  });

  test('held against a commit with the code of the one that is gone', async () => {
    expect(await judge({ now: 'documented', change: { commit: gone } })).toEqual(held('stale-code', 'changed since it was recorded: docs/a.md', ['docs/a.md']));
  });

  test('what a filter would make of a file is not known', async () => {
    expect(await judge({ filtered: [['src/hull.c', 'crypt'], ['docs/a.md', 'lfs']] })).toEqual(held('stale-code', 'what the filter crypt would make of src/hull.c is not known', ['src/hull.c', 'docs/a.md']));
    expect(await judge({ inputs: ['docs'], filtered: [['src/hull.c', 'crypt']], base: null })).toEqual(held('fresh'));
    expect((await judge({ now: 'documented', filtered: [['src/hull.c', 'crypt']] })).changed).toEqual(['docs/a.md']);
  });

  test('and nothing is left of what it was recorded on: lost', async () => {
    expect(await judge({ base: null, change: { commit: gone, tree: 'cd'.repeat(20) } })).toEqual(held('lost', `neither the commit ${gone.slice(0, 12)} nor another with its code is here`));
    expect(await judge({ base: null, now: 'documented', change: { commit: null } })).toEqual(held('lost', 'neither the commit  nor another with its code is here'));
  });
});

describe('its base', () => {
  test('is in the history of HEAD, or one with its code is', async () => {
    expect((await judge({ change: { base: { commit: gone, tree: await treeOf('base') } } })).state).toBe('fresh');
    expect((await judge({ base: 'rewritten', now: 'told', change: {} , entry: { steps: [step('red', './a'), step('green', './b')] } })).state).toBe('fresh');
  });

  test('is elsewhere', async () => {
    expect(await judge({ base: 'elsewhere' })).toEqual(held('stale-base', `its base ${sha('elsewhere')} is not in the history of HEAD, nor is a commit with its code or its change`));
  });

  test('is not here', async () => {
    expect(await judge({ change: { base: { commit: gone, tree: 'ef'.repeat(20) } } })).toEqual(held('unresolved-base', `its base ${gone.slice(0, 12)} is not here, nor is a commit with its code`));
  });

  test('does not matter where the code is another already', async () => {
    expect((await judge({ now: 'documented', base: 'elsewhere' })).state).toBe('stale-code');
  });
});

describe('a receipt that names a commit of other code is tampered with', () => {
  const tampered = (what: string, name: string): Freshness => held('tampered', `${what} ${sha(name)} does not have the code that the receipt names`);

  test('its commit', async () => {
    expect(await judge({ base: null, change: { tree: await treeOf('base') } })).toEqual(tampered('its commit', 'fix'));
    expect(await judge({ on: 'broken', change: { tree: await treeOf('fix') } })).toEqual(tampered('its commit', 'broken'));
  });

  test('its base', async () => {
    expect(await judge({ change: { base: { commit: idOf('base'), tree: await treeOf('documented') } } })).toEqual(tampered('its base', 'base'));
  });

  test('not where it was recorded on uncommitted changes, or the commit is not here', async () => {
    expect((await judge({ on: 'base', base: null, change: { tree: await treeOf('fix'), dirty: ['src/hull.c'] } })).state).toBe('fresh');
    expect((await judge({ on: 'base', base: null, change: { tree: await treeOf('fix'), dirty: [] } })).state).toBe('tampered');
  });
});

describe('inputs that leave out what decides', () => {
  test('name no file', async () => {
    expect(await judge({ inputs: ['lib/**'], base: null })).toEqual(held('inputs-too-narrow', 'its inputs name no file'));
  });

  test.each([['cat machine-docs/JOURNAL-barge.md', 'machine-docs/JOURNAL-barge.md'], ['grep -r x machine-docs', 'machine-docs'], ['diff machine-docs/evidence/a+b@1.txt x', 'machine-docs/evidence/a+b@1.txt'], ['cat machine-docs/a machine-docs/b', 'machine-docs/a'], ['cat "$PWD/machine-docs/x"', 'machine-docs/x'], ['cat ../machine-docs', 'machine-docs']])('leave out what a command reads: %s', async (command, path) => {
    expect(await judge({ entry: { steps: [...threeRoles, step('neg', command)] } })).toEqual(held('inputs-too-narrow', `a command reads ${path}, which is no input, so that an edit of it would not be seen`));
  });

  test('a record that is named as input is one', async () => {
    const steps = [step('red', './a'), step('green', 'cat machine-docs/JOURNAL-barge.md')];
    expect((await judge({ now: 'fix', inputs: ['src/**', 'machine-docs/JOURNAL-barge.md'], entry: { steps } })).state).toBe('fresh');
    for (const path of ['my-machine-docs/a', 'machine-docs2/a', 'machine-docs-site/a', 'machine-docs.old/a']) expect((await judge({ entry: { steps: [step('red', './a'), step('green', `cat ${path}`)] } })).state).toBe('fresh');
    const { steps: _, ...without } = reproduction();
    expect((await judgeFreshness(repository, without, { ...proven, commit: idOf('fix'), tree: await treeOf('fix') }, { head: idOf('fix'), files: await filesOf('fix'), filtered: new Map() })).state).toBe('fresh');
  });

  const sameCode = (steps: Entry['steps'], more: Partial<Asked> = {}): Promise<Freshness> => judge({ on: 'documented', base: 'fix', now: 'documented', inputs: ['src'], entry: { steps: steps ?? [] }, ...more });

  test('the same command failed and passed on the same code', async () => {
    const why = `the same command failed and passed on the same code: nothing that it speaks of differs from its base ${sha('fix')}`;
    expect(await sameCode(threeRoles)).toEqual(held('inputs-too-narrow', why));
    expect(await sameCode([step('red', './other'), ...threeRoles])).toEqual(held('inputs-too-narrow', why));
    const two = (role: string) => ({ ...step(role, null), commands: [{ line: 1, text: './a' }, { line: 2, text: './b' }] });
    expect((await sameCode([two('red'), two('green')])).state).toBe('inputs-too-narrow');
  });

  test.each<[string, Entry['steps']]>([
    ['of two commands', [step('red', './a'), step('green', './b')]],
    ['of a red and a neg', [step('red', './a'), step('neg', './a'), step('green', './b')]],
    ['of none', [step('red', null), step('green', null)]],
    ['of nothing', []],
    ['of the first of two', [step('red', './a'), { ...step('green', './a'), commands: [{ line: 1, text: './a' }, { line: 2, text: './b' }] }]],
    ['of two that only read alike', [step('red', './a./b'), { ...step('green', './a'), commands: [{ line: 1, text: './a' }, { line: 2, text: './b' }] }]],
  ])('%s: nothing is wrong', async (_, steps) => {
    expect((await sameCode(steps)).state).toBe('fresh');
  });

  test('nor where there is no base', async () => {
    expect((await sameCode(threeRoles, { base: null })).state).toBe('fresh');
  });
});

describe('another environment', () => {
  const here = { os: `${process.platform} ${process.arch}`, node: process.version.slice(1), bash: '5', passed: [] };
  test.each<[string, Recording['env'], string | null]>([
    ['none', here, null], ['nobody knows', null, null], ['another bash', { ...here, bash: '4' }, null],
    ['another system', { ...here, os: 'plan9 vax' }, `recorded with os plan9 vax, here ${here.os}`],
    ['another node', { ...here, node: '0.1' }, `recorded with node 0.1, here ${here.node}`],
    ['both', { ...here, os: 'plan9 vax', node: '0.1' }, `recorded with os plan9 vax, here ${here.os}; recorded with node 0.1, here ${here.node}`],
  ])('%s', async (_, env, drift) => {
    expect(await judge({ change: { env } })).toEqual({ ...held('fresh'), drift });
    expect((await judge({ now: 'documented', change: { env } })).drift).toBe(drift);
  });
});
