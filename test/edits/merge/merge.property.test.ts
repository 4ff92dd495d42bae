import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../../src/documents/read-document.ts';
import { defaultVocabulary } from '../../../src/documents/vocabulary/vocabulary.ts';
import { mergeDocument } from '../../../src/edits/merge/merge-document.ts';
import { pageOpener } from '../../../src/edits/writer/open-page.ts';
import { mergeTexts } from '../../../src/git/merge-texts.ts';

const style = { markerSize: 7, labels: { base: 'base', ours: 'ours', theirs: 'theirs' } };
const runs = process.env['DOCKET_LONG'] ? 600 : 60;

const word = fc.constantFrom('probe', 'gate', 'fix', 'dashboard', 'M1', 'A1', '`code`', '**Next:** go on', 'x < y', '<b>', '* * *', '- [ ] not a task', '> quoted', '1. one');
const body = fc.array(fc.oneof(word, fc.constantFrom('```console\n$ ./probe.sh\n→? 0\n```', '', '### Notes\n\nsmall print', '<!-- a note -->')), { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n\n'));
const date = fc.integer({ min: 1, max: 28 }).map((day) => `2026-06-${String(day).padStart(2, '0')}`);

/** An entry of a form, told from all others by its number. */
type Form = (parts: { date: string; number: number; body: string }) => string;
const forms: { path: string; before: string; after: string; form: Form }[] = [
  { path: 'machine-docs/JOURNAL-k9.md', before: '# JOURNAL\n\nAppend-only.\n\n', after: '', form: ({ date, number, body }) => `## ${date} — entry ${number}\n\n${body}\n` },
  { path: 'machine-docs/DEFERRED.md', before: '# DEFERRED\n\n## Open deferrals\n\n', after: '\n## Closed deferrals\n\n(none yet)\n', form: ({ date, number }) => `### ${date} — item ${number}\n- [ ] **What:** do ${number}\n- **Filed by:** Builder, phase k9\n` },
  { path: 'machine-docs/REVIEW-k9.md', before: '# REVIEW\n\n', after: '', form: ({ date, number }) => `## M${number} — PASS @${date}\n\nRan it.\n` },
  { path: 'machine-docs/BACKLOG-k9.md', before: '# BACKLOG\n\n## Build backlog\n\n', after: '\n## Adversary findings\n\n(none yet)\n', form: ({ number }) => `- [ ] task number ${number}\n` },
  { path: 'machine-docs/DECISIONS.md', before: '# DECISIONS\n\n## Settled\n\n', after: '', form: ({ number }) => `- **Choice ${number}:** so it is.\n` },
];

const isBullet = (text: string): boolean => text.startsWith('- ');
const render = ({ before, after }: (typeof forms)[number], entries: readonly string[]): string =>
  before + (entries.length === 0 ? '(none yet)\n' : entries.reduce((all, entry) => all + (isBullet(entry) ? '' : '\n') + entry)) + after;

/** A document of some form in three versions: what each side added stands at the end or between what was there. */
const growth = fc.record({
  form: fc.constantFrom(...forms),
  base: fc.array(fc.record({ date, body }), { maxLength: 4 }),
  ours: fc.array(fc.record({ date, body, at: fc.nat(4) }), { minLength: 1, maxLength: 3 }),
  theirs: fc.array(fc.record({ date, body, at: fc.nat(4) }), { minLength: 1, maxLength: 3 }),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  end: fc.boolean(),
});

function versionsOf({ form, base, ours, theirs, lineEnd, end }: (typeof growth extends fc.Arbitrary<infer T> ? T : never)) {
  let number = 0;
  const make = (parts: { date: string; body: string }): string => form.form({ ...parts, number: ++number });
  const start = base.map(make);
  const grow = (added: readonly { date: string; body: string; at: number }[]): string[] => {
    const all = [...start];
    for (const parts of added) all.splice(Math.max(0, all.length - (parts.at > 2 ? parts.at - 2 : 0)), 0, make(parts));
    return all;
  };
  const finish = (entries: readonly string[]): Buffer => Buffer.from((end ? render(form, entries) : render(form, entries).trimEnd()).replaceAll('\n', lineEnd));
  return { base: finish(start), ours: finish(grow(ours)), theirs: finish(grow(theirs)), count: number };
}

const lines = (bytes: Buffer): string[] => bytes.toString('utf8').split(/\r?\n/u).filter((line) => line.trim() !== '');

describe('a merge of documents that both sides added to', () => {
  test('keeps every entry of both, as it was, without a conflict', async () => {
    await fc.assert(
      fc.asyncProperty(growth, async (sample) => {
        const { count, ...versions } = versionsOf(sample);
        const { path } = sample.form;
        const { bytes, conflicts, how } = await mergeDocument(path, versions, pageOpener(defaultVocabulary), style);
        expect({ conflicts, how }).toEqual({ conflicts: 0, how: { by: 'entries' } });
        const merged = bytes as Buffer;
        const textsOf = async (from: Buffer): Promise<string[]> => {
          const { drafts } = await readDocument(path, from, defaultVocabulary);
          const all = from.toString('utf8').split(/(?<=\n)/u);
          return drafts.filter(({ kind }) => kind !== 'reproduction').map((draft) => `${draft.kind} ${draft.title} ${all.slice(draft.line - 1, draft.endLine).join('').trim()}`);
        };
        const [read, ours, theirs] = await Promise.all([merged, versions.ours, versions.theirs].map(textsOf));
        expect(new Set(read)).toEqual(new Set([...(ours ?? []), ...(theirs ?? [])]));
        expect(read).toHaveLength(count);
        if (sample.lineEnd === '\r\n') expect(merged.toString('utf8').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
      }),
      { numRuns: runs },
    );
  });
});

describe('a merge of any three texts', () => {
  const line = fc.constantFrom('## 2026-06-01 — a', '## 2026-06-02 — b', '### c', '# d', '', '', 'text', 'more', '- [ ] box', '- [x] box', '(none yet)', '```', '<!--', '-->', '<<<<<<< x', '=======', '===', '---', '[x]: y', '> q', '    code');
  const text = fc.array(line, { maxLength: 14 }).map((all) => Buffer.from(all.join('\n')));
  const edits = fc.array(fc.record({ at: fc.nat(20), cut: fc.nat(2), put: fc.array(line, { maxLength: 3 }) }), { maxLength: 3 });
  const edited = (from: Buffer, changes: readonly { at: number; cut: number; put: string[] }[]): Buffer => {
    const all = from.toString('utf8').split('\n');
    for (const { at, cut, put } of changes) all.splice(at % (all.length + 1), cut, ...put);
    return Buffer.from(all.join('\n'));
  };

  test('never loses what a side wrote, and never conflicts where git does not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...forms), text, edits, edits, async ({ path }, base, one, two) => {
        const versions = { base, ours: edited(base, one), theirs: edited(base, two) };
        const { bytes, conflicts } = await mergeDocument(path, versions, pageOpener(defaultVocabulary), style);
        const merged = lines(bytes as Buffer);
        const counts = (of: string[], wanted: string): number => of.filter((each) => each === wanted).length;
        for (const side of [versions.ours, versions.theirs]) {
          const other = lines(side === versions.ours ? versions.theirs : versions.ours);
          for (const each of new Set(lines(side))) {
            const gone = Math.max(0, counts(lines(base), each) - counts(other, each));
            expect(counts(merged, each), each).toBeGreaterThanOrEqual(counts(lines(side), each) - gone);
          }
        }
        const git = await mergeTexts(versions, style);
        if (git?.conflicts === 0) expect(conflicts).toBe(0);
      }),
      { numRuns: runs * 2 },
    );
  });

  test('is the changed side where only one changed, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...forms), text, edits, async ({ path }, base, changes) => {
        const changed = edited(base, changes);
        for (const versions of [{ base, ours: changed, theirs: base }, { base, ours: base, theirs: changed }, { base, ours: changed, theirs: changed }]) {
          expect((await mergeDocument(path, versions, pageOpener(defaultVocabulary), style)).bytes).toEqual(changed);
        }
      }),
      { numRuns: runs },
    );
  });
});
