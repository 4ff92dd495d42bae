import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../src/documents/reading.ts';
import { assignIds } from '../../../src/ledger/ids/assign-ids.ts';
import { slugOf } from '../../../src/ledger/ids/slug.ts';

function draft(kind: Draft['kind'], rest: Partial<Draft>): Draft {
  return { kind, phase: 'px', title: 'Phase start', name: null, author: null, state: null, date: null, time: null, line: 1, endLine: 1, fields: [], refs: [], ...rest };
}

describe('slugOf', () => {
  it.each([
    ['Phase start', 'phase-start'],
    ['deploy-proxy ↔ dashboard health-gate circular dependency', 'deploy-proxy-dashboard-health-gate-circular-dependency'],
    ['M1: cache run on its own — THE OLD DIAGNOSIS DOES NOT HOLD', 'm1-cache-run-on-its-own-the-old-diagnosis-does-not-hold'],
    ['`compress_state.sh` port', 'compress-state-sh-port'],
    ['Größe über Ärger', 'größe-über-ärger'],
    ['Прокси — старт', 'прокси-старт'],
    ['代理 启动', '代理-启动'],
    ['e\u0301tat', 'état'],
    ['— …', ''],
    ['one two three four five six seven eight nine ten eleven twelve thirteen', 'one-two-three-four-five-six-seven-eight-nine-ten-eleven'],
    ['a'.repeat(70), 'a'.repeat(60)],
    [`${'a'.repeat(60)} b`, 'a'.repeat(60)],
    [`${'a'.repeat(59)} bc`, 'a'.repeat(59)],
  ])('%j → %j', (title, slug) => expect(slugOf(title)).toBe(slug));

  it('is short, made of letters, digits and single hyphens, and stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (title) => {
        const slug = slugOf(title);
        expect(slug).toMatch(/^(?:[\p{L}\p{Nd}]+(?:-[\p{L}\p{Nd}]+)*)?$/u);
        expect([...slug].length).toBeLessThanOrEqual(60);
        expect(slugOf(slug)).toBe(slug);
      }),
    );
  });
});

describe('assignIds', () => {
  const ids = (drafts: Draft[], owner: 'builder' | 'adversary' | null = null, path = 'machine-docs/X.md'): string[] => assignIds({ drafts, owner, path });

  it('names every kind', () => {
    expect(
      ids([
        draft('journal', { date: '2026-06-13' }),
        draft('journal', { date: '2026-06-13', time: '19:30:05' }),
        draft('journal', { date: '2026-06-13', title: '' }),
        draft('journal', { date: '2026-06-13', name: 'by-hand' }),
        draft('decision', { date: '2026-06-13', title: 'px: Ask the app' }),
        draft('deferred', { date: '2026-06-12', phase: '2w' }),
        draft('deferred', {}),
        draft('task', {}),
        draft('finding', { key: 'A5-2' }),
        draft('finding', {}),
        draft('note', { date: '2026-06-12' }),
        draft('reproduction', { key: 'px-m1' }),
        draft('reproduction', { date: '2026-06-13', title: 'Alert clearance' }),
        draft('claim', { key: 'M2(c)' }),
        draft('verdict', { key: 'M6.5' }),
        draft('veto', { key: '1' }),
        draft('plan', {}),
      ]),
    ).toEqual([
      'journal:px/2026-06-13-phase-start',
      'journal:px/2026-06-13T1930-phase-start',
      'journal:px/2026-06-13',
      'journal:px/2026-06-13-by-hand',
      'decision:px/px-ask-the-app',
      'deferred:2026-06-12-phase-start',
      'deferred:phase-start',
      'task:px/phase-start',
      'finding:px/A5-2',
      'finding:px/phase-start',
      'note:px/2026-06-12-phase-start',
      'reproduction:px/px-m1',
      'reproduction:px/2026-06-13-alert-clearance',
      'claim:px/M2(c)#1',
      'verdict:px/M6.5#1',
      'veto:px/1',
      'plan:px',
    ]);
  });

  it('names a message by who reads it', () => {
    expect(ids([draft('inbox', { date: '2026-06-13' })], 'adversary')).toEqual(['inbox:builder/2026-06-13-phase-start']);
    expect(ids([draft('inbox', { date: '2026-06-13' })], 'builder')).toEqual(['inbox:adversary/2026-06-13-phase-start']);
  });

  it('tells entries of one name apart, in file order', () => {
    const same = draft('task', {});
    expect(ids([same, same, draft('task', { title: 'other' }), same])).toEqual(['task:px/phase-start', 'task:px/phase-start~2', 'task:px/other', 'task:px/phase-start~3']);
    const claim = draft('claim', { key: 'M1' });
    expect(ids([claim, draft('claim', { key: 'M2' }), claim])).toEqual(['claim:px/M1#1', 'claim:px/M2#1', 'claim:px/M1#2']);
  });
});
