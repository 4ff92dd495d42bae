import { Failure } from '../contract/failure.ts';
import { ByteCursor, atEnd, needsMore } from './byte-cursor.ts';
import { commitFieldCount, commitFromFields, recordMark, type Commit, type FileChange } from './commit-format.ts';
import { decodePath } from './path-names.ts';
import { emptyPatch, readPatch, type FilePatch } from './parse-patch.ts';

/** A commit of `git log`; `patches[i]` belongs to `commit.files[i]` where patches were asked for. */
export interface LoggedCommit {
  commit: Commit;
  patches: FilePatch[];
}

/** The commits in what `git log` or `git diff-tree --stdin` prints with `commitFormat` and `stableDiffOptions`, in its order. */
export async function* parseLog(chunks: AsyncIterable<Buffer>, detail: 'files' | 'patches'): AsyncGenerator<LoggedCommit> {
  const cursor = new ByteCursor();
  const done: LoggedCommit[] = [];
  const parser = parseRecords(cursor, detail, done);
  for await (const chunk of chunks) {
    cursor.push(chunk);
    parser.next();
    yield* done.splice(0);
  }
  cursor.end();
  if (parser.next().done !== true) throw unexpected('an unfinished record');
  yield* done.splice(0);
}

const newline = 10;
const colon = 58;

/** Yields whenever it needs more bytes. */
function* parseRecords(cursor: ByteCursor, detail: 'files' | 'patches', done: LoggedCommit[]): Generator<void, void> {
  for (;;) {
    let next: number;
    while ((next = cursor.peek()) === needsMore) yield;
    if (next === atEnd) return;
    if (next !== recordMark) throw unexpected(`byte ${next} where a commit begins`);
    cursor.skip(1);
    const fields: Buffer[] = [];
    // One more than there are fields: git ends the record itself with NUL too.
    while (fields.length <= commitFieldCount) {
      const field = cursor.until(0);
      if (field === null) yield;
      else fields.push(field);
    }
    const commit = commitFromFields(fields);
    const patches: FilePatch[] = [];
    while ((next = cursor.peek()) === needsMore) yield;
    if (next === newline) {
      cursor.skip(1);
      yield* readFileChanges(cursor, commit.files);
      if (detail === 'patches') yield* readPatches(cursor, commit.files, patches);
    }
    done.push({ commit, patches });
  }
}

function* readFileChanges(cursor: ByteCursor, files: FileChange[]): Generator<void, void> {
  for (;;) {
    let next: number;
    while ((next = cursor.peek()) === needsMore) yield;
    if (next !== colon) return;
    let meta: Buffer | null;
    while ((meta = cursor.until(0)) === null) yield;
    const [, newMode = '', before = '', after = '', status = ''] = meta.toString('latin1').split(' ');
    const paths: string[] = [];
    while (paths.length < (/^[RC]/.test(status) ? 2 : 1)) {
      const path = cursor.until(0);
      if (path === null) yield;
      else paths.push(decodePath(path));
    }
    const letter = status[0];
    files.push({
      path: paths.at(-1) ?? '',
      status: letter === 'A' || letter === 'D' || letter === 'R' || letter === 'T' ? letter : 'M',
      before: /^0+$/.test(before) ? null : before,
      after: /^0+$/.test(after) ? null : after,
      from: paths.length > 1 ? (paths[0] ?? null) : null,
      regular: newMode.startsWith('100'),
    });
  }
}

function* readPatches(cursor: ByteCursor, files: readonly FileChange[], patches: FilePatch[]): Generator<void, void> {
  let next: number;
  while ((next = cursor.peek()) === needsMore) yield;
  if (next !== 0) return;
  cursor.skip(1);
  for (const file of files) {
    const patch = emptyPatch();
    // A file that became a link, or a link that became a file, is shown as one that went and one that came.
    yield* readPatch(cursor, patch);
    if (file.status === 'T') yield* readPatch(cursor, patch);
    patches.push(patch);
  }
}

function unexpected(what: string): Failure {
  return new Failure('unreadable', `git log printed ${what}`, { next: 'git fsck' });
}
