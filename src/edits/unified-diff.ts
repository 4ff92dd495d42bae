import { createTwoFilesPatch } from 'diff';

/** A unified diff of one file, as `git apply` takes it; empty when nothing changes. `before` is null for a new file, `after` for one that goes. */
export function diffOfFile(path: string, before: Uint8Array | null, after: Uint8Array | null): string {
  const [from, to] = [textOf(before), textOf(after)];
  if (from === to) return '';
  return createTwoFilesPatch(before === null ? '/dev/null' : `a/${path}`, after === null ? '/dev/null' : `b/${path}`, from, to, undefined, undefined, { context: 3 }).replace(/^=+\n/u, '');
}

function textOf(bytes: Uint8Array | null): string {
  return bytes === null ? '' : Buffer.from(bytes).toString('utf8');
}
