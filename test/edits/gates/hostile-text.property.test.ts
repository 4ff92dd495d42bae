import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure } from '../../../src/contract/failure.ts';
import type { Entry } from '../../../src/contract/schema/entry.ts';
import { openPen, type Pen } from '../../../src/edits/writer/pen.ts';
import type { Written } from '../../../src/edits/writer/write-document.ts';
import { addWaiver } from '../../../src/edits/writers/add-waiver.ts';
import { markDone } from '../../../src/edits/writers/mark-done.ts';
import { liftVeto, raiseVeto } from '../../../src/edits/writers/raise-veto.ts';
import { writeClaim } from '../../../src/edits/writers/write-claim.ts';
import { writeVerdict } from '../../../src/edits/writers/write-verdict.ts';
import { getStatus } from '../../../src/gates/get-status.ts';
import { openDocket } from '../../../src/ledger/open-docket.ts';
import { file, openDesk, type Desk } from './desk.ts';

const runs = process.env['DOCKET_LONG'] ? 80 : 10;

/** What text must not be able to do: begin an entry, end one, hide one, judge a gate, lift a veto. */
const nasty = [
  '## M2 — PASS @2026-01-01', '### PASS', 'M2 PASS', '**M2 FAIL** @ 10:00Z', '## VETO forged', 'VETO lifted', 'all VETOes cleared', 'SCOPED VETO on M2: x', '## DONE', 'DONE', 'Not yet', '(none yet)', 'pending',
  '## Gate: M2 — CLAIMED', 'Gate: **M2 CLAIMED**', '- [x] **CLAIM M2**', 'RE-CLAIMED', '**Forced:** x', 'Forced: x', '**WHAT:** x', '### HOW', 'EXPECTED: x', '**Waiver:** x y until 2099-01-01 by z because w', 'because', 'until 2099-01-01', 'superseded by x', 'exception',
  '```', '~~~', '<!--', '-->', '---', '===', '# T', '`code`', '`', '*a*', '**', '_', '[x]', '[x]: y', '<b>', '&lt;', '|', '\\', '{#id}', '2026-01-01', '@2026-01-01', 'M1', 'claim `abcdef1234`', '1. one', '- a', '> q', '\t', '\u00a0', '✔', '…', '.', 'words', 'of the probe', '\r', '\u0007', '\u202e', '日本',
];
const line = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...nasty) }, { weight: 1, arbitrary: fc.string({ maxLength: 6 }) }, { weight: 2, arbitrary: fc.constant('plain words') }), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '));
const body = fc.array(line, { maxLength: 3 }).chain((lines) => fc.constantFrom('\n', '\n\n', '\r\n').map((glue) => lines.join(glue)));
const shape = fc.record({ crlf: fc.boolean(), mark: fc.boolean(), end: fc.constantFrom('', '\n', '\n\n') });

const texts: Record<string, string> = {
  'STATUS-k9.md': '---\ngates: [M1, M2]\n---\n# STATUS — k9\n\n## Gate: M2 — CLAIMED, awaiting Adversary\n\n### WHAT\nMore.\n\n## Notes\n\nPlain.\n',
  'REVIEW-k9.md': '# REVIEW — k9\n\n## M2 — FAIL @2026-06-01\n\nNo.\n\n## VETO first\n\nx\n\n## SCOPED VETO on M2: second\n\ny\n',
  'DECISIONS.md': '# DECISIONS\n\n## 2026-06-01 — k9: first\n\nText.\n\n## 2026-06-02 — k9: second (supersedes first)\n\nText.\n',
};

let desk: Desk;
beforeAll(() => {
  desk = openDesk();
  for (const [name, text] of Object.entries(texts)) desk.write(name, text);
  desk.commit('claim(k9-M2): more');
});
afterAll(() => desk.repository.remove());

interface Sample {
  one: string;
  two: string;
  body: string;
}
const given = (text: string): { name: string; text: string } => ({ name: 'the body', text });
const noFile = { name: 'the body', text: '' };
const squeeze = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** What each writer writes, into which document, and what of the entry shows that it is what was meant. */
const writers: Record<string, { name: string; write: (pen: Pen, sample: Sample) => Promise<Written>; check: (entry: Entry, sample: Sample) => void }> = {
  claim: {
    name: 'STATUS-k9.md',
    write: async (pen, { one, two, body: text }) => {
      const { written } = await writeClaim(pen, { phase: 'k9', gate: 'M1', parts: { what: one, how: text, expected: two, where: 'here', teeth: null }, file: noFile, date: '2026-06-13T10:00Z', force: two });
      return written ?? { entry: null, path: '', diff: '' };
    },
    check: ({ gate, date, time, fields }, { one, two }) => {
      expect([gate, date, time, fields['WHERE']]).toEqual(['M1', '2026-06-13', '10:00', 'here']);
      expect(fields['WHAT'] ?? '').toBe(one.replace(/\r\n?/gu, '\n').trim());
      expect(fields['Forced']?.endsWith(squeeze(two))).toBe(true);
    },
  },
  verdict: {
    name: 'REVIEW-k9.md',
    write: (pen, { body: text }) => writeVerdict(pen, { phase: 'k9', gate: 'M1', result: 'conditional', claim: 'HEAD', date: '2026-06-13T10:00Z', body: given(text) }),
    check: ({ gate, state, claimCommit }) => expect([gate, state, claimCommit]).toEqual(['M1', 'conditional', desk.repository.git('rev-parse', 'HEAD').slice(0, 12)]),
  },
  veto: {
    name: 'REVIEW-k9.md',
    write: (pen, { one, body: text }) => raiseVeto(pen, { phase: 'k9', gate: null, reason: one, date: '2026-06-13', body: given(text) }),
    check: ({ id, state, scope, fields }) => expect([id, state, scope, fields['Raised']]).toEqual(['veto:k9/3', 'standing', null, '2026-06-13 by Adversary']),
  },
  'scoped veto': {
    name: 'REVIEW-k9.md',
    write: (pen, { one, body: text }) => raiseVeto(pen, { phase: 'k9', gate: 'M1', reason: one, date: '2026-06-13', body: given(text) }),
    check: ({ id, state, scope }) => expect([id, state, scope]).toEqual(['veto:k9/3', 'standing', 'M1']),
  },
  'lifted veto': {
    name: 'REVIEW-k9.md',
    write: (pen, { one }) => liftVeto(pen, { id: 'veto:k9/2', why: one, date: '2026-06-13' }),
    check: ({ id, state }) => expect([id, state]).toEqual(['veto:k9/2', 'cleared']),
  },
  waiver: {
    name: 'DECISIONS.md',
    write: (pen, { one, two }) => addWaiver(pen, { target: 'k9/M2', rule: 'unparsed', until: '2099-01-01', by: one, why: two, date: '2026-06-13' }),
    check: ({ state, fields }, { one, two }) => expect([state, fields['Waiver']]).toEqual(['exception', `gate:k9/M2 unparsed until 2099-01-01 by ${squeeze(one)} because ${squeeze(two)}`]),
  },
  done: {
    name: 'STATUS-k9.md',
    write: async (pen, { one, body: text }) => (await markDone(pen, { phase: 'k9', date: '2026-06-13', body: given(text), force: one })).written ?? { entry: null, path: '', diff: '' },
    check: () => undefined,
  },
};

/** What stands of all entries and of the gates, but for the one that was written: an entry is told by its kind, its text and what was read of it. */
async function picture(): Promise<{ rest: Map<string, string>; entries: Entry[]; done: boolean; phases: string }> {
  const docket = await openDocket(desk.repository.dir, { cache: false });
  const entries = docket.ledger.entries.filter(({ place }) => place.rev === null);
  const bodies = await docket.bodies(entries);
  const told = (entry: Entry): string => JSON.stringify([entry.kind, entry.title, entry.state, entry.date, entry.fields, entry.supersedes?.length, entry.supersededBy?.length, bodies.get(entry)?.trimEnd()]);
  const [phase] = getStatus(docket.ledger).phases;
  return { rest: new Map(entries.filter(({ kind }) => kind !== 'gate').map((entry) => [entry.id, told(entry)])), entries, done: phase?.done.marked ?? false, phases: docket.ledger.phases.map(({ id, gates }) => `${id}: ${gates.join(' ')}`).join('\n') };
}

describe.each(Object.entries(writers))('%s with hostile text', (what, { name, write, check }) => {
  test('reads back as what was meant, or nothing changes; all other bytes and entries stay', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record({ one: line, two: line, body }), shape, async (sample, { crlf, mark, end }) => {
        const path = join(desk.repository.dir, file(name));
        const plain = `${(texts[name] ?? '').trimEnd()}${end}`;
        const before = Buffer.from(`${mark ? '\uFEFF' : ''}${crlf ? plain.replaceAll('\n', '\r\n') : plain}`);
        writeFileSync(path, before);
        const old = await picture();
        const pen = await openPen({ dir: desk.repository.dir, cache: false, role: null, dryRun: false });
        let written: Written;
        try {
          written = await write(pen, sample);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          expect((error as Failure).kind).toBe('usage');
          expect(readFileSync(path)).toEqual(before);
          return;
        }
        const after = readFileSync(path);
        expect(after.subarray(0, before.length)).toEqual(before);
        if (crlf) expect(after.toString('utf8').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
        const now = await picture();
        expect(now.phases).toBe(old.phases);
        expect(now.done).toBe(what === 'done');
        const { entry } = written;
        if (entry) {
          const read = now.entries.find(({ id }) => id === entry.id);
          expect(read).toMatchObject({ kind: entry.kind, title: entry.title, state: entry.state, fields: entry.fields });
          check(entry, sample);
          now.rest.delete(entry.id);
          old.rest.delete(entry.id);
        }
        expect([...now.rest]).toEqual([...old.rest]);
      }),
      { numRuns: runs },
    );
  });
});
