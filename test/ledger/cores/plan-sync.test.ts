import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/contract/schema/entry.ts';
import { planSync, type SyncInput } from '../../../src/ledger/landing/plan-sync.ts';
import type { Declaration, DeclaredBy, Landing, LandingCommit, Route } from '../../../src/ledger/landing/types.ts';
import { makeEntry } from '../../queries/ledger-fixture.ts';

const id = (letter: string): string => letter.repeat(40);

function commitOf(letter: string, more: Partial<LandingCommit> = {}): LandingCommit {
  return { commit: id(letter), parents: [], subject: `fix ${letter}`, message: `fix ${letter}\n`, commitTime: '2026-05-04T10:00:00Z', author: { name: 'A', email: 'a@example.org' }, authorTime: '2026-05-04T10:00:00Z', files: [], ...more };
}

const item = (state: string, more: Partial<Entry> = {}): Entry => makeEntry('deferred:2026-05-01-rope', { state, ...more });
const declares = (letter: string, by: DeclaredBy = 'trailer', more: Partial<LandingCommit> = {}): Declaration => ({ entry: 'deferred:2026-05-01-rope', commit: commitOf(letter, more), by });
const landed = (route: Route, as: string, revertedBy: LandingCommit | null = null): Landing => ({ landed: { route, as: id(as) }, revertedBy, branches: [] });
const waits = (...branches: string[]): Landing => ({ landed: null, revertedBy: null, branches });
const revert = commitOf('9', { subject: 'Revert "fix"', commitTime: '2026-05-05T10:00:00Z' });

function plan(state: string | Entry, declarations: Declaration[], landings: Record<string, Landing>, more: Partial<SyncInput> = {}) {
  const items = [typeof state === 'string' ? item(state) : state];
  return planSync({ items, declarations, landings: new Map(Object.entries(landings).map(([letter, landing]) => [id(letter), landing])), closings: new Map(), unknown: [], touch: () => null, acceptWords: false, edge: new Set(), ...more });
}

const nothing = { closed: [], reopened: [], refused: [], pending: [], unknown: [] };
const closedBy = (letter: string, route: Route, more: object = {}) => ({ entry: 'deferred:2026-05-01-rope', commit: id(letter), as: id(letter), route, subject: `fix ${letter}`, at: '2026-05-04T10:00:00Z', by: 'trailer', ...more });
const entryOf = (letter: string, why: string) => ({ entry: 'deferred:2026-05-01-rope', commit: id(letter), why });

describe('an open item', () => {
  test('that nobody declares stays as it is; what names no item is passed on', () => {
    const unknown = [{ commit: id('a'), value: 'x', why: 'y' }];
    expect(plan('open', [], {}, { unknown })).toEqual({ ...nothing, unknown });
    expect(plan('open', [{ ...declares('a'), entry: 'deferred:2026-05-01-other' }], { a: landed('ancestor', 'a') })).toEqual(nothing);
  });

  test.each<[Route, string]>([['ancestor', 'a'], ['patch-id', 'b'], ['squash', 'c']])('closes by %s', (route, as) => {
    expect(plan('open', [declares('a')], { a: landed(route, as) })).toEqual({ ...nothing, closed: [closedBy('a', route, { as: id(as) })] });
  });

  test('that was reopened closes too', () => {
    expect(plan('reopened', [declares('a')], { a: landed('ancestor', 'a') }).closed).toHaveLength(1);
  });

  test('by a hidden trailer, and by words only where they are accepted', () => {
    expect(plan('open', [declares('a', 'hidden trailer')], { a: landed('ancestor', 'a') }).closed).toEqual([closedBy('a', 'ancestor', { by: 'hidden trailer' })]);
    expect(plan('open', [declares('a', 'words')], { a: landed('ancestor', 'a') })).toEqual({ ...nothing, pending: [entryOf('a', 'declared in words only')] });
    expect(plan('open', [declares('a', 'words')], { a: landed('ancestor', 'a') }, { acceptWords: true }).closed).toEqual([closedBy('a', 'ancestor', { by: 'words' })]);
  });

  test.each<[string, Declaration[], Record<string, Landing>, string, Route]>([
    ['ancestor before patch-id', [declares('a'), declares('b')], { a: landed('patch-id', 'a'), b: landed('ancestor', 'b') }, 'b', 'ancestor'],
    ['ancestor before patch-id, in the other order', [declares('b'), declares('a')], { a: landed('patch-id', 'a'), b: landed('ancestor', 'b') }, 'b', 'ancestor'],
    ['patch-id before squash', [declares('a'), declares('b')], { a: landed('squash', 'a'), b: landed('patch-id', 'b') }, 'b', 'patch-id'],
    ['a trailer before words of the same route', [declares('a', 'words'), declares('b')], { a: landed('ancestor', 'a'), b: landed('ancestor', 'b') }, 'b', 'ancestor'],
    ['words of a stronger route before a trailer', [declares('a', 'words'), declares('b')], { a: landed('ancestor', 'a'), b: landed('patch-id', 'b') }, 'a', 'ancestor'],
    ['the earlier of two', [declares('a'), declares('b', 'trailer', { commitTime: '2026-05-04T09:00:00Z' })], { a: landed('ancestor', 'a'), b: landed('ancestor', 'b') }, 'b', 'ancestor'],
    ['the first by its sha of one second', [declares('b'), declares('a')], { a: landed('ancestor', 'a'), b: landed('ancestor', 'b') }, 'a', 'ancestor'],
    ['one that landed before one that did not', [declares('a'), declares('b')], { a: waits('fix/x'), b: landed('squash', 'b') }, 'b', 'squash'],
  ])('%s', (_, declarations, landings, letter, route) => {
    const { closed, pending } = plan('open', declarations, landings, { acceptWords: true });
    expect(closed.map(({ commit, route: by }) => [commit, by])).toEqual([[id(letter), route]]);
    expect(pending).toEqual([]);
  });

  test.each<[string, Landing | undefined, string]>([
    ['on one branch', waits('fix/x'), 'declared on fix/x, which is not merged'],
    ['on two', waits('fix/x', 'fix/y'), 'declared on fix/x, fix/y, which are not merged'],
    ['on many', waits('a', 'b', 'c', 'd'), 'declared on a, b, c, which are not merged'],
    ['on none', waits(), 'declared by a commit that is on no branch'],
    ['nobody knows where', undefined, 'declared by a commit that is on no branch'],
    ['undone', landed('ancestor', 'a', revert), `landed, but undone by ${id('9').slice(0, 12)} ("Revert "fix"")`],
  ])('waits: %s', (_, landing, why) => {
    expect(plan('open', [declares('a')], landing === undefined ? {} : { a: landing })).toEqual({ ...nothing, pending: [entryOf('a', why)] });
  });

  test('is refused by what does not touch it, whatever else closes it', () => {
    const touch: SyncInput['touch'] = (entry, { commit }) => (commit === id('a') ? `not ${entry.title}` : null);
    expect(plan('open', [declares('a')], { a: landed('ancestor', 'a') }, { touch })).toEqual({ ...nothing, refused: [entryOf('a', 'not 2026-05-01-rope')] });
    expect(plan('open', [declares('a'), declares('b')], { a: landed('ancestor', 'a'), b: landed('squash', 'b') }, { touch })).toEqual({ ...nothing, refused: [entryOf('a', 'not 2026-05-01-rope')], closed: [closedBy('b', 'squash')] });
  });

  test('at the edge of a shallow clone nobody sees what was touched', () => {
    const edge = new Set([id('a')]);
    expect(plan('open', [declares('a')], { a: landed('ancestor', 'a') }, { edge, touch: () => 'no' })).toEqual({ ...nothing, pending: [entryOf('a', 'declared by a commit at the edge of this shallow clone, where what it changed cannot be seen')] });
  });
});

describe('an item that a person opened again', () => {
  const reopened = (commit: string | null, words: string | undefined, state = 'reopened'): Entry => item(state, { closedBy: { date: null, commit }, fields: words === undefined ? {} : { Reopened: words } });
  const taken = { ...nothing, pending: [entryOf('a', 'landed, but the item it closed was reopened by hand since')] };
  test.each<[string, Entry, Landing, boolean]>([
    ['by hand: the same commit does not close it again', reopened('aaaaaaa', '2026-05-05 by hand'), landed('ancestor', 'a'), true],
    ['by hand: nor the one that it landed as', reopened('bbbbbbb', '2026-05-05 by hand'), landed('squash', 'b'), true],
    ['by hand: another does', reopened('ccccccc', '2026-05-05 by hand'), landed('squash', 'b'), false],
    ['by a revert', reopened('aaaaaaa', '2026-05-05 by 999999999999'), landed('ancestor', 'a'), false],
    ['by handling', reopened('aaaaaaa', 'by handling it'), landed('ancestor', 'a'), false],
    ['nobody says how', reopened('aaaaaaa', undefined), landed('ancestor', 'a'), false],
    ['its closing names nothing', reopened(null, 'by hand'), landed('ancestor', 'a'), false],
    ['it is open', reopened('aaaaaaa', 'by hand', 'open'), landed('ancestor', 'a'), false],
    ['without a closing', item('reopened', { fields: { Reopened: 'by hand' } }), landed('ancestor', 'a'), false],
  ])('%s', (_, entry, landing, isTaken) => {
    const answer = plan(entry, [declares('a')], { a: landing });
    if (isTaken) expect(answer).toEqual(taken);
    else expect(answer.closed).toHaveLength(1);
  });

  test.each([['0123456', '9'.repeat(40), 1], ['9876543', '9876543210'.repeat(4), 1], ['3456789', '9'.repeat(40), 0], ['6543210', '9876543210'.repeat(4), 0]])('%s is the beginning of a sha, not its end', (closed, as, pending) => {
    const commit = '0123456789'.repeat(4);
    const answer = planSync({ items: [reopened(closed, 'by hand')], declarations: [declares('a', 'trailer', { commit })], landings: new Map([[commit, { landed: { route: 'squash', as }, revertedBy: null, branches: [] }]]), closings: new Map(), unknown: [], touch: () => null, acceptWords: false, edge: new Set() });
    expect([answer.pending.length, answer.closed.length]).toEqual([pending, 1 - pending]);
  });

  test('and that has not landed is told as not landed', () => {
    expect(plan(reopened('bbbbbbb', 'by hand'), [declares('a')], { a: waits('x') }).pending).toEqual([entryOf('a', 'declared on x, which is not merged')]);
  });
});

describe('a closed item', () => {
  const closings = new Map([['deferred:2026-05-01-rope', id('a')]]);
  const again = { ...nothing, reopened: [{ entry: 'deferred:2026-05-01-rope', commit: id('9'), route: 'ancestor', subject: 'Revert "fix"', at: '2026-05-05T10:00:00Z', closedBy: id('a') }] };
  const undone = landed('ancestor', 'a', revert);
  test.each<[string, Declaration[], Record<string, Landing>, Partial<SyncInput>, boolean]>([
    ['opens where its commit was undone', [], { a: undone }, { closings }, true],
    ['opens where the declaration is the one that was undone', [declares('a')], { a: undone }, { closings }, true],
    ['stays where nothing undid it', [declares('a')], { a: landed('ancestor', 'a') }, { closings }, false],
    ['stays where its closing names no commit', [declares('a')], { a: undone }, {}, false],
    ['stays where nobody knows where its commit is', [], {}, { closings }, false],
    ['stays where another declaration stands', [declares('b')], { a: undone, b: landed('squash', 'b') }, { closings }, false],
    ['stays where another one stands in words', [declares('b', 'words')], { a: undone, b: landed('squash', 'b') }, { closings }, false],
    ['opens where the other has not landed', [declares('b')], { a: undone, b: waits('x') }, { closings }, true],
    ['opens where the other does not touch it', [declares('b')], { a: undone, b: landed('ancestor', 'b') }, { closings, touch: () => 'no' }, true],
    ['opens where the other was undone too', [declares('b')], { a: undone, b: landed('ancestor', 'b', revert) }, { closings }, true],
  ])('%s', (_, declarations, landings, more, opens) => {
    expect(plan('closed', declarations, landings, more)).toEqual(opens ? again : nothing);
  });

  test('is not closed twice', () => {
    expect(plan('closed', [declares('a')], { a: landed('ancestor', 'a') })).toEqual(nothing);
  });
});
