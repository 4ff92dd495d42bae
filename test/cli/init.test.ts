import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Envelope } from '../../src/contract/schema/envelope.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { runDocket } from '../support/run-docket.ts';

const shared = ['DECISIONS.md', 'DEFERRED.md', 'docket.yaml'];
const ofPhase = ['STATUS-pxgate.md', 'JOURNAL-pxgate.md', 'BACKLOG-pxgate.md', 'REVIEW-pxgate.md'];

let repository: Repository;
beforeEach(() => {
  repository = makeRepository();
});
afterEach(() => repository.remove());
const docket = (...args: string[]) => runDocket(args, repository.dir);
const files = (): string[] => (existsSync(join(repository.dir, 'machine-docs')) ? readdirSync(join(repository.dir, 'machine-docs')).toSorted() : []);
const read = (name: string): string => readFileSync(join(repository.dir, 'machine-docs', name), 'utf8');

describe('init', () => {
  test('writes the shared files and those of the phases, and says so', async () => {
    const { exit, stdout, stderr } = await docket('init', '--phase', 'pxgate');
    expect(exit).toBe(0);
    expect(files()).toEqual([...shared, ...ofPhase].toSorted());
    expect(stdout.split('\n').filter((line) => line.startsWith('written  machine-docs/')).length).toBe(7);
    expect(stderr).toContain('next: git add :/machine-docs');
    expect(read('STATUS-pxgate.md')).toContain('phase pxgate');
    expect(files().map(read).join('')).not.toMatch(/\{\{|PHASE/);
  });

  test('a second time it changes nothing', async () => {
    await docket('init', '--phase', 'pxgate');
    const before = files().map(read);
    const { exit, stdout } = await docket('init', '--phase', 'pxgate', '--json');
    expect(exit).toBe(0);
    expect((JSON.parse(stdout) as Envelope).data).toMatchObject({ written: [], dryRun: false, diff: '' });
    expect(files().map(read)).toEqual(before);
  });

  test('never overwrites, not even a link that leads nowhere', async () => {
    repository.write('machine-docs/DECISIONS.md', 'ours\n');
    symlinkSync('../nowhere', join(repository.dir, 'machine-docs/DEFERRED.md'));
    const { data } = JSON.parse((await docket('init', '--json')).stdout) as Envelope;
    expect(data).toMatchObject({ written: ['machine-docs/docket.yaml'], kept: ['machine-docs/DECISIONS.md', 'machine-docs/DEFERRED.md'] });
    expect(read('DECISIONS.md')).toBe('ours\n');
    expect(existsSync(join(repository.dir, 'nowhere'))).toBe(false);
  });

  test('--dry-run writes nothing, and prints a diff that git applies to the same end', async () => {
    const { exit, stdout } = await docket('init', '--phase', 'pxgate', '--dry-run');
    expect([exit, files()]).toEqual([0, []]);
    execFileSync('git', ['-C', repository.dir, 'apply'], { input: stdout });
    const applied = files().map(read);
    expect(files()).toEqual([...shared, ...ofPhase].toSorted());
    execFileSync('rm', ['-r', join(repository.dir, 'machine-docs')]);
    await docket('init', '--phase', 'pxgate');
    expect(files().map(read)).toEqual(applied);
  });

  test('a new docket has no entry, no phase that is done, and nothing that is not understood', async () => {
    await docket('init', '--phase', 'pxgate,2w');
    repository.commit('chore: docket', '2026-06-13T10:00:00Z');
    const { data, diagnostics } = JSON.parse((await docket('list', '--json')).stdout) as Envelope;
    expect(data['entries']).toEqual([]);
    expect(diagnostics).toEqual([]);
    const documents = (JSON.parse((await docket('list', 'documents', '--json')).stdout) as Envelope).data['documents'] as { path: string; unparsed: unknown[] }[];
    expect(documents.filter(({ unparsed }) => unparsed.length > 0)).toEqual([]);
    const status = JSON.parse((await docket('status', '--json')).stdout) as Envelope;
    expect(status.data['phases']).toMatchObject(['2w', 'pxgate'].map((id) => ({ id, gates: [], done: { marked: false } })));
  });

  test('works from a folder below, and for -C', async () => {
    repository.write('src/x/y.txt', '');
    expect((await runDocket(['init'], join(repository.dir, 'src/x'))).exit).toBe(0);
    expect(files()).toEqual(shared);
    expect((await runDocket(['-C', repository.dir, 'init', '--phase', 'a'], '/')).exit).toBe(0);
    expect(files()).toContain('REVIEW-a.md');
  });

  test('where it cannot write it says why, and leaves nothing half-done', async () => {
    repository.write('machine-docs', 'a file\n');
    const { exit, stderr } = await docket('init');
    expect(exit).toBe(2);
    expect(stderr).toMatch(/machine-docs\/DECISIONS\.md could not be created/);
  });

  test('a bare repository has no place for documents', async () => {
    repository.git('config', 'core.bare', 'true');
    expect(await docket('init')).toMatchObject({ exit: 2, stderr: expect.stringMatching(/no working tree/) });
  });
});
