import { createTwoFilesPatch } from 'diff';

/**
 * A unified diff of one file, as `git apply` takes it; empty when nothing changes. `before` is null for a new file, `after` for one that goes;
 * `formerPath` is where a file that moves was.
 */
export function diffOfFile(path: string, before: Uint8Array | null, after: Uint8Array | null, formerPath = path): string {
  const [from, to] = [textOf(before), textOf(after)];
  if (from === to && path === formerPath) return '';
  return createTwoFilesPatch(before === null ? '/dev/null' : `a/${formerPath}`, after === null ? '/dev/null' : `b/${path}`, from, to, undefined, undefined, { context: 3 }).replace(/^=+\n/u, '');
}

function textOf(bytes: Uint8Array | null): string {
  return bytes === null ? '' : Buffer.from(bytes).toString('utf8');
}
