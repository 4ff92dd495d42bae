import { readSpec } from '../../reconcile/spec/read-spec.ts';
import { baseOf, isPlainPath } from '../../reconcile/order/globs.ts';
import { infraPath } from './infra-path.ts';

/** The folders (`.` is the root) and files that a specification reads its order of starts from; none for one that cannot be read. */
export function readOrderFolders(text: string): string[] {
  const reading = readSpec(text, infraPath);
  if (!reading.ok) return [];
  const { units, compose } = reading.spec.order;
  return [...new Set([...units, ...compose].map((glob) => (isPlainPath(glob) && compose.includes(glob) ? glob : baseOf(glob))))];
}
