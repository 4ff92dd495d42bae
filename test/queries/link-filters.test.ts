import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildExample, type Example } from '../example/build-example.ts';
import { askDocket } from '../support/run-docket.ts';
import type { Entry } from '../../src/index.ts';

let example: Example;
beforeAll(() => {
  example = buildExample();
});
afterAll(() => example.remove());

async function list(...args: string[]): Promise<string[]> {
  const { data } = await askDocket(['list', '--fields', 'id', ...args], example.dir);
  return (data['entries'] as Entry[]).map(({ id }) => id);
}

describe('list by links', () => {
  test('what is mentioned: an id or its tail, a sha of either end of a rewriting, a file, a folder, a phase, words', async () => {
    const finding = await list('--refs', 'finding:pvfix/A1');
    expect(finding).toContain('verdict:pvfix/M1#1');
    expect(await list('--refs', 'A1')).toEqual(finding);
    const item = 'deferred:2026-06-12-proxy-start-limit-is-shorter-than-the-health-wait';
    for (const sha of ['65f8ba79', '452a15b6bae3', '65f8ba79d4adb6630824410b35d03a83fa2d0930']) expect(await list('deferred', '--refs', sha)).toEqual([item]);
    expect(await list('deferred', '--refs', 'nix/modules/proxy.nix')).toEqual([item]);
    expect(await list('deferred', '--refs', 'proxy.nix')).toEqual([item]);
    expect(await list('deferred', '--refs', 'nix/modules/')).toEqual([item]);
    expect(await list('deferred', '--refs', 'phase:pxgate')).toEqual(expect.arrayContaining(['deferred:2026-06-14-keycloak-gate-asks-the-realm-page-only']));
    expect(await list('--refs', '4c1d9e7')).toEqual(['journal:pvfix/2026-06-12T1040-m1-start-limit-raised-record-brought-up-to-date']);
    expect(await list('--refs', 'nothing like it')).toEqual([]);
  });

  test('of which type and status: of the same mention', async () => {
    expect(await list('--refs-status', 'dangling')).toEqual(['journal:pvfix/2026-06-12T1040-m1-start-limit-raised-record-brought-up-to-date']);
    expect(await list('--refs-status', 'unlanded,rewritten', '--refs-type', 'commit')).toHaveLength(3);
    expect(await list('--refs-status', 'dangling', '--refs-type', 'gate')).toEqual([]);
    expect(await list('--refs', 'A1', '--refs-status', 'dangling')).toEqual([]);
  });

  test('by a commit, however it is called; as of a revision', async () => {
    const sent = ['inbox:adversary/2026-06-14-builder-the-operator-rebuilds-the-host-today-please-leave', 'deferred:2026-06-14-keycloak-gate-asks-the-realm-page-only'];
    for (const name of ['HEAD', 'main', 'head', 'a0454dc9a4']) expect(await list('--by-commit', name)).toEqual(sent);
    expect(await list('--by-commit', 'e12ac18160', '--state', 'consumed')).toHaveLength(1);
    expect(await list('--by-commit', 'e12ac18160', '--at', 'before-fix')).toEqual([]);
  });

  test('an unknown commit, type or status is refused; documents have no links', async () => {
    for (const args of [['--by-commit', 'nothing'], ['--by-commit', '--all'], ['--refs-type', 'journal'], ['--refs-status', 'gone'], ['--refs', ''], ['documents', '--refs', 'A1']]) {
      const { ok, diagnostics } = await askDocket(['list', ...args], example.dir);
      expect([args, ok, diagnostics[0]?.rule]).toEqual([args, false, 'usage']);
    }
  });

  test('a search is narrowed by links as well', async () => {
    const { data } = await askDocket(['search', 'proxy', '--refs', 'A1', '--kind', 'decision'], example.dir);
    expect((data['entries'] as Entry[]).map(({ id }) => id)).toEqual(['decision:pvfix/pvfix-manual-workaround-start-the-dashboard-by-hand-while']);
  });
});
