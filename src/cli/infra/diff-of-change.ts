import { diffOfFile } from '../../edits/unified-diff.ts';
import type { FileChange } from '../../reconcile/index.ts';
import { showPath } from './find-spec.ts';

/** What was changed, or would be, as a unified diff; empty for nothing. */
export function diffOfChange(root: string, change: FileChange | null): string {
  if (change === null) return '';
  const { from, to, before, after } = change;
  return diffOfFile(showPath(root, to), before === null ? null : Buffer.from(before), Buffer.from(after), { formerPath: showPath(root, from) });
}
