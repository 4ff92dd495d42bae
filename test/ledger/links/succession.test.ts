import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Entry } from '../../../src/contract/schema/entry.ts';
import { openDocket } from '../../../src/ledger/open-docket.ts';
import { checkDocket } from '../../../src/rules/check/check-docket.ts';
import { makeRepository, type Repository } from '../../support/make-repository.ts';

// Architecture decision records as tools and people write them: which decision is meant, and what of it still holds.

let repo: Repository;
beforeEach(() => {
  repo = makeRepository();
});
afterEach(() => repo.remove());

const folder = 'docs/adr';
const nygard = (title: string, status: string, date = '2023-04-05'): string => `# ${title}\n\nDate: ${date}\n\n## Status\n\n${status}\n\n## Context\n\nWater rises.\n\n## Decision\n\nWe act.\n`;
const madr = (title: string, head: string): string => `# ${title}\n\n${head}\n\n## Context and Problem Statement\n\nWater rises.\n\n## Considered Options\n\n* dig\n* pump\n\n## Decision Outcome\n\nPump.\n`;

function write(files: Record<string, string>): void {
  const paths = Object.keys(files).map((name) => (name.includes('/') ? name : `${folder}/${name}`));
  Object.values(files).forEach((text, index) => repo.write(paths[index] ?? '', text));
  repo.write('machine-docs/docket.yaml', `documents:\n${paths.map((path) => `  ${path}: DECISIONS.md\n`).join('')}`);
}
async function decisions(): Promise<Map<string, Entry>> {
  const { ledger } = await openDocket(repo.dir, { cache: false });
  return new Map(ledger.entries.filter(({ kind }) => kind === 'decision').map((entry) => [entry.title, entry]));
}
const linked = (entry: Entry | undefined): unknown => ({
  state: entry?.state,
  ...Object.fromEntries((['supersedes', 'supersededBy', 'amends', 'amendedBy'] as const).flatMap((side) => (entry?.[side] ? [[side, entry[side].map(({ target, words }) => target ?? `? ${words}`)]] : []))),
});

const pump = 'decision:-/adr-0012-pump-it';
test.each([
  ['MADR bullet with a link', madr('Dig a ditch', '* Status: superseded by [ADR-0012](0012-pump.md)\n* Date: 2023-01-02')],
  ['MADR bullet in bold, link with a folder and an anchor', madr('Dig a ditch', '- **Status:** Superseded by [the pumps](../adr/0012-pump.md#status)')],
  ['MADR front matter', `---\nstatus: superseded by [ADR-0012](0012-pump.md)\ndate: 2023-01-02\n---\n\n${madr('Dig a ditch', 'Words.')}`],
  ['MADR front matter in quotes, no link', `---\nstatus: "superseded by ADR-0012"\n---\n\n${madr('Dig a ditch', 'Words.')}`],
  ['a key of the front matter', `---\nstatus: superseded\nsuperseded-by: 0012\n---\n\n${madr('Dig a ditch', 'Words.')}`],
  ['adr-tools', nygard('4. Dig a ditch', 'Accepted\n\nSuperseded by [12. Anything](0012-pump.md)')],
  ['adr-tools in its older spelling', nygard('4. Dig a ditch', 'Superceded by [12. Anything](0012-pump.md)')],
  ['a number with zeros', nygard('4. Dig a ditch', 'Superseded by 0012')],
  ['a number without zeros', nygard('4. Dig a ditch', 'Superseded by ADR 12.')],
  ['a number sign', nygard('4. Dig a ditch', 'Superseded by #12 on 2023-05-01')],
  ['the name of the file', nygard('4. Dig a ditch', '**Superseded** by 0012-pump')],
  ['a list of links', `${nygard('4. Dig a ditch', 'Superseded')}\n## Links\n\n* Superseded by [the pumps](0012-pump.md)\n`],
])('the successor is found by %s', async (_, text) => {
  write({ '0004-dig.md': text, '0012-pump.md': madr('ADR-0012: Pump it', '* Status: accepted'), '0112-other.md': nygard('112. Dig no more', 'Accepted') });
  const found = await decisions();
  const old = [...found.values()].find(({ title }) => title.endsWith('Dig a ditch'));
  expect(linked(old)).toEqual({ state: 'superseded', supersededBy: [pump] });
  expect(found.get('ADR-0012: Pump it')?.state).toBe('settled');
});

test('what is superseded or amended in part stays in force, and both know of it', async () => {
  write({
    '0001-a.md': nygard('1. Wall', 'Accepted\n\nPartially superseded by [3. Gate](0003-c.md)'),
    '0002-b.md': nygard('2. Moat', 'Accepted'),
    '0003-c.md': nygard('3. Gate', 'Accepted\n\nIn part supersedes [1. Wall](0001-a.md)\n\nAmends [2. Moat](0002-b.md)'),
    '0004-d.md': madr('Tower', '* Status: accepted, supersedes parts of [ADR-0002](0002-b.md)\n* Amended by: [5](0005-e.md)'),
    '0005-e.md': madr('Keep', '* Status: accepted\n* Supersedes: ADR-0003 (in part)'),
    '0006-f.md': nygard('6. Roof', 'Amended by ADR-0999'),
  });
  const found = await decisions();
  expect(Object.fromEntries([...found].map(([title, entry]) => [title, linked(entry)]))).toEqual({
    '1. Wall': { state: 'settled', amendedBy: ['decision:-/3-gate'] },
    '2. Moat': { state: 'settled', amendedBy: ['decision:-/3-gate', 'decision:-/tower'] },
    '3. Gate': { state: 'settled', amends: ['decision:-/1-wall', 'decision:-/2-moat'], amendedBy: ['decision:-/keep'] },
    Tower: { state: 'settled', amends: ['decision:-/2-moat'], amendedBy: ['decision:-/keep'] },
    Keep: { state: 'settled', amends: ['decision:-/3-gate'] },
    '6. Roof': { state: 'settled', amendedBy: ['? ADR-0999'] },
  });
  const { findings } = await checkDocket(repo.dir, { scope: { kind: 'state' }, cache: false });
  expect(findings.filter(({ rule }) => rule.startsWith('supersede')).map(({ rule, place }) => `${rule} ${place?.path}`)).toEqual([`supersede-unknown ${folder}/0006-f.md`]);
});

test('several at once, two folders with the same numbers, and a choice that nobody has made', async () => {
  write({
    'a/adr/0001-x.md': nygard('1. Oak', 'Superseded by ADR-0003 and ADR-0002'),
    'a/adr/0002-y.md': nygard('2. Elm', 'Accepted'),
    'a/adr/0003-z.md': nygard('3. Ash', 'Accepted'),
    'b/adr/0001-x.md': nygard('1. Iron', 'Superseded by [2. Elm](0002-y.md)'),
    'b/adr/0002-y.md': nygard('2. Steel', 'Accepted'),
    'b/adr/template.md': madr('Short title', '* Status: {proposed | accepted | superseded by [ADR-0002](0002-y.md)} <!-- superseded by [x](0001-x.md) -->'),
    'b/adr/0003-no.md': nygard('3. Tin', 'Rejected'),
  });
  const found = await decisions();
  expect(linked(found.get('1. Oak'))).toEqual({ state: 'superseded', supersededBy: ['decision:-/3-ash', 'decision:-/2-elm'] });
  expect(linked(found.get('1. Iron'))).toEqual({ state: 'superseded', supersededBy: ['decision:-/2-steel'] });
  expect(linked(found.get('Short title'))).toEqual({ state: 'proposed' });
  expect(found.get('3. Tin')?.state).toBe('superseded');
});

test('in one log the heading that a link leads to is meant', async () => {
  repo.write('machine-docs/DECISIONS.md', '# Decisions\n\n## 2025-02-03 — Tide gauge on the pier\n\nIt stays there.\n\n## 2025-02-04 — Tide gauge on the mole\n\nSupersedes [the old one](#2025-02-03--tide-gauge-on-the-pier).\n');
  const found = await decisions();
  expect(found.get('Tide gauge on the pier')?.state).toBe('superseded');
});

const appendOnly = async (): Promise<string[]> => (await checkDocket(repo.dir, { scope: { kind: 'range', range: { from: 'HEAD~1', to: 'HEAD' } }, cache: false })).findings.filter(({ rule }) => rule === 'append-only').map(({ place, level }) => `${level} ${place?.path ?? ''}`);
test.each([
  ['adr-tools puts the successor in the place of "Accepted"', 'Accepted', 'Superseded by [2. Pump](0002-pump.md)', nygard, []],
  ['a proposal is accepted', 'Proposed', 'Accepted', nygard, []],
  ['MADR changes its bullet and its day', '* Status: accepted\n* Date: 2023-04-05', '* Status: superseded by [ADR-0002](0002-pump.md)\n* Date: 2023-06-07', madr, []],
  ['a retired record comes back into force', 'Superseded by [2. Pump](0002-pump.md)', 'Accepted', nygard, [`error ${folder}/0001-dig.md`]],
])('append-only: %s', async (_, before, after, form, offences) => {
  const other = nygard('2. Pump', 'Accepted');
  write({ '0001-dig.md': form('1. Dig', before), '0002-pump.md': other });
  repo.commit('adr: dig', '2023-04-05T10:00:00Z');
  write({ '0001-dig.md': form('1. Dig', after), '0002-pump.md': other });
  repo.commit('adr: pump', '2023-06-07T10:00:00Z');
  expect(await appendOnly()).toEqual(offences);
});
test('append-only: with its status a record may not lose its words', async () => {
  write({ '0001-dig.md': nygard('1. Dig', 'Accepted') });
  repo.commit('adr: dig', '2023-04-05T10:00:00Z');
  write({ '0001-dig.md': nygard('1. Dig', 'Superseded by 2').replace('Water rises.', 'Water never rose.') });
  repo.commit('adr: pump', '2023-06-07T10:00:00Z');
  // Many who keep such records reword them: no reason to refuse a commit.
  expect(await appendOnly()).toEqual([`warning ${folder}/0001-dig.md`]);
});
