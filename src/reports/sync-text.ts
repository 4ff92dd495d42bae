import type { View } from './view.ts';

interface SyncData {
  landing: string;
  closed: { entry: string; commit: string; route: string }[];
  reopened: { entry: string; commit: string; route: string }[];
  refused: { entry: string; commit: string; why: string }[];
  pending: { entry: string; commit: string; why: string }[];
  diff: string;
  dryRun: boolean;
}

const short = (commit: string): string => commit.slice(0, 12);

/** What sync did, or would do: a line for every item, then the diff of a dry run. */
export function renderSync(data: SyncData, view: View): string {
  const lines = [
    ...data.closed.map(({ entry, commit, route }) => `${view.paint('green', '✔ closed  ')}  ${entry}\n             by ${short(commit)}, landed on ${data.landing} by ${route}`),
    ...data.reopened.map(({ entry, commit }) => `${view.paint('yellow', '○ reopened')}  ${entry}\n             its fix was undone by ${short(commit)}`),
    ...data.refused.map(({ entry, commit, why }) => `${view.paint('red', '✘ refused ')}  ${entry}\n             ${short(commit)} ${why}`),
    ...data.pending.map(({ entry, commit, why }) => `${view.paint('dim', '· pending ')}  ${entry}\n             ${short(commit)} ${why}`),
  ];
  const head = lines.length === 0 ? 'Nothing is declared closed that is still open.\n' : `${lines.join('\n')}\n`;
  return data.dryRun && data.diff !== '' ? `${head}\n${data.diff}` : head;
}
