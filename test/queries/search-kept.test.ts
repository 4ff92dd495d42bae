import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert, asyncProperty, constantFrom, integer } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/contract/schema/entry.ts';
import type { KeptRecord } from '../../src/ledger/kept-record.ts';
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
    read: () => null,
    write: () => undefined,
  };
}

describe('a search of the index finds what a search of the texts finds', () => {
  it('in the same order, with the same scores', async () => {
    await assert(
      asyncProperty(array(text, { minLength: 1, maxLength: 12 }), array(text, { minLength: 1, maxLength: 3 }), query, integer({ min: 1, max: 6 }), async (bodies, titles, asked, limit) => {
        const entries = bodies.map((_, at) => makeEntry(`note:${at % 2 === 0 ? 'p' : 'q'}/entry-${at % 7}`, { title: titles[at % titles.length] ?? '', date: `2026-06-1${at % 3}` }));
        const bodyOf = (entry: Entry): string => bodies[entries.indexOf(entry)] ?? '';
        const index = openWordIndex(encodeWordIndex(entries.map((entry) => ({ parts: [entry.title, entry.id, bodyOf(entry)], length: bodyOf(entry).length }))));
        for (const filter of [noFilter, { ...noFilter, phases: ['q'] }]) {
          for (const page of [{ limit, cursor: null }, { limit: null, cursor: null }]) {
            if (filter.phases.length > 0 && entries.length < 2) continue;
            let scanned: unknown;
            try {
              scanned = searchLedger(makeLedger(entries), asked, filter, page, bodyOf);
            } catch {
              await expect(searchKept(keptOf(entries, bodyOf), index, asked, filter, page)).rejects.toThrow('expected at least one word');
              continue;
            }
            expect(await searchKept(keptOf(entries, bodyOf), index, asked, filter, page)).toEqual(scanned);
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
    repository.write('machine-docs/JOURNAL-p.md', '# J\n\n## 2026-06-13 — Probe\n\nThe gate asks the dashboard.\n');
    repository.write('machine-docs/STATUS-p.md', '# S\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\nWHAT: the gate.\n');
    repository.commit('claim(p): M1', '2026-06-13T12:00:00Z');
    const asked = [['search', '"the gate"', 'dash'], ['list', 'journal', '--fields', 'id,title', '--json']];
    const roles: NodeJS.ProcessEnv[] = [{ DOCKET_ROLE: '' }, { DOCKET_ROLE: 'adversary' }];
    const same = async (): Promise<void> => {
      for (const args of asked) {
        for (const role of roles) {
          const [first, second, fresh] = [await runDocket(args, repository.dir, role), await runDocket(args, repository.dir, role), await runDocket([...args, '--no-cache'], repository.dir, role)];
          expect(second).toEqual(first);
          expect({ ...fresh, stderr: fresh.stderr.replaceAll(' --no-cache', '') }).toEqual(first);
        }
      }
    };
    await same();
    repository.write('machine-docs/JOURNAL-p.md', '# J\n\n## 2026-06-13 — Probe\n\nThe gate asks nobody.\n\n## 2026-06-14 — Dash\n\nMore of the gate.\n');
    await same();
    const folder = join(repository.dir, '.git/docket/v1');
    for (const name of readdirSync(folder)) if (/^(?:record|words)-/.test(name)) writeFileSync(join(folder, name), readFileSync(join(folder, name)).fill(7, 40));
    await same();
    repository.remove();
  });
});
