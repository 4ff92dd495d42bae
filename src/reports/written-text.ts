import type { Entry } from '../contract/schema/entry.ts';
import { placeText } from './entries-text.ts';
import type { View } from './view.ts';

interface WrittenData {
  entry: Entry | null;
  path: string;
  diff: string;
  dryRun: boolean;
}

/** What a writer did: the entry and its place; the diff of a dry run. */
export function renderWritten({ entry, path, diff, dryRun }: WrittenData, view: View): string {
  if (diff === '') return 'Nothing to do: it stands there already.\n';
  if (dryRun) return diff;
  return entry === null ? `written  ${path}\n` : `written  ${entry.id}\n         ${view.paint('dim', placeText(entry.place))}\n`;
}
