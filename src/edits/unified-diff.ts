import { createTwoFilesPatch } from 'diff';

/** A unified diff of one file, as `git apply` takes it; empty when nothing changes. `before` is null for a new file. */
export function diffOfFile(path: string, before: Uint8Array | null, after: Uint8Array): string {
  const [from, to] = [before === null ? '' : Buffer.from(before).toString('utf8'), Buffer.from(after).toString('utf8')];
  if (from === to) return '';
  return createTwoFilesPatch(before === null ? '/dev/null' : `a/${path}`, `b/${path}`, from, to, undefined, undefined, { context: 3 }).replace(/^=+\n/u, '');
}
