import { Failure } from '../contract/failure.ts';

/** How much of a long list is wanted. Without a limit, all of it. */
export interface PageRequest {
  limit: number | null;
  cursor: string | null;
}

export interface Page<T> {
  items: T[];
  /** Length of the whole list. */
  total: number;
  /** True when the list goes on after this page; `cursor` then asks for what follows. */
  truncated: boolean;
  cursor: string | null;
}

/**
 * One page of a list. A cursor names the last item seen, not a number, so that it stays right when entries are added before it;
 * `keyOf` must tell items apart; `total` is the length of the whole where `list` is only its beginning. Throws a usage failure for a cursor that another list gave.
 */
export function takePage<T>(list: readonly T[], request: PageRequest, keyOf: (item: T) => string, total = list.length): Page<T> {
  const start = request.cursor === null ? 0 : findStart(list, request.cursor, keyOf);
  const end = request.limit === null ? list.length : Math.min(list.length, start + request.limit);
  const last = list[end - 1];
  const truncated = end < total;
  return { items: list.slice(start, end), total, truncated, cursor: truncated && last !== undefined ? encode(keyOf(last)) : null };
}

function findStart<T>(list: readonly T[], cursor: string, keyOf: (item: T) => string): number {
  const key = decode(cursor);
  const index = key === null ? -1 : list.findIndex((item) => keyOf(item) === key);
  if (index >= 0) return index + 1;
  throw new Failure('usage', `The cursor "${cursor}" belongs to another list, or what it stood on is gone.`, { next: 'Ask again without --cursor.' });
}

/** A letter in front says which form of cursor this is, should there ever be another. */
function encode(key: string): string {
  return `a${Buffer.from(key, 'utf8').toString('base64url')}`;
}

function decode(cursor: string): string | null {
  if (!/^a[\w-]+$/.test(cursor)) return null;
  return Buffer.from(cursor.slice(1), 'base64url').toString('utf8');
}
