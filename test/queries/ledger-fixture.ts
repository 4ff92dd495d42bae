import type { Entry, Kind, Ref } from '../../src/contract/schema/entry.ts';
import { defaultConfig } from '../../src/ledger/config/config.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';

/** An entry made by hand: kind and phase from its id, everything else plain unless given. */
export function makeEntry(id: string, more: Partial<Entry> = {}): Entry {
  const [kind = '', rest = ''] = id.split(/:(.*)/s);
  const phase = rest.includes('/') && kind !== 'inbox' ? (rest.split('/')[0] ?? '-') : '-';
  return {
    id,
    kind: kind as Kind,
    phase,
    title: rest,
    date: null,
    time: null,
    author: null,
    state: null,
    place: { path: 'machine-docs/X.md', line: 1, endLine: 2, rev: null },
    fields: {},
    refs: [],
    ...more,
  };
}

export function makeRef(type: Ref['type'], value: string, target: string | null, more: Partial<Ref> = {}): Ref {
  return { type, value, target, status: target === null ? 'dangling' : 'resolved', line: 1, ...more };
}

export function makeLedger(entries: Entry[], more: Partial<Ledger> = {}): Ledger {
  const phases = [...new Set(entries.map(({ phase }) => phase))].filter((phase) => phase !== '-');
  return {
    revision: { source: 'worktree', commit: null, at: null, shallow: false },
    phases: phases.map((id, at) => ({ id, order: at + 1, firstCommit: null, gates: [], said: [], done: { marked: false, line: null, path: null, why: null, commit: null, forced: null } })),
    documents: [],
    entries,
    commits: [],
    diagnostics: [],
    config: defaultConfig,
    ...more,
  };
}

export const noBody = (): string => '';
