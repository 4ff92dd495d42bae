import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/contract/failure.ts';
import { parseFrontMatter } from '../../src/documents/parse-front-matter.ts';
import { parseTrailers } from '../../src/git/parse-trailers.ts';
import { readConfig } from '../../src/ledger/config/read-config.ts';
import { readAlert } from '../../src/ledger/join/alerts.ts';
import { readModule, settleDefinitions } from '../../src/reconcile/order/nix/read-module.ts';
import { readCompose } from '../../src/reconcile/order/read-compose.ts';
import { readSpec } from '../../src/reconcile/spec/read-spec.ts';
import { compilePattern, compileRegex } from '../../src/repro/match/compile-pattern.ts';

/** Texts that once made a reader throw, end the process, or go on for minutes or for ever. The test's time limit is the judge of the last. */
const limit = 30_000;

/** The message of a refusal, with its place before it. */
function refusal(text: string): string {
  try {
    readConfig(text, 'docket.yaml');
    return 'read';
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

const chain = (length: number, line: (index: number) => string): string => Array.from({ length }, (_, index) => line(index)).join('');
const doubling = chain(9, (index) => `k${index}: &k${index} [${index === 0 ? 'x' : `*k${index - 1}, *k${index - 1}`}]\n`);

describe('a configuration', () => {
  test.each([
    ['an alias of nothing', 'phases: *none\n', /^docket.yaml:1:9: Unexpected alias "\*none", expected an anchor/],
    ['an alias of what holds it', 'roles: &a {builder: *a}\n', /^docket.yaml:1:21: Unexpected alias "\*a"/],
    ['aliases of aliases', `documents: {a: b}\n${doubling}`, /^docket.yaml:4:10: Unexpected alias "\*k1", expected one that stands for plain values/],
    ['brackets', `phases: ${'['.repeat(100_000)}`, /^docket.yaml:1:\d+: Unexpected nesting/],
    ['dashes in a line', '- '.repeat(50_000), /Unexpected nesting/],
    ['question marks', '? '.repeat(50_000), /Unexpected nesting/],
    ['keys in a line', `${'a: b: '.repeat(20_000)}`, /^docket.yaml:1:\d+: Unexpected nesting/],
    ['keys in a line within brackets', `phases: {a: ${'b: '.repeat(20_000)}`, /Unexpected nesting/],
    ['question marks behind tags', '? !x '.repeat(400), /Unexpected nesting/],
    ['indented keys', chain(200, (index) => `${' '.repeat(index)}a:\n`), /^docket.yaml:6\d:6\d: Unexpected nesting/],
    ['keys without end', chain(50_000, (index) => `k${index}: 1\n`), /^docket.yaml:1:1: Unexpected YAML of \d+ characters/],
    ['40 maps in each other', `${chain(40, (index) => `${' '.repeat(index)}a:\n`)}${' '.repeat(40)}b: c\n`, /Unexpected key "a"/],
  ])('with %s is refused with its place', (_, text, message) => {
    expect(refusal(text)).toMatch(message);
  }, limit);

  test('with an alias of plain values, and brackets in quotes, is read', () => {
    const text = `phases: &all [a, b]\nredactions:\n${chain(70, (index) => `  R${index}: "[${'['.repeat(3)}"\n`)}roles: {builder: *all}\n`;
    expect(readConfig(text, 'docket.yaml')).toMatchObject({ phases: ['a', 'b'], roles: { builder: ['a', 'b'] } });
  });
});

test.each(['['.repeat(5000), '- '.repeat(3000), '{a: '.repeat(2000)])('front matter that is nested without end is refused: %.12s…', (body) => {
  expect(parseFrontMatter(body).problems[0]?.message).toMatch(/^Unexpected (?:nesting|front matter)/);
});

test.each([`apps: ${'{a: '.repeat(50_000)}`, `apps: ${'['.repeat(50_000)}`, '- '.repeat(50_000)])('a specification that is nested without end is refused: %.12s…', (text) => {
  expect(readSpec(`version: 1\n${text}`, 'infra.yaml')).toMatchObject({ ok: false, errors: [{ message: expect.stringMatching(/^Unexpected (?:nesting|YAML of)/) }] });
}, limit);

describe('a compose file', () => {
  test('that merges in itself is read once', () => {
    expect(readCompose('services: &a {<<: *a, web: {depends_on: [db]}}\n', 'c.yml').services).toEqual(['compose:web']);
  });
  test('that merges in the same twice, and that twice, and so on, ends', () => {
    const text = `${chain(40, (index) => `k${index}: &k${index} {${index === 0 ? 'depends_on: [db]' : `<<: [*k${index - 1}, *k${index - 1}]`}}\n`)}services: {web: *k39}\n`;
    expect(readCompose(text, 'c.yml').edges).toMatchObject([{ from: 'compose:web', to: 'compose:db' }]);
  }, limit);
  test('that is nested without end is reported', () => {
    expect(readCompose(`services:\n  ${'['.repeat(50_000)}`, 'c.yml').unread).toMatchObject([{ what: 'c.yml', place: { line: 2 }, why: expect.stringContaining('nesting') }]);
  }, limit);
});

describe('a Nix module', () => {
  const after = (value: string, bindings: string): string => `let ${bindings} in { systemd.services.y.after = ${value}; }`;
  test.each([
    ['lists that double with every name', after('a0', `${chain(20, (index) => `a${index} = a${index + 1} ++ a${index + 1} ++ a${index + 1}; `)}a20 = [ "x.service" ];`)],
    ['texts that double with every name', after('[ a0 ]', `${chain(20, (index) => `a${index} = "\${a${index + 1}}\${a${index + 1}}\${a${index + 1}}"; `)}a20 = "x.service";`)],
    ['sets that double with every name', `let ${chain(19, (index) => `a${index} = mkMerge [ a${index + 1} a${index + 1} a${index + 1} ]; `)}a19 = { after = [ "x.service" ]; }; in { systemd.services.y = a0; }`],
  ])('of %s ends, and says what it left', (_, source) => {
    const { unread } = readModule(source, 'a.nix');
    expect(unread.length).toBeGreaterThan(0);
    expect(unread.some(({ why }) => /more than is followed|round in a circle/.test(why))).toBe(true);
  }, limit);

  test.each([
    ['a name of 40,000 parts', `{ a${'.a'.repeat(40_000)} = 1; }`],
    ['a sum of 40,000 sides', `a${'++a'.repeat(40_000)}`],
    ['a name below systemd without end', `{ systemd.services${'.a'.repeat(40_000)} = 1; }`],
    ['put-ins within put-ins', `[${'"${"${a}"}" '.repeat(30_000)}]`],
    ['sets within many names', `let ${chain(20_000, (index) => `a${index}=1;`)} in [${'rec{} '.repeat(20_000)}]`],
  ])('with %s ends', (_, source) => {
    expect(readModule(source, 'a.nix').definitions).toEqual([]);
  }, limit);

  test('with a list of 60,000 units ends', () => {
    const { definitions } = readModule(`{ systemd.services.y.after = [ ${'"x.service" '.repeat(60_000)}]; }`, 'a.nix');
    expect(settleDefinitions(definitions).get('y.service')).toHaveLength(definitions.length);
  }, limit);
});

test('a trailer with 300,000 blanks in its value ends', () => {
  expect(parseTrailers(`x\n\nPhase: a${' '.repeat(300_000)}b`)).toMatchObject([{ name: 'Phase' }]);
}, limit);

test('an alert that is nested without end is unreadable, and nothing more', () => {
  const origins = { born: () => null, changed: () => null } as unknown as Parameters<typeof readAlert>[0]['origins'];
  expect(readAlert({ path: 'machine-docs/alerts/x.json', bytes: Buffer.from(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`), origins })).toMatchObject({ diagnostic: { rule: 'unreadable', place: { line: 1 } } });
});

test('a pattern whose repetitions would take for ever over a long line is none', () => {
  for (const compiled of [compileRegex('(?:a?){1000}'.repeat(100)), compileRegex(`(?:${'a?'.repeat(200)}){1000}`), compilePattern('[TIME]'.repeat(300))]) expect(compiled).toMatchObject({ ok: false, message: expect.stringContaining('fewer repetitions') });
  expect([compilePattern('[TIME] [DATE] [DUR] [SHA] [UUID] [..]').ok, compileRegex('a{1000}').ok]).toEqual([true, true]);
});
