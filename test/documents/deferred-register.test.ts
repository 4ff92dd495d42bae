import { expect, test } from 'vitest';
import { readDocument } from '../../src/documents/read-document.ts';
import { defaultVocabulary } from '../../src/documents/vocabulary/vocabulary.ts';

// Registers of headings: no boxes, no dates, only sections that say what is open and what is not.

async function read(text: string): Promise<{ items: string[]; unparsed: number[] }> {
  const { drafts, unparsed } = await readDocument('machine-docs/DEFERRED.md', Buffer.from(text), defaultVocabulary);
  return { items: drafts.filter(({ kind }) => kind === 'deferred').map(({ title, state, line, endLine }) => `${state} ${title} ${line}-${endLine}`), unparsed: unparsed.map(({ line }) => line) };
}

test('each heading below a section of open or closed items is one, with the state of the section', async () => {
  const text = '# Deferred work\n\nWords.\n\n## Conventions\n\nOne heading each.\n\n## Active\n\n### Retry of uploads\n\nFerries lose them.\n\n#### More\n\nDetail.\n\n### D-7: Colour\n\n- **Why:** nobody asked\n\n### Closed-loop control\n\nLater.\n\n## ✅ Resolved (2)\n\n### Open socket leak\n\nGone.\n\n### Lamp\n\n**Reopened:** it flickers again\n';
  expect(await read(text)).toEqual({ items: ['open Retry of uploads 11-18', 'open D-7: Colour 19-22', 'open Closed-loop control 23-26', 'closed Open socket leak 29-32', 'open Lamp 33-35'], unparsed: [] });
});

test.each([
  ['Open', 'open'], ['Currently deferred', 'open'], ['Parked / pending work', 'open'], ['Open items — low priority', 'open'], ['🟢 Active deferrals', 'open'],
  ['Closed', 'closed'], ['Done', 'closed'], ['Closed deferrals', 'closed'], ['Recently completed items', 'closed'], ['Resolved: 2026', 'closed'],
])('"%s" is a section of %s items', async (title, state) => {
  expect((await read(`# D\n\n## ${title}\n\n### One\n\nText.\n\n## ${title}\n\n### Group\n\n#### Two\n\nText.\n`)).items.map((item) => item.replace(/ \d+-\d+$/u, ''))).toEqual([`${state} One`, `${state} Two`]);
});

test('a box, and then the words of the item, say more than its section', async () => {
  expect((await read('# D\n\n## Closed\n\n### 2026-01-02 — One\n\n- [ ] **What:** x\n\n### Two\n\n- **Status:** open\n\n## Open\n\n### Three\n\n- **Status:** Resolved in 1a2b3c4d\n\n### Four\n\n- **Closed:** 2026-01-02 by operator\n')).items.map((item) => item.replace(/ \d+-\d+$/u, ''))).toEqual(['open One', 'open Two', 'closed Three', 'closed Four']);
});

test.each([['Closed sub-tranche (2026-01-02)', 'open'], ['Resolved parts', 'open'], ['Closed in part', 'open'], ['Closed-by', 'closed'], ['Closed (2026-01-02)', 'closed'], ['Resolved by', 'closed']])('**%s:** leaves an item %s', async (name, state) => {
  const [item] = (await read(`# D\n\n## Active\n\n### Pump\n\n**${name}:** 2026-01-02, the valve\n`)).items;
  expect(item).toMatch(new RegExp(`^${state} Pump`, 'u'));
});

test('what is no item is reported and not made one', async () => {
  expect(await read('# D\n\n## Open questions about buoys\n\nWho pays?\n\n## Active\n\n### (none yet)\n\n## Thoughts\n\n### On tides\n\nThey come.\n')).toEqual({ items: [], unparsed: [3, 13] });
});
