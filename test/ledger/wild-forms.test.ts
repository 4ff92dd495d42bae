import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../../src/contract/schema/entry.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { askDocket, pictureOf, type Picture } from '../support/run-docket.ts';

/** Forms that public repositories have and that no description named: registers as tables, numbered decisions in parts, tasks led by a bold sentence. */
const deferred = `# DEFERRED

Default is "off-the-shelf, defer until measured".

## Gated on a scale not yet reached

| Item | Why not now | Trigger to revisit | Status |
|---|---|---|---|
| **Prefilter of fingerprints** (KM-14) | \`lib/prefilter.js\` is linear, and D-003 says wait | 10,000 rows | open |
| **One \\| pipe** | — | never | closed 2026-03-01 by abcdef1234567 |
| (none yet) | | | |

| Colour | Count |
|---|---|
| red | 1 |
`;
const decisions = `# DECISIONS

## D-003 — Measure first

### Status

Accepted

### Context

The default branch is slow.

### Decision

No prefilter before somebody measures.

## D-004: Prefilter after all

Supersedes D-003, since it was measured.
`;
const backlog = `# BACKLOG

## Build backlog

- [ ] **A surface cannot tell a waiting plan from a stalled one** — [M], restated by D-004.
- [x] **T3** — write it down
`;

const journal = `# Session journal — the split (2026-03-02, an agent)

words

## Audit of 2026-03-01

inside

# Session journal — without a date

words

## Session 2 (2026-03-03) — closing what is left

### Addendum (2026-03-04)

inside

## Session 3: 2026-03-05, handed over

words
`;

let repository: Repository;
let picture: Picture;
const entry = (id: string): Entry | undefined => picture.entries.find((one) => one.id === id);

beforeAll(async () => {
  repository = makeRepository();
  repository.write('machine-docs/DEFERRED.md', deferred);
  repository.write('machine-docs/DECISIONS.md', decisions);
  repository.write('machine-docs/BACKLOG.md', backlog);
  repository.write('machine-docs/JOURNAL.md', journal);
  repository.write('lib/prefilter.js', 'slow\n');
  repository.commit('Bring the record in', '2026-04-01T12:00:00Z');
  repository.write('lib/prefilter.js', 'fast\n');
  repository.commit('feat: prefilter\n\nCloses-Deferred: prefilter-of-fingerprints', '2026-04-02T12:00:00Z');
  picture = await pictureOf(repository.dir);
});
afterAll(() => repository.remove());

describe('a register as a table', () => {
  it('has an item in each row, its columns as fields', () => {
    expect(entry('deferred:2026-04-01-prefilter-of-fingerprints')).toMatchObject({ title: 'Prefilter of fingerprints', state: 'open', place: { line: 9, endLine: 9 }, fields: { 'Trigger to revisit': '10,000 rows' } });
    expect(picture.entries.filter(({ kind, state }) => kind === 'deferred' && state === 'closed')).toMatchObject([{ title: 'One | pipe', place: { line: 10 } }]);
    expect(picture.entries.filter(({ kind }) => kind === 'deferred')).toHaveLength(2);
  });

  it('reports a table that is no register', () => {
    expect(picture.documents.find(({ kind }) => kind === 'deferred')?.unparsed).toMatchObject([{ line: 13, endLine: 15 }]);
  });

  it('is not written into by sync: its landed fix waits for a person', async () => {
    const { data } = await askDocket(['sync'], repository.dir);
    expect(data).toMatchObject({ closed: [], pending: [{ entry: 'deferred:2026-04-01-prefilter-of-fingerprints', why: expect.stringContaining('row of a table') }], written: [] });
    expect(readFileSync(`${repository.dir}/machine-docs/DEFERRED.md`, 'utf8')).toBe(deferred);
  });
});

describe('numbered decisions', () => {
  it('are one each, their parts fields', () => {
    expect(picture.entries.filter(({ kind }) => kind === 'decision')).toMatchObject([
      { title: 'D-003 — Measure first', state: 'superseded', place: { line: 3, endLine: 16 }, fields: { Status: 'Accepted', Decision: 'No prefilter before somebody measures.' } },
      { title: 'D-004: Prefilter after all', state: 'settled' },
    ]);
  });

  it('are found by their number where others cite them', () => {
    const [, d004] = picture.entries.filter(({ kind }) => kind === 'decision');
    expect(entry('task:-/a-surface-cannot-tell-a-waiting-plan-from-a-stalled-one')?.refs).toMatchObject([{ type: 'decision', value: 'D-004', target: d004?.id, status: 'resolved' }]);
    expect(entry('deferred:2026-04-01-prefilter-of-fingerprints')?.refs).toContainEqual(expect.objectContaining({ type: 'decision', value: 'D-003', status: 'retired' }));
  });
});

it('a bold sentence is the title of a task, a bold id only the beginning of one', () => {
  expect(picture.entries.filter(({ kind }) => kind === 'task').map(({ title }) => title)).toEqual(['A surface cannot tell a waiting plan from a stalled one', 'T3 — write it down']);
});

it('sessions that tell their date behind their words are entries of a journal', () => {
  expect(picture.entries.filter(({ kind }) => kind === 'journal').map(({ date, title, place: { line, endLine } }) => [date, title, line, endLine])).toEqual([
    ['2026-03-02', 'Session journal — the split (2026-03-02, an agent)', 1, 8],
    ['2026-03-03', 'Session 2 (2026-03-03) — closing what is left', 13, 18],
    ['2026-03-05', 'Session 3: 2026-03-05, handed over', 19, 21],
  ]);
});
