import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/documents/read-document.ts';
import { defaultVocabulary } from '../../src/documents/vocabulary/vocabulary.ts';

const names = ['JOURNAL-k1.md', 'STATUS-k1.md', 'BACKLOG-k1.md', 'REVIEW-k1.md', 'DECISIONS.md', 'DEFERRED.md', 'BUILDER-INBOX.md', 'ADVERSARY-INBOX.md', 'plan-phase-k1-x.md', 'NOTES.md'];

/** Pieces of what agents write, whole and broken, that a generator strings together. */
const pieces = [
  '# Title', '## 2026-06-13 — Phase start', '## 2026-06-13T19:30Z — M1: x', '### 2026-02-30 — no date', '## Gate: M1 — CLAIMED, awaiting Adversary', 'Gate: **M1 CLAIMED** (claimed 2026-06-11)',
  '### WHAT is claimed', '**HOW:** `make`', '## M1 — x: **PASS** @ 2026-06-11T11:27Z', '### PASS @2026-06-13T13:00Z', '### PENDING', '## VETO the reason', '## 2026-06-13 — VETO lifted', 'Status: **M1 PASS** @ 17:40Z + **M2 PASS** @ 18:20Z',
  '## Build backlog', '## Adversary findings', '### A1 [adversary] title', '- [ ] **F1e-1 [adversary]** — *x*', '- [x] task', '\t- [ ] nested', '- [~] part', '## Open deferrals', '## Closed deferrals', '(none yet)', '### 2026-06-13 — item', '- [ ] **What:** text',
  '- **Closed:** 2026-06-13 by 1a2b3c4d', '## DONE', 'Not yet.', '```', '~~~~', '    ```', '> ## quoted', '<!--', '-->', '<div>', '---', '***', '===', '- ', '1. one', '| Gate | Verdict |\n|---|---|\n| M1 | PASS |', '', '', ' ', 'plain words here', '@2026-05-30T14:24:31Z — Adversary: hello',
  '**From Adversary, 2026-05-31T13:45Z — notes**', '<<<<<<< ours', '=======', '>>>>>>> theirs', '[a]: https://example.org', '```console repro id=x\n$ ./p\n→? 0\n```', '**Wildcard TLS:** …', '## Settled', '- **Deploy:** TBD', '\uFEFF', '\0', '\u2028', '[^1]: note',
];
const document = fc.array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) }), { maxLength: 40 }).chain((lines) => fc.constantFrom('\n', '\r\n', '\r').map((end) => lines.join(end)));

describe('every line belongs to exactly one entry, container, preamble or unparsed stretch', () => {
  test('for whatever is strung together, under every name', async () => {
    await fc.assert(
      fc.asyncProperty(document, fc.constantFrom(...names), fc.boolean(), async (text, name, bom) => {
        const bytes = Buffer.from(bom ? `\uFEFF${text}` : text);
        const reading = await readDocument(`machine-docs/${name}`, bytes, defaultVocabulary);
        let next = 1;
        for (const span of reading.spans) {
          expect(span.line).toBe(next);
          expect(span.endLine).toBeGreaterThanOrEqual(span.line);
          expect(span.draft === null).toBe(span.type !== 'entry');
          next = span.endLine + 1;
        }
        expect(next).toBe(reading.lines + 1);
        for (const draft of reading.drafts) {
          expect(draft.line).toBeGreaterThanOrEqual(1);
          expect(draft.endLine).toBeGreaterThanOrEqual(draft.line);
          expect(draft.endLine).toBeLessThanOrEqual(Math.max(1, reading.lines));
          for (const ref of draft.refs) expect(ref.line >= draft.line && ref.line <= draft.endLine, `${ref.value} of ${draft.title}`).toBe(true);
        }
        const covered = reading.spans.flatMap((span) => (span.type === 'unparsed' ? [span] : []));
        expect(reading.unparsed.length).toBeGreaterThanOrEqual(covered.length > 0 ? 1 : 0);
      }),
      { numRuns: process.env['DOCKET_LONG'] ? 20_000 : 400 },
    );
  }, 1_800_000);
});
