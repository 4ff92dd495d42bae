import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/contract/schema/entry.ts';
import { Failure } from '../../src/contract/failure.ts';
import { openPen, type Pen } from '../../src/edits/writer/pen.ts';
import type { Written } from '../../src/edits/writer/write-document.ts';
import { addDecision } from '../../src/edits/writers/add-decision.ts';
import { addDeferred } from '../../src/edits/writers/add-deferred.ts';
import { addFinding } from '../../src/edits/writers/add-finding.ts';
import { closeEntry, reopenEntry } from '../../src/edits/writers/close-entry.ts';
import { addJournal } from '../../src/edits/writers/add-journal.ts';
import { addTask } from '../../src/edits/writers/edit-task.ts';
import { sendMessage } from '../../src/edits/writers/send-message.ts';
import { openDocket } from '../../src/ledger/open-docket.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';

const runs = process.env['DOCKET_LONG'] ? 600 : 14;

/** What text must not be able to do: begin an entry, end one, hide one, forge a receipt, look like something else. */
const nasty = [
  '## 2026-01-01 — forged', '### 2026-01-01 — forged', '# Title', '## DONE', 'Setext\n===', 'Setext\n---', '---\nphase: x\n---', '```', '```sh', '~~~~', '<!--', '-->', '<!-- a -->', '<div>', '</div>', '<pre>',
  '- [ ] **What:** forged', '- [x] task', '[ ] box', '**Closed:** 2026-01-01 by operator', '**Reopened:** now', '**Status:** CLOSED', '- **Status:** superseded', '**Supersedes:** x', '<!-- docket-receipt v1 {"v":1} -->',
  '`<!-- docket-receipt v1 {} -->`', '<<<<<<< ours', '=======', '>>>>>>> theirs', '[x]: http://example.org', '[x]', '[^1]: note', '## VETO nothing works', '## Gate: M1 — CLAIMED', '## M1 — PASS @2026-01-01', '{#name}', '{#name', '14 items',
  '2026-01-01', '10:00Z', '@2026-01-01 — Adversary: forged', 'From Adversary, 2026-01-01', '— Builder', 'foo: bar', 'phase x', 'exception', 'TBD', 'A1 [adversary]', '| a | b |\n|---|---|\n| c | d |', '> quote', '1. one', '- a\n  - b', '    code', '\\', '\\#', '&amp;', '&#10;', '*', '**', '_a_', '~~x~~', '`', '``', '<b>', '<https://example.org>', 'https://example.org/a_b*', '\u200b', '\u200f', '\u202e', '\ufeff', '\u2028', '\u0000', '\u001b[31m', '\u0085', '\u00a0', '✔', '…', '.', '#', '##', '日本語', '🟢', 'e\u0301', '\t', '  ', '\r\n', '\r', '\n', '\n\n', 'a', 'word', '',
];
const piece = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...nasty) }, { weight: 1, arbitrary: fc.string({ maxLength: 8 }) }, { weight: 1, arbitrary: fc.constantFrom('plain words', 'the probe waits', 'fix') });
const line = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(' '));
const title = fc.oneof({ weight: 3, arbitrary: line.map((text) => `t ${text.replace(/[\p{Cc}\u2028]/gu, ' ')}`) }, { weight: 1, arbitrary: line });
const body = fc.array(fc.oneof({ weight: 1, arbitrary: line }, { weight: 1, arbitrary: fc.constantFrom('plain words', 'more of them', '') }), { maxLength: 4 }).chain((lines) => fc.constantFrom('\n', '\n\n', '\r\n').map((glue) => lines.join(glue)));

const documents: Record<string, string> = {
  'JOURNAL-p.md': '# JOURNAL\n\n## 2025-01-01 — Start\n\n**Next:** go on.\n\n```\n## 2025-01-02 — sample\n```\n\n## 2025-01-03 — Last\n\n- a\n- b',
  'DECISIONS.md': '# DECISIONS\n\n## Settled\n\n- **One:** yes.\n- **Two [x]:** no.\n\n## 2025-01-01 — p: first\n\nText.\n',
  'DEFERRED.md': '# DEFERRED\n\n## Open deferrals\n\n### 2025-01-01 — One\n- [ ] **What:** this\n- **Filed by:** Builder, phase p\n\n---\n\n## Closed deferrals\n\n(none yet)\n',
  'BACKLOG-p.md': '# BACKLOG\n\n## Build backlog\n\n- [ ] one\n- [x] two\n\n## Adversary findings\n\n### A1 [adversary] broken\n- **Status:** OPEN\n\nText.\n',
  'BUILDER-INBOX.md': '# BUILDER-INBOX\n\n## 2025-01-01 — First\n\nRead me.\n\n— Adversary\n',
};
const variant = fc.record({ crlf: fc.boolean(), mark: fc.boolean(), end: fc.constantFrom('', '\n', '\n\n', '\n  ') });
type Variant = typeof variant extends fc.Arbitrary<infer T> ? T : never;

function spell(text: string, { crlf, mark, end }: Variant): Buffer {
  const whole = text.trimEnd() + end;
  return Buffer.from(`${mark ? '\uFEFF' : ''}${crlf ? whole.replaceAll('\n', '\r\n') : whole}`);
}

let repository: Repository;
beforeAll(() => {
  repository = makeRepository();
  repository.write('machine-docs/docket.yaml', 'defaultPhase: p\n');
});
afterAll(() => repository.remove());

interface Case {
  title: string;
  body: string;
}
const date = '2026-06-13';
const given = (text: string): { name: string; text: string } => ({ name: 'the body', text });
const writers: Record<string, { file: string; write: (pen: Pen, text: Case) => Promise<Written>; title?: (title: string) => string[] }> = {
  journal: { file: 'JOURNAL-p.md', write: (pen, text) => addJournal(pen, { phase: 'p', title: text.title, date, body: given(text.body) }) },
  decision: { file: 'DECISIONS.md', write: (pen, text) => addDecision(pen, { phase: 'p', title: text.title, date, supersedes: null, state: null, body: given(text.body) }), title: (each) => [`p: ${each}`, `Phase p — ${each}`] },
  deferred: { file: 'DEFERRED.md', write: (pen, text) => addDeferred(pen, { title: text.title, what: text.title, reason: text.title, trigger: null, linked: text.title, phase: 'p', date, body: given(text.body), again: false }) },
  finding: { file: 'BACKLOG-p.md', write: (pen, text) => addFinding(pen, { phase: 'p', id: 'B7', title: text.title, severity: 'HIGH', date, body: given(text.body) }) },
  task: { file: 'BACKLOG-p.md', write: (pen, text) => addTask(pen, { phase: 'p', title: text.title, date: null }) },
  inbox: { file: 'BUILDER-INBOX.md', write: (pen, text) => sendMessage(pen, { to: 'builder', title: text.title, date, body: given(text.body) }), title: (each) => [each, `Adversary → Builder: ${each}`] },
};

/** As the contract has titles: one line, without check marks at its ends and final punctuation. */
function tidy(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().replace(/^(?:[✔🟢]\s*)+|(?:\s*[✔🟢])+$/gu, '').replace(/[\s.,:;!?…]+$/u, '').replace(/^(?:[✔🟢]\s*)+|(?:\s*[✔🟢])+$/gu, '').trim();
}

const outline = (bytes: Buffer): string => unified().use(remarkParse).parse(bytes.toString('utf8').replace(/^\uFEFF/u, '')).children.filter((node) => node.type === 'heading' && node.depth <= 2).length.toString();

async function picture(): Promise<{ entries: Entry[]; texts: string[] }> {
  const docket = await openDocket(repository.dir, { cache: false });
  const entries = docket.ledger.entries.filter(({ place }) => place.rev === null);
  const bodies = await docket.bodies(entries);
  return { entries, texts: entries.map((entry) => JSON.stringify([entry.kind, entry.id, entry.title, entry.state, entry.date, entry.fields, (bodies.get(entry) ?? '').replace(/[\s-]+$/u, '')])) };
}

const notes: Record<string, (pen: Pen, note: string) => Promise<Written>> = {
  'close --note': (pen, note) => closeEntry(pen, { id: 'deferred:2025-01-01-one', commit: null, pr: null, by: 'operator', note, date }),
  'close --by': (pen, note) => closeEntry(pen, { id: 'deferred:2025-01-01-one', commit: null, pr: null, by: note, note: null, date }),
  'reopen --why': (pen, note) => reopenEntry(pen, { id: 'deferred:2025-01-01-two', why: note, date }),
  'defer --again': (pen, note) => addDeferred(pen, { title: 'One', what: null, reason: note, trigger: null, linked: null, phase: 'p', date, body: given(''), again: true }),
};
const items = '# DEFERRED\n\n## Open deferrals\n\n### 2025-01-01 — One\n- [ ] **What:** this\n- **Filed by:** Builder, phase p\n\n---\n\n## Closed deferrals\n\n### 2025-01-01 — Two\n- [x] **What:** that\n- **Closed:** 2025-01-02 by operator\n\n### 2025-01-03 — Three\n- [x] **What:** more\n';

describe.each(Object.entries(notes))('%s', (_, write) => {
  test('a hostile note is refused, or stands in its item, and nothing else changes', async () => {
    const path = join(repository.dir, 'machine-docs/DEFERRED.md');
    await fc.assert(
      fc.asyncProperty(line, variant, async (note, as) => {
        for (const name of Object.keys(documents)) rmSync(join(repository.dir, 'machine-docs', name), { force: true });
        const before = spell(items, as);
        writeFileSync(path, before);
        const old = await picture();
        const pen = await openPen({ dir: repository.dir, cache: false, role: 'builder', dryRun: false });
        let entry: Entry | null;
        try {
          ({ entry } = await write(pen, note));
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          expect((error as Failure).exitCode).toBe(2);
          expect(readFileSync(path).equals(before)).toBe(true);
          return;
        }
        const now = await picture();
        expect(now.texts.filter((_text, index) => now.entries[index]?.id !== entry?.id)).toEqual(old.texts.filter((_text, index) => old.entries[index]?.id !== entry?.id));
        // Two lines differ at most: the box and the one that was added; taken out again, the old bytes are there.
        const added = readFileSync(path, 'utf8').split(/(?<=\n)/u).filter((each) => !/^- \*\*(?:Closed|Reopened|Seen again):\*\* 2026-06-13/u.test(each)).join('').replaceAll('[x]', '[ ]');
        expect(added).toBe(before.toString('utf8').replaceAll('[x]', '[ ]'));
        const words = Object.values(entry?.fields ?? {}).join(' ').replace(/\s+/gu, ' ');
        expect(words).toContain(note.replace(/\s+/gu, ' ').trim());
      }),
      { numRuns: Math.ceil(runs / 2) },
    );
  });
});

describe.each(Object.entries(writers))('%s', (kind, writer) => {
  test('hostile text is refused, or reads back as it was given, and nothing else changes', async () => {
    const path = join(repository.dir, 'machine-docs', writer.file);
    let written = 0;
    await fc.assert(
      fc.asyncProperty(fc.record({ title, body }), variant, async (text, as) => {
        for (const name of Object.keys(documents)) rmSync(join(repository.dir, 'machine-docs', name), { force: true });
        const before = spell(documents[writer.file] ?? '', as);
        writeFileSync(path, before);
        const old = await picture();
        const pen = await openPen({ dir: repository.dir, cache: false, role: writer.file === 'BUILDER-INBOX.md' ? 'adversary' : 'builder', dryRun: false });
        let entry: Entry | null;
        try {
          ({ entry } = await writer.write(pen, text));
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          expect((error as Failure).exitCode).toBe(2);
          expect(readFileSync(path).equals(before)).toBe(true);
          return;
        }
        written += 1;
        const after = readFileSync(path);
        const now = await picture();
        expect((writer.title ?? ((each) => [each]))(text.title.trim()).map(tidy)).toContain(entry?.title);
        expect(entry?.kind).toBe(kind);
        // Only an insertion: what stood before it and behind it is there, byte for byte.
        let start = 0;
        while (start < before.length && before[start] === after[start]) start += 1;
        const tail = before.length - start;
        expect(after.subarray(after.length - tail).equals(before.subarray(start))).toBe(true);
        // Every other entry reads as it did, but for a decision that the words of the text retire: they may, as with `(supersedes …)` in a title.
        const retired = new Set((entry?.supersedes ?? []).map(({ target }) => target));
        const alone = (of: { entries: Entry[]; texts: string[] }): string[] => of.texts.filter((_, index) => !retired.has(of.entries[index]!.id));
        const own = now.entries.findIndex(({ id }) => id === entry?.id);
        const inside = (other: Entry): boolean => other.kind === 'reproduction' && other.place.line >= (entry?.place.line ?? 0) && other.place.endLine <= (entry?.place.endLine ?? 0);
        const others = now.entries.map((other, index) => index !== own && !inside(other));
        expect(alone({ entries: now.entries.filter((_, index) => others[index]), texts: now.texts.filter((_, index) => others[index]) })).toEqual(alone(old));
        // The text is in the entry, whole.
        const lines = text.body.replace(/\r\n?/gu, '\n').replace(/^(?:[ \t]*\n)+|\s+$/gu, '').split('\n').map((each) => each.trimEnd());
        const entryLines = after.toString('utf8').replace(/^\uFEFF/u, '').split(/\r\n|\r|\n/u).slice((entry?.place.line ?? 1) - 1, entry?.place.endLine).map((each) => each.trimEnd());
        if (kind !== 'task' && lines.join('') !== '') expect(`\n${entryLines.join('\n')}\n`).toContain(`\n${lines.join('\n')}\n`);
        // remark, asked by itself, sees one more heading of the upper levels at most.
        if (kind !== 'inbox') expect(Number(outline(after)) - Number(outline(before))).toBe(kind === 'journal' || kind === 'decision' ? 1 : 0);
        if (as.crlf) expect(after.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
      }),
      { numRuns: runs },
    );
    expect(written).toBeGreaterThan(0);
  });
});
