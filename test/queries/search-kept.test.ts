import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/contract/schema/entry.ts';
import type { KeptRecord } from '../../src/ledger/kept/kept-record.ts';
import { noFilter } from '../../src/queries/entry-filter.ts';
import { searchKept } from '../../src/queries/search-kept.ts';
import { searchLedger } from '../../src/queries/search-ledger.ts';
import { encodeWordIndex, openWordIndex } from '../../src/queries/search/word-index.ts';
import { makeRepository } from '../support/make-repository.ts';
import { runDocket } from '../support/run-docket.ts';
import { makeEntry, makeLedger } from './ledger-fixture.ts';

const words = ['gate', 'gateway', 'the', 'health', 'F1d-1', 'résumé', 'wärm', '漢字', 'M1', '—', 'x', 'health_code', 'Gate', '🙂', '1'];
const text = array(constantFrom(...words), { maxLength: 9 }).map((parts) => parts.join(' '));
const query = array(constantFrom(...words, '"the gate"', 'ga*', 'heal', '"gate', 'wa', 'f1d'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '));

function keptOf(entries: readonly Entry[], bodyOf: (entry: Entry) => string): KeptRecord {
  return {
    entries: entries.length, documents: 1, phases: ['p', 'q'], diagnostics: [],
    entry: (index) => entries[index] ?? makeEntry('note:p/none'),
    bodies: async (asked) => new Map(asked.map((entry) => [entry, bodyOf(entry)])),
    sortOf: (index) => entries[index] ?? makeEntry('note:p/none'),
    whole: null,
    read: () => null,
    write: () => undefined,
    close: () => undefined,
  };
}

describe('a search of the index finds what a search of the texts finds', () => {
  it('in the same order, with the same scores', () => {
    assert(
      property(array(text, { minLength: 1, maxLength: 12 }), array(text, { minLength: 1, maxLength: 3 }), query, integer({ min: 1, max: 6 }), (bodies, titles, asked, limit) => {
        const entries = bodies.map((_, at) => makeEntry(`note:${at % 2 === 0 ? 'p' : 'q'}/entry-${at % 7}`, { title: titles[at % titles.length] ?? '', date: `2026-06-1${at % 3}` }));
        const bodyOf = (entry: Entry): string => bodies[entries.indexOf(entry)] ?? '';
        const index = { index: openWordIndex(encodeWordIndex(entries.map((entry) => ({ parts: [entry.title, entry.id, bodyOf(entry)], length: bodyOf(entry).length })))), body: (at: number) => bodies[at] ?? '' };
        for (const filter of [noFilter, { ...noFilter, phases: ['q'] }]) {
          for (const page of [{ limit, cursor: null }, { limit: null, cursor: null }]) {
            if (filter.phases.length > 0 && entries.length < 2) continue;
            let scanned: unknown;
            try {
              scanned = searchLedger(makeLedger(entries), asked, filter, page, bodyOf);
            } catch {
              expect(() => searchKept(keptOf(entries, bodyOf), index, asked, filter, page)).toThrow('expected at least one word');
              continue;
            }
            expect(searchKept(keptOf(entries, bodyOf), index, asked, filter, page)).toEqual(scanned);
          }
        }
      }),
      { numRuns: process.env['DOCKET_LONG'] ? 20_000 : 800 },
    );
  });
});

describe('the command line answers the same from what is kept', () => {
  it('after an edit, after damage, and for who may not see all', async () => {
    const repository = makeRepository();
    repository.write('machine-docs/JOURNAL-p.md', '# J\n\n## 2026-06-13 — Probe\n\nThe gate asks the dashboard of `src/new.ts` and `src/lock.ts:2`.\n');
    repository.write('machine-docs/STATUS-p.md', '# S\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\nWHAT: the gate.\n');
    repository.write('src/lock.ts', 'one\ntwo\nthree\n');
    repository.commit('claim(p): M1', '2026-06-13T12:00:00Z');
    const asked = [['search', '"the gate"', 'dash'], ['list', 'journal', '--fields', 'id,title', '--json'], ['show', 'M1#1']];
    const { same } = comparing(repository.dir);
    const sameForBoth = async (): Promise<void> => {
      await same(asked, {});
      await same(asked.slice(0, 1), { DOCKET_ROLE: 'adversary' });
    };
    await sameForBoth();
    repository.write('machine-docs/JOURNAL-p.md', '# J\n\n## 2026-06-13 — Probe\n\nThe gate asks nobody.\n\n## 2026-06-14 — Dash\n\nMore of the gate.\n');
    await sameForBoth();
    const folder = join(repository.dir, '.git/docket/v1');
    for (const at of [8, 400]) {
      for (const name of readdirSync(folder)) if (/^(?:record|words|whole)-/.test(name)) writeFileSync(join(folder, name), readFileSync(join(folder, name)).fill(7, at));
      await same(asked, {});
    }
    repository.remove();
  });

  it('when git or the working tree says something else of what is mentioned', async () => {
    const repository = makeRepository();
    repository.write('src/lock.ts', 'one\ntwo\nthree\n');
    const old = repository.commit('fix: of old', '2026-06-12T12:00:00Z');
    repository.git('branch', 'side');
    repository.git('checkout', '-q', 'side');
    const aside = repository.commit('fix: aside', '2026-06-12T13:00:00Z');
    repository.git('checkout', '-q', 'main');
    repository.write('machine-docs/JOURNAL-p.md', `# J\n\n## 2026-06-13 — Probe of M1\n\nAs \`src/new.ts\` and \`src/lock.ts:2\` say, ${old.slice(0, 10)}, ${aside.slice(0, 10)} and \`deadbeef12\`.\n`);
    repository.write('machine-docs/STATUS-p.md', '# S\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\nWHAT: the probe of 2026-06-13.\n');
    repository.commit('claim(p): M1', '2026-06-13T12:00:00Z');
    const { same, answers } = comparing(repository.dir);
    const asked = [['show', 'probe-of-m1', '--json'], ['list', '--gate', 'M1', '--json'], ['list', 'journal', 'claim', '--limit', '1', '--json'], ['search', 'probe', '--kind', 'journal', '--json']];
    const changes = [
      () => undefined,
      () => repository.write('src/new.ts', ''),
      () => repository.write('src/lock.ts', 'zero\none\ntwo\nthree\n'),
      () => repository.git('branch', '-q', '-D', 'side'),
    ];
    const seen = new Set<string>();
    for (const change of changes) {
      change();
      await same(seen.size === 0 ? asked : asked.slice(0, 1), {});
      seen.add(answers.get('show probe-of-m1 --json') ?? '');
    }
    // Each of the changes changes what is said of the mentions, or the test proves nothing.
    expect(seen.size).toBe(changes.length);
    repository.remove();
  });
});

/** Asks twice, the second time of what the first has kept, and anew; all say the same. */
function comparing(dir: string): { same(asked: readonly string[][], env: NodeJS.ProcessEnv): Promise<void>; answers: Map<string, string> } {
  const answers = new Map<string, string>();
  const plain = (text: string): string => text.replaceAll(' --no-cache', '');
  return {
    answers,
    same: async (asked, env) => {
      for (const args of asked) {
        const [first, second, fresh] = [await runDocket(args, dir, env), await runDocket(args, dir, env), await runDocket([...args, '--no-cache'], dir, env)];
        expect(second).toEqual(first);
        expect({ ...fresh, stdout: plain(fresh.stdout), stderr: plain(fresh.stderr) }).toEqual(first);
        answers.set(args.join(' '), first.stdout);
      }
    },
  };
}
