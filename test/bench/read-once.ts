import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { scanSections } from '../../src/documents/outline/scan-sections.ts';
import { readSource } from '../../src/documents/outline/source.ts';
import type { Block } from '../../src/documents/outline/types.ts';
import { readDocument } from '../../src/documents/read-document.ts';

// Does one kind of reading of a folder of markdown once, and prints how long it took in milliseconds. Argument one names the kind, argument two the folder.

const [kind = '', dir = ''] = process.argv.slice(2);
const files = readdirSync(dir).filter((name) => name.endsWith('.md')).map((name) => ({ path: `machine-docs/${name}`, bytes: readFileSync(join(dir, name)) }));
const vocabulary = { defaultPhase: '-', renames: {} };
const large = `# J\n${Array.from({ length: 300 }, (_, at) => `\n## 2026-06-13 — entry ${at}\n\n${'The gate asks the **dashboard**, see `src/lock.ts:12` and *what* stands there. '.repeat(12)}\n`).join('')}`;

const kinds: Record<string, () => Promise<void> | void> = {
  remark: () => {
    const parser = unified().use(remarkParse);
    for (const { bytes } of files) parser.parse(bytes.toString('utf8'));
  },
  'remark with gfm': () => {
    const parser = unified().use(remarkParse).use(remarkGfm);
    for (const { bytes } of files) parser.parse(bytes.toString('utf8'));
  },
  split: () => {
    for (const { bytes } of files) {
      const { text, lineStarts } = readSource(bytes);
      scanSections(text, lineStarts);
    }
  },
  read: async () => {
    for (const { path, bytes } of files) await readDocument(path, bytes, vocabulary);
  },
};

if (kind === 'edited section' || kind === 'whole of 300 KB') {
  const known = new Map<string, Block[]>();
  const options = { known: (key: string) => known.get(key), learned: (key: string, blocks: Block[]) => void known.set(key, blocks) };
  const read = (text: string): Promise<number> => timeOf(async () => void (await readDocument('machine-docs/JOURNAL-x.md', Buffer.from(text), vocabulary, options)));
  await readDocument('machine-docs/JOURNAL-y.md', Buffer.from(large.slice(0, 5000)), vocabulary);
  const whole = await read(large);
  console.log(JSON.stringify({ ms: kind === 'edited section' ? await read(large.replace('entry 150', 'entry of another name')) : whole }));
} else {
  console.log(JSON.stringify({ ms: await timeOf(kinds[kind] ?? (() => { throw new Error(`unknown: ${kind}`); })) }));
}

async function timeOf(work: () => Promise<void> | void): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}
