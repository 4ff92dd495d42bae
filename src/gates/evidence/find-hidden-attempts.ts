import type { Entry } from '../../contract/schema/entry.ts';
import { readBlobs } from '../../git/read-blobs.ts';
import { encodePath } from '../../git/path-names.ts';
import { runGit } from '../../git/run-git.ts';
import { wholeTextsOf, type Docket } from '../../ledger/open-docket.ts';
import { readReceipt } from '../../repro/receipts/read-receipt.ts';
import type { RecordReceipt } from '../../repro/receipts/types.ts';

/** A failed attempt that history has and the document has not any more. */
export interface HiddenAttempt {
  /** The commit that has it. */
  commit: string;
  verdict: string;
  time: string;
}

/** So many changes of a document are looked into, the newest first. */
const mostLooked = 200;
const receiptLine = /<!-- docket-receipt v\d+ .*? -->/gu;

/**
 * The failed attempts of a reproduction that were committed and then taken out of its document: newer ones than the recording that stands there, or ones
 * on the same code. What a rewritten history does not have any more is not looked for.
 */
export async function findHiddenAttempts(docket: Docket, entry: Entry, head: string): Promise<HiddenAttempt[]> {
  const { recording, place: { path } } = entry;
  if (recording === undefined || recording.receipt === null) return [];
  const name = entry.id.slice(entry.id.lastIndexOf('/') + 1).replace(/~\d+$/u, '');
  const now = (await wholeTextsOf(docket, [path])).get(path);
  const standing = new Set(receiptsIn(now === undefined ? '' : Buffer.from(now).toString('utf8'), name).map(({ sum }) => sum));
  const versions = (await commitsOf(docket, head, name, path)).flatMap((commit) => [`${commit}:${path}`, `${commit}^:${path}`]);
  const blobs = versions.length === 0 ? new Map() : await readBlobs(docket.repository, versions);
  const hidden = new Map<string, HiddenAttempt>();
  for (const version of versions) {
    const text: string = blobs.get(version)?.bytes?.toString('utf8') ?? '';
    for (const { sum, verdict, time, tree } of receiptsIn(text, name)) {
      if (standing.has(sum) || verdict === 'proven' || (tree !== recording.tree && time <= (recording.time ?? ''))) continue;
      hidden.set(sum, { commit: version.slice(0, version.indexOf(':')), verdict, time });
    }
  }
  return [...hidden.values()];
}

/** The commits that brought or took out lines with receipts of a name, newest first. */
async function commitsOf({ repository }: Docket, head: string, name: string, path: string): Promise<string[]> {
  const pattern = `"id":"${name.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)}"`;
  const out = await runGit(repository, ['--bare', '--literal-pathspecs', 'log', '--format=%H', `--max-count=${mostLooked}`, '--no-renames', '--no-ext-diff', '--no-textconv', '-G', pattern, head, '--', encodePath(path).toString('utf8')]);
  return out.toString('latin1').split('\n').filter((line) => line !== '');
}

function receiptsIn(text: string, name: string): RecordReceipt[] {
  return [...text.matchAll(receiptLine)].flatMap(([html]) => {
    const read = html.includes(JSON.stringify(name)) ? readReceipt(html) : null;
    return read?.ok === true && read.receipt.kind === 'record' && read.receipt.id === name ? [read.receipt] : [];
  });
}
