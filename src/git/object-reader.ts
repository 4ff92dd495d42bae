import type { Writable } from 'node:stream';
import { explainFailure } from './explain-failure.ts';
import { encodePath } from './path-names.ts';
import { startGit, type GitPlace } from './run-git.ts';

/** One object as `git cat-file --batch` gives it; `bytes` is null when it is larger than the reader's limit. */
export interface GitObject {
  id: string;
  type: string;
  size: number;
  bytes: Buffer | null;
}

export interface ObjectReader {
  /**
   * The object that a name (`ID`, `REV^{tree}`, `REV:PATH`, …) leads to; null when there is none, or when the name is ambiguous.
   * Throws a `Failure` of kind unreadable when it is corrupt; the reader has then ended.
   */
  read(name: string): Promise<GitObject | null>;
  close(): void;
}

/** Objects beyond this many bytes are not kept: no document is that long, and one of them must not exhaust the memory. */
export const objectSizeLimit = 32 * 1024 * 1024;

const lineFeed = Buffer.from('\n');

interface Waiting {
  resolve: (object: GitObject | null) => void;
  reject: (error: Error) => void;
}

/** Starts one `git cat-file --batch`, which answers any number of questions in order. Close it, or git stays. */
export function openObjectReader(place: GitPlace): ObjectReader {
  const args = ['--bare', 'cat-file', '--batch'];
  const child = startGit(place, args);
  const waiting: Waiting[] = [];
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let header: { id: string; type: string; size: number } | null = null;
  let skipping = 0;
  let stderr = '';
  let ended: Error | null = null;

  const end = (error: Error): void => {
    ended ??= error;
    for (const each of waiting.splice(0)) each.reject(ended);
  };
  const answer = (object: GitObject | null): void => waiting.shift()?.resolve(object);
  const joined = (): Buffer => {
    const [first] = pending;
    const bytes = pending.length === 1 && first ? first : Buffer.concat(pending);
    pending = [bytes];
    return bytes;
  };
  const keep = (rest: Buffer): void => {
    pending = rest.length > 0 ? [rest] : [];
    pendingBytes = rest.length;
  };

  const readHeader = (): boolean => {
    const bytes = joined();
    const lineEnd = bytes.indexOf(10);
    if (lineEnd < 0) return false;
    const line = bytes.toString('utf8', 0, lineEnd);
    keep(bytes.subarray(lineEnd + 1));
    const found = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(line);
    if (!found) {
      answer(null);
      return true;
    }
    header = { id: found[1] ?? '', type: found[2] ?? '', size: Number(found[3]) };
    if (header.size > objectSizeLimit) skipping = header.size + 1;
    return true;
  };
  const readBody = ({ id, type, size }: { id: string; type: string; size: number }): boolean => {
    if (pendingBytes <= size) return false;
    const bytes = joined();
    answer({ id, type, size, bytes: bytes.subarray(0, size) });
    header = null;
    keep(bytes.subarray(size + 1));
    return true;
  };
  const skipBody = ({ id, type, size }: { id: string; type: string; size: number }): boolean => {
    const bytes = joined();
    const skipped = Math.min(skipping, bytes.length);
    skipping -= skipped;
    keep(bytes.subarray(skipped));
    if (skipping > 0) return false;
    answer({ id, type, size, bytes: null });
    header = null;
    return true;
  };
  const step = (): boolean => (header === null ? readHeader() : skipping > 0 ? skipBody(header) : readBody(header));

  child.stdout.on('data', (chunk: Buffer) => {
    pending.push(chunk);
    pendingBytes += chunk.length;
    for (;;) if (pendingBytes === 0 || !step()) return;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text.slice(0, 4096)));
  child.stdin.on('error', () => child.stdin.destroy());
  child.on('error', (cause) => end(explainFailure(place.directory, args, { code: -1, stderr: '', cause })));
  child.on('close', (code) => end(explainFailure(place.directory, args, { code: code ?? 128, stderr })));

  return {
    read: (name) =>
      new Promise((resolve, reject) => {
        if (ended) reject(ended);
        else if (/[\n\0]/.test(name)) resolve(null);
        else {
          waiting.push({ resolve, reject });
          gatherWrites(child.stdin);
          child.stdin.write(Buffer.concat([encodePath(name), lineFeed]));
        }
      }),
    close: () => child.stdin.end(),
  };
}

/** What is asked in one go reaches git by one system call: there are a thousand questions, and each would be one. */
function gatherWrites(stdin: Writable): void {
  if (stdin.writableCorked > 0) return;
  stdin.cork();
  process.nextTick(() => stdin.uncork());
}
