import { describe, expect, test } from 'vitest';
import { findNearest, suggestNearest } from '../../src/queries/nearest.ts';
import { readKinds, readStates } from '../../src/queries/known-kinds.ts';
import { entryFields, projectFields, readFields } from '../../src/queries/project-fields.ts';

describe('the nearest name', () => {
  test.each([
    ['lst', ['list', 'show'], ['list']],
    ['LIST', ['list', 'show'], ['list']],
    ['jurnal', ['journal', 'inbox'], ['journal']],
    ['wrong-section', ['deferred-wrong-section', 'wrong-red'], ['deferred-wrong-section']],
    ['zzz', ['list', 'show'], []],
  ])('%s among %j is %j', (word, candidates, expected) => expect(findNearest(word, candidates)).toEqual(expected));

  test('far words still get one name', () => expect(suggestNearest('zzzzzz', ['list', 'show'])).toMatch(/^ Did you mean (list|show)\?$/));
  test('several are joined', () => expect(suggestNearest('gate', ['gated', 'gates'])).toBe(' Did you mean gated or gates?'));
  test('no candidates, no sentence', () => expect(suggestNearest('x', [])).toBe(''));
});

describe('kinds and states', () => {
  test.each([['journals', 'journal'], ['Decision', 'decision'], ['vetoes', 'veto'], ['deferred', 'deferred'], ['inboxes', 'inbox'], ['deferrals', 'deferred']])('%s is %s', (word, kind) => expect(readKinds([word])).toEqual([kind]));
  test('an unknown kind names the nearest', () => expect(() => readKinds(['findngs'])).toThrow(/Unknown kind "findngs".*Did you mean findings/s));
  test('a state must be one of the kinds asked for', () => {
    expect(readStates(['OPEN'], ['finding'])).toEqual(['open']);
    expect(() => readStates(['verified'], ['finding'])).toThrow(/Unknown state "verified" of finding, expected one of open, closed/);
    expect(() => readStates(['open'], ['journal'])).toThrow(/have no state/);
    expect(() => readStates(['opne'], [])).toThrow(/Did you mean open/);
  });
});

describe('fields', () => {
  test('only what was asked for, in that order', () => expect(Object.keys(projectFields({ id: 1, title: 2, phase: 3 }, ['phase', 'id', 'closed']))).toEqual(['phase', 'id']));
  test('an unknown field names the nearest', () => expect(() => readFields(['titel'], entryFields)).toThrow(/Unknown field "titel".*Did you mean title/s));
});
