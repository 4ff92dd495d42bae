import { readFileSync } from 'node:fs';
import { remark } from 'remark';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remarkDocket, type RemarkDocketData, type RemarkDocketOptions } from '../../src/index.ts';
import { buildExample, type Example } from '../example/build-example.ts';
import { pictureOf, type Picture } from '../support/run-docket.ts';

/** What a pipeline of somebody else's gets, with docket as one of its plugins. */
async function pipe(value: string, path?: string, options: RemarkDocketOptions = {}): Promise<{ data: RemarkDocketData | undefined; text: string }> {
  const file = await remark().use(remarkFrontmatter).use(remarkGfm).use(remarkDocket, options).process({ value, ...(path === undefined ? {} : { path }) });
  return { data: file.data.docket, text: String(file) };
}

describe('the plugin for remark pipelines', () => {
  let example: Example;
  let picture: Picture;
  beforeAll(async () => {
    example = buildExample();
    picture = await pictureOf(example.dir);
  });
  afterAll(() => example.remove());

  it('gives every document of the example the entries and spans that the command line gives', async () => {
    for (const document of picture.documents) {
      const { data } = await pipe(readFileSync(`${example.dir}/${document.path}`, 'utf8'), document.path);
      const own = picture.entries.filter(({ place, kind }) => place.path === document.path && place.rev === null && !['gate', 'plan'].includes(kind));
      expect(data?.entries.map(({ id, title, place: { line, endLine } }) => ({ id, title, line, endLine })), document.path).toEqual(own.map(({ id, title, place: { line, endLine } }) => ({ id, title, line, endLine })));
      expect(data?.spans, document.path).toEqual(document.spans);
    }
  });

  it('takes the path from its options, and leaves the text as the pipeline has it', async () => {
    const { data, text } = await pipe('## 2026-06-13 — Phase start\n\n**Next:** go on.\n', undefined, { path: 'machine-docs/JOURNAL-k1.md' });
    expect(data).toMatchObject({ kind: 'journal', phase: 'k1', done: null, unparsed: [], entries: [{ id: 'journal:k1/2026-06-13-phase-start', fields: { Next: 'go on.' } }] });
    expect(text).toBe('## 2026-06-13 — Phase start\n\n**Next:** go on.\n');
  });

  it('knows no entries in a file that is no document', async () => {
    expect((await pipe('# Hello\n\nwords\n', 'README.md')).data).toMatchObject({ entries: [] });
  });
});
