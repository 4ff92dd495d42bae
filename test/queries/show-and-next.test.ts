import { describe, expect, test } from 'vitest';
import type { GateStatus, PhaseStatus, Status } from '../../src/contract/schema/status.ts';
import { quoteWord } from '../../src/queries/shell-word.ts';
import { showEntry } from '../../src/queries/show-entry.ts';
import { suggestNext } from '../../src/queries/suggest-next.ts';
import { makeEntry, makeLedger, makeRef } from './ledger-fixture.ts';

test('an entry is shown with its text and the links of both directions', () => {
  const finding = makeEntry('finding:pvfix/A1', { refs: [makeRef('path', 'a.py', 'a.py', { line: 4 })] });
  const journal = makeEntry('journal:pxgate/2026-06-13-x', { refs: [makeRef('finding', 'A1', 'finding:pvfix/A1', { line: 7 }), makeRef('commit', 'abc1234', null)] });
  const shown = showEntry(makeLedger([finding, journal]), finding, 'the text');
  expect(shown.body).toBe('the text');
  expect(shown.links).toEqual({
    out: [{ from: 'finding:pvfix/A1', to: 'a.py', type: 'path', status: 'resolved', line: 4 }],
    in: [{ from: 'journal:pxgate/2026-06-13-x', to: 'finding:pvfix/A1', type: 'finding', status: 'resolved', line: 7 }],
  });
});

const gate = (id: string, state: GateStatus['state']): GateStatus => ({
  id,
  state,
  claim: { entry: `claim:p/${id}#1`, commit: 'c', at: null },
  verdict: state === 'failed' ? { entry: `verdict:p/${id}#1`, result: 'fail', commit: null, at: null, writtenTime: null } : null,
  evidence: { level: 'none', verdict: 'none', reproductions: [] },
  disagreements: [],
});
const phase = (more: Partial<PhaseStatus>): PhaseStatus => ({ id: 'p', order: 1, gates: [], done: { marked: false, allowed: false, missing: [] }, findings: { open: [], closed: [] }, vetoes: [], ...more });
const status = (more: Partial<Status>): Status => ({ phases: [], deferred: { open: [], closed: [], triggered: [] }, inbox: { builder: [], adversary: [] }, alerts: [], ...more });

describe('what to do next', () => {
  const busy = status({
    phases: [phase({ gates: [gate('M1', 'failed'), gate('M2(c)', 'claimed'), gate('M3', 'none')], findings: { open: ['finding:p/A1', 'finding:p/A2'], closed: [] } })],
    inbox: { builder: ['inbox:builder/x'], adversary: ['inbox:adversary/y'] },
    deferred: { open: ['deferred:d'], closed: [], triggered: ['deferred:d'] },
  });
  test('messages, then what stops a gate, then what waits', () =>
    expect(suggestNext(busy, null)).toEqual(['docket show inbox:builder/x', 'docket show inbox:adversary/y', 'docket show verdict:p/M1#1', "docket show 'claim:p/M2(c)#1'", 'docket list finding --phase p --state open'].map((one) => one.replace('verdict:p/M1#1', "'verdict:p/M1#1'"))));
  test('the Adversary judges first, and reads only his own messages', () =>
    expect(suggestNext(busy, 'adversary').slice(0, 2)).toEqual(['docket show inbox:adversary/y', "docket show 'claim:p/M2(c)#1'"]));
  test('nothing to do is nothing', () => expect(suggestNext(status({ phases: [phase({})] }), null)).toEqual([]));
});

test.each([['pvfix/A1', 'pvfix/A1'], ['M1#2', "'M1#2'"], ["it's", String.raw`'it'\''s'`], ['M2(c)', "'M2(c)'"], ['', "''"]])('%s is quoted as %s', (text, quoted) => expect(quoteWord(text)).toBe(quoted));
