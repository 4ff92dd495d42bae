import type { Ref } from '../../../src/contract/schema/entry.ts';
import { openDocket, type OpenOptions } from '../../../src/index.ts';
import type { TestRepo } from '../../git/build-repo.ts';

/** The journal of phase `k2`: one entry with these lines. */
export function journal(...lines: string[]): string {
  return `# JOURNAL\n\n## 2026-03-01 — what was done\n\n${lines.join('\n\n')}\n`;
}

export const journalPath = 'machine-docs/JOURNAL-k2.md';

/** What the mentions in the docket lead to: value → target, status and how it was found. The kept answer must be the one that is found anew. */
export async function readLinks(repo: Pick<TestRepo, 'dir'>, options: OpenOptions = {}): Promise<Record<string, Link>> {
  const [kept, anew] = [await linksOf(repo.dir, options), await linksOf(repo.dir, { ...options, cache: false })];
  if (JSON.stringify(kept) !== JSON.stringify(anew)) throw new Error(`the cache changed the answer\nkept ${JSON.stringify(kept)}\nanew ${JSON.stringify(anew)}`);
  return kept;
}

export type Link = Pick<Ref, 'target' | 'status' | 'via' | 'now'>;

async function linksOf(dir: string, options: OpenOptions): Promise<Record<string, Link>> {
  const { ledger } = await openDocket(dir, options);
  const refs = ledger.entries.flatMap((entry) => entry.refs);
  return Object.fromEntries(refs.map(({ value, target, status, via, lines, now }) => [lines ? `${value}:${lines.from}-${lines.to}` : value, { target, status, ...(via ? { via } : {}), ...(now ? { now } : {}) }]));
}
