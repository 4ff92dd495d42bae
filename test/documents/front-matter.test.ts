import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../../src/documents/read-document.ts';
import type { Reading } from '../../src/documents/reading.ts';
import { defaultVocabulary } from '../../src/documents/vocabulary/vocabulary.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { runDocket } from '../support/run-docket.ts';

const read = (text: string, name = 'STATUS.md'): Promise<Reading> => readDocument(`machine-docs/${name}`, Buffer.from(text), defaultVocabulary);
const value = async (body: string): Promise<unknown> => (await read(`---\n${body}\n---\n# S\n`)).frontMatter;
const places = ({ diagnostics }: Reading): unknown[] => diagnostics.map(({ rule, place }) => [rule, place?.line, place?.column]);

describe('front matter', () => {
  it('gives phase, owner, status and gates, in text or as lists', async () => {
    expect(await value('phase: k9\nowner: builder\nstatus: open\ngates: [M1, M2]')).toEqual({ phase: 'k9', owner: 'builder', status: 'open', gates: ['M1', 'M2'] });
    expect(await value('gates: M1, M2')).toMatchObject({ phase: null, gates: ['M1', 'M2'] });
    expect(await value('gates:\n  - M1\n  - M2 # the last')).toMatchObject({ gates: ['M1', 'M2'] });
  });

  it('decides the phase of a file whose name has none, and never against the name', async () => {
    expect((await read('---\nphase: k9\n---\n# S\n')).phase).toBe('k9');
    expect((await read('---\nphase: k9\n---\n# S\n', 'STATUS-real.md')).phase).toBe('real');
  });

  it('names gates that nobody has claimed', async () => {
    expect((await read('---\ngates: [M1, M2]\n---\n# S\n')).gates).toMatchObject([{ gate: 'M1' }, { gate: 'M2' }]);
  });

  it.each(['1e10', '0012345', '0x1f', '1_000', '12:30', 'yes', 'off', '2026-06-13', '.5', '1e1000'])('keeps the word %s as it is written', async (word) => {
    expect(await value(`phase: ${word}`)).toMatchObject({ phase: word });
  });

  it.each(['~', 'null', '', '""'])('takes %j for nothing', async (word) => expect(await value(`phase: ${word}`)).toMatchObject({ phase: null }));

  it('ends where its fence ends, with CRLF and a BOM too', async () => {
    const reading = await read('\uFEFF---\r\nphase: k9\r\n---\r\n# S\r\n\r\n## M1 — CLAIMED, awaiting Adversary\r\n');
    expect(reading).toMatchObject({ phase: 'k9', diagnostics: [], drafts: [{ kind: 'claim', key: 'M1', line: 6 }] });
  });

  it('is none where the first line is not a bare fence, or nothing closes it', async () => {
    for (const text of ['\n---\nphase: k9\n---\n', '----\nphase: k9\n----\n', '---\nphase: k9\n', ' ---\nphase: k9\n---\n', '# S\n\n---\nphase: k9\n---\n']) expect(await read(text), text).toMatchObject({ frontMatter: null, diagnostics: [] });
  });
});

describe('what cannot be read is said, with its place, and hides nothing else', () => {
  const broken: [string, string, number, number][] = [
    ['YAML that does not parse', '---\nphase: k9\ngates: [M1\n---\n', 3, 11],
    ['a key twice', '---\nphase: k9\nphase: k8\n---\n', 3, 1],
    ['a list in place of a map', '---\n- a\n---\n', 2, 1],
    ['a map in place of text', '---\nphase: {a: b}\n---\n', 2, 8],
    ['a language', '---toml\nphase = 1\n---\n', 1, 4],
    ['50 levels and more', `---\nx: ${'['.repeat(60)}${']'.repeat(60)}\n---\n`, 2, 1],
    ['more than anybody writes', `---\nx: ${'y'.repeat(9000)}\n---\n`, 1, 1],
  ];
  it.each(broken)('%s', async (_, text, line, column) => {
    const reading = await read(`${text}\n## M1 — CLAIMED, awaiting Adversary\n`);
    expect(places(reading)).toEqual([['front-matter', line, column]]);
    expect(reading.drafts).toMatchObject([{ kind: 'claim', key: 'M1' }]);
  });

  it('the second time as well as the first', async () => {
    const text = '---\nphase: [\n---\n';
    expect(places(await read(text))).toEqual(places(await read(text)));
    expect((await read(text)).diagnostics).toHaveLength(1);
  });

  it('one answer is not another one: what a caller changes stays his', async () => {
    const text = '---\ngates: [M1]\n---\n';
    (await read(text)).frontMatter?.gates.push('M2');
    expect((await read(text)).frontMatter?.gates).toEqual(['M1']);
  });

  it('aliases are followed and never expanded', async () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x]', ...Array.from('bcdefghij', (name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghij'[index]}`).join(', ')}]`)];
    expect(await value(`${lines.join('\n')}\nphase: &p k9\nstatus: *p`)).toMatchObject({ phase: 'k9', status: 'k9' });
  });

  it('keys of the language are only keys', async () => {
    await value('__proto__: {phase: k9}\nconstructor: {prototype: {phase: k9}}');
    expect(Reflect.get({}, 'phase')).toBeUndefined();
    expect(await value('__proto__: {phase: k9}')).toMatchObject({ phase: null });
  });
});

describe('nothing in it is run', () => {
  let folder: string;
  let repository: Repository;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'docket-canary-'));
    repository = makeRepository();
    for (const [index, language] of ['js', 'javascript', 'coffee', 'coffeescript', 'json', 'cson', ' js', 'JavaScript', 'node'].entries()) {
      const canary = JSON.stringify(join(folder, `canary-${index}`));
      repository.write(`machine-docs/JOURNAL-p${index}.md`, `---${language}\n{ phase: require("fs").writeFileSync(${canary}, "ran") }\n---\n\n## 2026-06-01 — after\n`);
    }
    repository.write('machine-docs/JOURNAL-yaml.md', `---\nphase: !!js/function "function () { require('fs').writeFileSync(${JSON.stringify(join(folder, 'canary-tag'))}, 'ran') }"\n---\n\n## 2026-06-01 — after\n`);
    repository.commit('Bring the canaries in', '2026-06-01T12:00:00Z');
  });
  afterAll(() => {
    repository.remove();
    rmSync(folder, { recursive: true });
  });

  it('by any reading command', async () => {
    for (const command of [['status'], ['list'], ['list', 'documents'], ['show', 'journal:p0/2026-06-01-after'], ['search', 'after'], ['sync', '--dry-run'], ['gate', 'M1']]) await runDocket(['-C', repository.dir, ...command]);
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 'tag'].filter((name) => existsSync(join(folder, `canary-${name}`)))).toEqual([]);
    expect((await runDocket(['-C', repository.dir, 'list', 'journal'])).stdout.match(/ after /g)).toHaveLength(10);
  });
});
