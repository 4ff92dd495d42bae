import { createTwoFilesPatch } from 'diff';

interface DiffOptions {
  /** Where a file that moves was. */
  formerPath?: string;
  /** Number of lines that are shown around each change. */
  context?: number;
}

/** A unified diff of one file, as `git apply` takes it; empty when nothing changes. `before` is null for a new file, `after` for one that goes. */
export function diffOfFile(path: string, before: Uint8Array | null, after: Uint8Array | null, { formerPath = path, context = 3 }: DiffOptions = {}): string {
  const [from, to] = [textOf(before), textOf(after)];
  if (from === to && path === formerPath) return '';
  return createTwoFilesPatch(before === null ? '/dev/null' : `a/${formerPath}`, after === null ? '/dev/null' : `b/${path}`, from, to, undefined, undefined, { context }).replace(/^=+\n/u, '');
}

function textOf(bytes: Uint8Array | null): string {
  return bytes === null ? '' : Buffer.from(bytes).toString('utf8');
}
