import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTrailers } from '../../src/git/parse-trailers.ts';
import { temporaryFolder, testEnvironment } from './build-repo.ts';

const folder = temporaryFolder();

/** What git sees, as `name: value` lines. */
function gitsTrailers(message: string): string[] {
  const args = ['interpret-trailers', '--parse', '--no-divider'];
  return execFileSync('git', args, { cwd: folder, input: message, env: testEnvironment(), encoding: 'utf8' }).split('\n').filter((line) => line !== '');
}

function seen(message: string): string[] {
  return parseTrailers(message).filter((trailer) => !trailer.hidden).map(({ name, value }) => `${name}: ${value}`);
}

const messages: Record<string, string> = {
  'a clean last paragraph': 'fix: x\n\nbody\n\nPhase: pxgate\nCloses-Deferred: 2026-06-13-circle\n',
  'no final newline': 'fix: x\n\nPhase: pxgate',
  'only a title': 'Phase: pxgate\n',
  'title and trailers in one paragraph': 'fix: x\nPhase: pxgate\n',
  'a paragraph of prose behind': 'fix: x\n\nPhase: pxgate\n\nand that is that\n',
  'hidden by a blank line before Co-Authored-By': 'fix: x\n\nCloses-Deferred: a\nRole: builder\n\nCo-Authored-By: B <b@x>\n',
  'prose among the trailers': 'fix: x\n\nsome prose\nPhase: pxgate\n',
  'a quarter with a sign-off': 'fix: x\n\none\ntwo\nthree\nSigned-off-by: A <a@x>\n',
  'less than a quarter with a sign-off': 'fix: x\n\none\ntwo\nthree\nfour\nSigned-off-by: A <a@x>\n',
  'a cherry-pick line': 'fix: x\n\nprose\nPhase: p\n(cherry picked from commit 0123456789012345678901234567890123456789)\n',
  folded: 'fix: x\n\nPhase: pxgate\n  and more\n\tof it\nRole: builder\n',
  'folded before any': 'fix: x\n\n folded\nPhase: pxgate\n',
  'blanks around the colon': 'fix: x\n\nPhase  :   pxgate  \nRole:builder\nEmpty:\n',
  'a name with blanks': 'fix: x\n\nSome words here: value\n',
  'comments at the end': 'fix: x\n\nPhase: p\n# comment\n\n# another\n',
  'a comment inside': 'fix: x\n\nPhase: p\n# comment\nRole: builder\n',
  'a list of conflicts': 'merge\n\nPhase: p\n\nConflicts:\n\ta/b.md\n\tc.md\n',
  scissors: 'fix: x\n\nPhase: p\n\n# ------------------------ >8 ------------------------\ndiff --git a/x b/x\n',
  'a divider line': 'fix: x\n\nPhase: p\n---\n file | 2 +-\n',
  'CRLF line ends': 'fix: x\r\n\r\nbody\r\n\r\nPhase: p\r\nRole: builder\r\n',
  'blank lines of blanks': 'fix: x\n \t\nPhase: p\n  \n',
  'leading blank lines': '\n\nfix: x\n\nPhase: p\n',
  'an address': 'fix: x\n\nhttps://example.org/\nPhase: p\n',
  empty: '',
  'not ASCII': 'fix: x\n\nPhäse: p\n',
};

describe('trailers that git sees', () => {
  it.each(Object.entries(messages))('%s', (_name, message) => {
    expect(seen(message)).toEqual(gitsTrailers(message).map((line) => line.replace(/: *$/, ': ')));
  });

  it('are the same for random messages', () => {
    const line = fc.oneof(
      fc.constantFrom('', '', 'Phase: p', 'Signed-off-by: A <a@x>', 'Role : builder', ' folded', '\tfolded', 'prose here', '# comment', 'Conflicts:', '\tpath', '---', '(cherry picked from commit 01)', 'A:', ': x', '-: y', ' ', 'x y z: v', '# ------------------------ >8 ------------------------', 'Ref:#1\r', '\r'),
      fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\n', '')),
    );
    const message = fc.tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '')).map(([lines, end]) => lines.join('\n') + end);
    fc.assert(
      fc.property(message, (text) => {
        expect(seen(text)).toEqual(gitsTrailers(text).map((each) => each.replace(/: *$/, ': ')));
      }),
      { numRuns: process.env['DOCKET_LONG'] ? 3000 : 250 },
    );
  });
});

describe('hidden trailers', () => {
  const hidden = (message: string): string[] => parseTrailers(message).filter((each) => each.hidden).map(({ name, value }) => `${name}: ${value}`);

  it.each([
    ['behind the last blank line', messages['hidden by a blank line before Co-Authored-By'] ?? '', ['Closes-Deferred: a', 'Role: builder']],
    ['right under the title', 'fix: x\nCloses-Deferred: a\n', ['Closes-Deferred: a']],
    ['before prose', 'fix: x\n\nCloses-Deferred: a\n  folded\n\nThat is all.\n', ['Closes-Deferred: a folded']],
    ['below a divider', 'fix: x\n\nprose\n\n---\nCloses-Deferred: a\n', ['Closes-Deferred: a']],
    ['below the scissors', 'fix: x\n\nprose\n\n# ------------------------ >8 ------------------------\nCloses-Deferred: a\n', ['Closes-Deferred: a']],
    ['never the title', 'fix: x\n', []],
    ['never an address or a word without a value', 'fix: x\n\nsee https://example.org/ and\nhttps://example.org/\nNote:\n\nend of it\n', []],
  ])('%s', (_name, message, expected) => {
    expect(hidden(message)).toEqual(expected);
  });
});
