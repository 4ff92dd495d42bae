import { describe, expect, test } from 'vitest';
import type { Entry, Ref } from '../../../src/contract/schema/entry.ts';
import { cites, containsHunks } from '../../../src/ledger/landing/find-squash.ts';
import { judgeTouch, namedPaths } from '../../../src/ledger/landing/judge-touch.ts';
import { fixPaths } from '../../../src/ledger/landing/landing-question.ts';
import { messagePatterns, readDeclarations, readRevert } from '../../../src/ledger/landing/read-declarations.ts';
import type { LandingCommit } from '../../../src/ledger/landing/types.ts';
import { makeEntry, makeRef } from '../../queries/ledger-fixture.ts';

const sha = 'abcdef0123456789abcdef0123456789abcdef01';
function commitOf(message: string, files: LandingCommit['files'] = []): LandingCommit {
  return { commit: sha, parents: [], subject: message.split('\n')[0] ?? '', message, commitTime: '', author: { name: '', email: '' }, authorTime: '', files };
}

const items = ['deferred:2026-06-13-circular-dependency', 'deferred:2026-06-13-tar-the-rope', 'deferred:2026-06-14-tar-the-rope', 'deferred:2026-06-15-mast'].map((id) => makeEntry(id, { date: id.slice(9, 19), title: id.slice(20).replaceAll('-', ' ') }));
const [circular, rope, later, mast] = items.map(({ id }) => id);

function read(message: string, ...trailers: (string | { name: string; value: string; hidden: boolean })[]): string[] {
  const { declarations, unknown } = readDeclarations(commitOf(message), trailers.map((each) => (typeof each === 'string' ? { name: 'Closes-Deferred', value: each, hidden: false } : each)), items);
  return [...declarations.map(({ entry, by, commit }) => `${entry} by ${by}${commit.commit === sha ? '' : '?'}`), ...unknown.map(({ value, why }) => `${value}: ${why}`)];
}

describe('what trailers declare', () => {
  test.each<[string, string[]]>([
    ['2026-06-13-circular-dependency', [`${circular} by trailer`]], ['deferred:2026-06-13-circular-dependency', [`${circular} by trailer`]], ['DEFERRED:2026-06-15-mast', [`${mast} by trailer`]], [' `2026-06-15-mast` ', [`${mast} by trailer`]],
    ['circular-dependency', [`${circular} by trailer`]], ['dependency', [`${circular} by trailer`]], ['mast', [`${mast} by trailer`]], ['ast', ['ast: no deferred item has this id or ends in it']], ['-mast', ['-mast: no deferred item has this id or ends in it']],
    ['rope', [`rope: 2 items end in it: ${rope}, ${later}`]], ['2026-06-14-tar-the-rope', [`${later} by trailer`]], ['hull', ['hull: no deferred item has this id or ends in it']], ['', []], ['`', ['`: no deferred item has this id or ends in it']],
    ['mast, dependency', [`${mast} by trailer`, `${circular} by trailer`]], ['mast;dependency', [`${mast} by trailer`, `${circular} by trailer`]], ['mast and dependency', [`${mast} by trailer`, `${circular} by trailer`]], ['mast,', [`${mast} by trailer`]], ['mast, ,', [`${mast} by trailer`]],
    [' ', []], ['2026-06-15`-mast', ['2026-06-15`-mast: no deferred item has this id or ends in it']], ['2026-06-15-deferred:mast', ['2026-06-15-deferred:mast: no deferred item has this id or ends in it']], ['mast,mast', [`${mast} by trailer`]], ['mastanddependency', ['mastanddependency: no deferred item has this id or ends in it']], ['x`mast', ['x`mast: no deferred item has this id or ends in it']],
    ['x deferred:2026-06-15-mast', ['x deferred:2026-06-15-mast: no deferred item has this id or ends in it']],
  ])('%j', (value, expected) => {
    expect(read('fix', value)).toEqual(expected);
  });

  test('a whole id wins over one that only ends so; accents are one letter however they are written', () => {
    const twins = [makeEntry('deferred:2026-06-15-mast'), makeEntry('deferred:x-2026-06-15-mast'), makeEntry('deferred:2026-06-16-caf\u00e9')];
    const of = (value: string) => readDeclarations(commitOf('fix'), [{ name: 'Closes-Deferred', value, hidden: false }], twins).declarations.map(({ entry }) => entry);
    expect(of('2026-06-15-mast')).toEqual(['deferred:2026-06-15-mast']);
    expect(of('cafe\u0301')).toEqual(['deferred:2026-06-16-caf\u00e9']);
  });

  test('the name counts in any letters, a hidden one as hidden, unless another says so openly', () => {
    const named = (name: string, hidden = false) => ({ name, value: 'mast', hidden });
    expect(read('fix', named('CLOSES-deferred'))).toEqual([`${mast} by trailer`]);
    expect(read('fix', named('Closes'))).toEqual([]);
    expect(read('fix', named('Closes-Deferred', true))).toEqual([`${mast} by hidden trailer`]);
    expect(read('fix', named('Closes-Deferred', true), named('Closes-Deferred'))).toEqual([`${mast} by trailer`]);
    expect(read('fix', named('Closes-Deferred'), named('Closes-Deferred', true))).toEqual([`${mast} by trailer`]);
  });
});

describe('what words declare', () => {
  const words = (entry: string | undefined): string[] => [`${entry} by words`];
  test.each<[string, string[]]>([
    ['2026-06-13 circular-dependency entry closed', words(circular)], ['2026-06-13: circular dependency item resolved', words(circular)], ['2026-06-15 deferral done', words(mast)], ['2026-06-15 entry is now closed', words(mast)], ['2026-06-15 MAST entry CLOSED', words(mast)],
    ['closes entry 2026-06-15', words(mast)], ['Closed the deferred entry: 2026-06-15-mast', words(mast)], ['closing item of 2026-06-15 mast', words(mast)], ['resolves deferral `2026-06-13-tar-the-rope', words(rope)], ['resolved deferred 2026-06-13 the rope', words(rope)], ['resolving the item 2026-06-13 of tar', words(rope)],
    ['2026-06-13 : circular dependency item resolved', words(circular)], ['2026-06-13 circular\nentry closed', words(circular)], ['2026-06-13 circular; dependency entry closed', []], ['closes  the  deferred  entry : of  2026-06-15', words(mast)], ['closes entry\n2026-06-15', words(mast)], ['closes entry 2026-06-13\ncircular', words(circular)], ['closes entry:2026-06-15', words(mast)],
    ['2026-06-13 rope area entry closed', []], ['2026-06-13 rope antenna entry closed', []], ['2026-06-13 circular hull entry closed', []], ['closes entry 2026-06-13-the-rope; and more', words(rope)], ['closes entry 2026-06-13 rope 2', []], ['2026-06-13 entry closed', []], ['2026-06-13 hull entry closed', []], ['2026-06-13 circular rope entry closed', []], ['2026-06-16 mast entry closed', []], ['2026-06-15 mast closed', []], ['2026-06-15 mast entry. closed', []], ['2026-06-15 mast entry\nclosed', []],
    ['2026-06-15 mast entry which will one day be then closed', []], ['2026-06-15 mast reentry closed', []], ['2026-06-15 mast entry enclosed', []], ['x2026-06-15 mast entry closed', []], ['close the entry 2026-06-15', []], ['encloses entry 2026-06-15', []], ['closes 2026-06-15', []],
    ['closes the items 2026-06-15', []], ['2026-06-13 circular entry closed, 2026-06-15 mast entry done', [...words(circular), ...words(mast)]], ['2026-06-15 mast entry closed; closes entry 2026-06-15', words(mast)],
    ['2026-06-15 a mast entry closed', words(mast)], ['2026-06-15 an item mast entry closed', words(mast)],
  ])('%j', (message, expected) => {
    expect(read(message)).toEqual(expected);
  });

  test('count for nothing beside a trailer', () => {
    expect(read('2026-06-15 mast entry closed', 'mast')).toEqual([`${mast} by trailer`]);
  });

  test.each(['Closes-Deferred: x', 'closes deferred x', `This reverts commit ${sha}.`, '2026-06-15 mast entry closed', 'closes the item', 'resolved: deferred x', 'the deferral is resolved'])('%j is found by the patterns that git is asked with', (message) => {
    expect(messagePatterns.some((pattern) => new RegExp(pattern, 'iu').test(message))).toBe(true);
  });

  test.each(['encoded x', 'This reverts commit abc', 'an entry', 'closed'])('%j is not', (message) => {
    expect(messagePatterns.some((pattern) => new RegExp(pattern, 'iu').test(message))).toBe(false);
  });
});

describe('a revert', () => {
  test.each([
    [`Revert "x"\n\nThis reverts commit ${sha}.`, { commit: sha }],
    ['this reverts commit ABCDEF0.', { commit: 'abcdef0' }],
    [`This reverts commit ${sha}, reversing\nchanges made to FEDCBA9876.`, { commit: sha, mainline: 'fedcba9876' }],
    [`This reverts commit ${sha}, reversing changes made to x.`, { commit: sha }],
    [`This reverts commit ${sha},  reversing  changes  made  to  fedcba9.`, { commit: sha, mainline: 'fedcba9' }],
    ['This reverts commit abcdef.', null],
    ['xThis reverts commit abcdef0', null],
    [`This reverts commit ${sha}${sha}.`, null],
    ['This reverts commit abcdef0g', null],
    ['fix: it', null],
  ])('%j', (message, found) => {
    expect(readRevert(message)).toEqual(found);
  });
});

describe('a commit cites another', () => {
  const subject = 'fix(mast): step it';
  test.each([
    [`takes ${sha.slice(0, 7)}`, true], [`takes ${sha}`, true], [`(${sha.slice(0, 12).toUpperCase()})`, true], [`takes ${sha.slice(0, 6)}`, false], [`x${sha.slice(0, 9)}`, false], ['takes abcdef1', false], [`${sha}0`, false], ['takes 1234567 and abcdef0', true],
    [subject, true], [`* ${subject}`, true], [` - ${subject} (#12)`, true], ['words\n\n+ fix(mast): step it  \nmore', true], [`• ${subject}(#1)`, true], [`${subject} again`, false], [`so ${subject}`, false], [`${subject} (#x)`, false], [`${subject} (#12) x`, false], [`${subject} (#12)x`, false], ['fix(ma(#1)st): step it', false], ['', false],
  ])('%j: %s', (message, expected) => {
    expect(cites(message, { commit: sha, subject: ` ${subject} ` })).toBe(expected);
  });

  test('not by a subject that could be anybody’s', () => {
    expect(cites('fix mas', { commit: sha, subject: 'fix mas' })).toBe(false);
    expect(cites('fix mast', { commit: sha, subject: 'fix mast' })).toBe(true);
  });
});

describe('a larger diff contains a fix', () => {
  const diff = (files: Record<string, [string, string][]>) => new Map(Object.entries(files).map(([path, hunks]) => [path, hunks.map(([removed, added]) => ({ removed: [...removed], added: [...added] }))]));
  const ignore = (path: string): boolean => path.startsWith('docs/');
  test.each<[string, Record<string, [string, string][]>, Record<string, [string, string][]>, boolean]>([
    ['the same', { a: [['x', 'y']] }, { a: [['x', 'y']] }, true],
    ['one that holds more around it', { a: [['wxz', 'wyyz']] }, { a: [['x', 'yy']] }, true],
    ['lines at the end', { a: [['abx', 'aby']] }, { a: [['x', 'by']] }, true],
    ['lines that are not in one run', { a: [['x', 'yzy']] }, { a: [['x', 'yy']] }, false],
    ['too few lines', { a: [['x', 'y']] }, { a: [['x', 'yy']] }, false],
    ['another line is removed', { a: [['w', 'y']] }, { a: [['x', 'y']] }, false],
    ['another line is added', { a: [['x', 'z']] }, { a: [['x', 'y']] }, false],
    ['removed and added in two hunks', { a: [['x', ''], ['', 'y']] }, { a: [['x', 'y']] }, false],
    ['nothing is removed', { a: [['x', 'y']] }, { a: [['', 'y']] }, true],
    ['nothing is added', { a: [['x', 'y']] }, { a: [['x', '']] }, true],
    ['in the second hunk', { a: [['q', 'r'], ['x', 'y']] }, { a: [['x', 'y']] }, true],
    ['both hunks', { a: [['q', 'r'], ['x', 'y']] }, { a: [['x', 'y'], ['q', 'r']] }, true],
    ['one hunk of two', { a: [['x', 'y']] }, { a: [['x', 'y'], ['q', 'r']] }, false],
    ['in another file', { b: [['x', 'y']] }, { a: [['x', 'y']] }, false],
    ['one file of two', { a: [['x', 'y']] }, { a: [['x', 'y']], b: [['x', 'y']] }, false],
    ['a document does not count', { a: [['x', 'y']] }, { a: [['x', 'y']], 'docs/b': [['x', 'y']] }, true],
    ['documents alone', { 'docs/b': [['x', 'y']] }, { 'docs/b': [['x', 'y']] }, false],
    ['nothing', { a: [['x', 'y']] }, {}, false],
    ['a file without hunks', { a: [] }, { a: [] }, true],
    ['a file without hunks that the other does not change', { b: [] }, { a: [] }, false],
  ])('%s', (_, larger, fix, expected) => {
    expect(containsHunks(diff(larger), diff(fix), ignore)).toBe(expected);
  });
});

describe('a fix touches what it closes', () => {
  const facts = { isDocument: (path: string) => path.startsWith('docs/'), exists: (path: string) => path === 'Makefile', laterNames: (path: string) => (path === 'src/old.c' ? ['src/mid.c', 'src/new.c'] : []) };
  const naming = (...paths: (string | Partial<Ref>)[]): Entry => makeEntry('deferred:2026-06-15-mast', { refs: paths.map((path) => (typeof path === 'string' ? makeRef('path', path, path) : makeRef('path', 'x/y', null, path))) });
  const changing = (...paths: (string | [string, string])[]): LandingCommit => commitOf('fix', paths.map((path) => (typeof path === 'string' ? { path, from: null } : { path: path[0], from: path[1] })));

  test.each<[string, Entry, LandingCommit, string | null]>([
    ['nothing', naming('src/a.c'), changing(), 'changes no file'],
    ['documents only', naming(), changing('docs/J.md', 'docs/S.md'), 'changes only docket documents (docs/J.md, docs/S.md)'],
    ['many documents', naming(), changing('docs/1', 'docs/2', 'docs/3', 'docs/4', 'docs/5'), 'changes only docket documents (docs/1, docs/2, docs/3 and 2 more)'],
    ['three documents', naming(), changing('docs/1', 'docs/2', 'docs/3'), 'changes only docket documents (docs/1, docs/2, docs/3)'],
    ['the item names nothing', naming(), changing('src/b.c'), null],
    ['the file', naming('src/a.c'), changing('src/a.c'), null],
    ['one of the files', naming('src/a.c', 'src/b.c'), changing('src/b.c'), null],
    ['the name before', naming('src/a.c'), changing(['lib/a.c', 'src/a.c']), null],
    ['a later name', naming('src/old.c'), changing('src/new.c'), null],
    ['a word that is no path', naming('src'), changing('lib/a.c'), null],
    ['below the folder that is there', naming('src/x/'), changing('src/x/y/a.c'), null],
    ['below the folder, and elsewhere', naming('src/x'), changing('src/x/y/a.c', 'lib/z.c'), null],
    ['a folder that only begins so', naming('src/x'), changing('src/xy/a.c'), 'changes src/xy/a.c only, the item names src/x'],
    ['another file', naming('src/a.c'), changing('src/b.c'), 'changes src/b.c only, the item names src/a.c'],
    ['other files, and documents', naming('src/a.c', 'src/c.c'), changing('src/b.c', 'src/d.c', 'docs/J.md'), 'changes src/b.c, src/d.c, the item names src/a.c, src/c.c'],
    ['a file of that name somewhere', naming('Makefile'), changing('lib/Makefile'), null],
    ['a file whose name ends so', naming('Makefile'), changing('lib/GNUMakefile'), 'changes lib/GNUMakefile only, the item names Makefile'],
    ['a path that another path ends in', naming('src/a.c'), changing('lib/src/a.c'), 'changes lib/src/a.c only, the item names src/a.c'],
  ])('%s', (_, item, commit, why) => {
    expect(judgeTouch(item, commit, facts)).toBe(why);
  });

  test('the paths that an item names', () => {
    const refs: Ref[] = [
      makeRef('path', './src/a.c', null), makeRef('path', 'x', 'src/b.c/'), makeRef('path', 'src/a.c', 'src/a.c'), makeRef('path', 'https/x', null, { status: 'external' }), makeRef('url', 'src/u.c', 'src/u.c'), makeRef('path', 'word', null), makeRef('path', 'Makefile', null),
      makeRef('path', 'gone', null, { status: 'stale' }), makeRef('path', 'docs/J.md', null), makeRef('path', './', null), makeRef('path', '/', null, { status: 'stale' }), makeRef('path', 'src/dir//', null), makeRef('path', 'src/./c', null),
    ];
    expect(namedPaths(makeEntry('deferred:2026-06-15-mast', { refs }), facts)).toEqual(['src/a.c', 'src/b.c', 'Makefile', 'gone', 'src/dir', 'src/./c']);
  });

  test('the files of a fix, with their names before, each once, without documents', () => {
    expect(fixPaths(changing('src/a.c', ['src/b.c', 'src/a.c'], 'docs/J.md', ['src/c.c', 'docs/K.md'], ['src/e.c', 'src/d.c']), facts.isDocument)).toEqual(['src/a.c', 'src/b.c', 'src/c.c', 'src/e.c', 'src/d.c']);
  });
});
