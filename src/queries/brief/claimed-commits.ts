import { readDiffStat, type FileStat } from '../../git/diff-stat.ts';
import { listReachable } from '../../git/landing/reach.ts';
import { readCommitsById } from '../../git/read-commits.ts';
import { readParents } from '../../git/read-parents.ts';
import { collectGateEvents } from '../../gates/gate-events.ts';
import type { Docket } from '../../ledger/open-docket.ts';
import { recordFolder } from '../../ledger/sources/select-files.ts';
import type { ClaimedCommits } from './facts.ts';

const mostCommits = 20;
const mostFiles = 20;

/** What lies between the last verdict on a gate (else the first commit of its phase) and its last claim. Null where the claim is not committed. */
export async function readClaimedCommits({ repository, ledger }: Docket, phase: string, gate: string): Promise<ClaimedCommits | null> {
  const events = collectGateEvents(ledger).get(`${phase}/${gate}`);
  const claim = events?.claims.at(-1)?.commit ?? null;
  if (claim === null) return null;
  const judged = events?.verdicts.findLast(({ commit }) => commit !== null && commit !== claim)?.commit ?? null;
  const first = ledger.phases.find(({ id }) => id === phase)?.firstCommit ?? null;
  const base = judged ?? (first === null ? null : ((await readParents(repository, first))[0] ?? null));
  const commits = await listReachable(repository, claim, base === null ? [] : [base]);
  const shown = commits.toReversed().slice(0, mostCommits);
  const told: { commit: string; at: string; subject: string }[] = [];
  for await (const { commit, commitTime, subject } of readCommitsById(repository, shown, null)) told.push({ commit, at: commitTime, subject });
  return { gate: `${phase}/${gate}`, commits: told, more: commits.length - shown.length, stat: tellStat(await readDiffStat(repository, base, claim)) };
}

/** The code first: what the record says of itself is no part of what is claimed. */
function tellStat(files: readonly FileStat[]): string[] {
  if (files.length === 0) return [];
  const size = ({ added, deleted }: FileStat): number => (added ?? 0) + (deleted ?? 0);
  const isRecord = ({ path }: FileStat): number => Number(path.startsWith(`${recordFolder}/`));
  const ordered = files.toSorted((a, b) => isRecord(a) - isRecord(b) || size(b) - size(a));
  const sum = (key: 'added' | 'deleted'): number => files.reduce((total, file) => total + (file[key] ?? 0), 0);
  const rest = ordered.length - mostFiles;
  return [
    `${files.length} ${files.length === 1 ? 'file' : 'files'}, +${sum('added')} -${sum('deleted')}`,
    ...ordered.slice(0, mostFiles).map(({ path, added, deleted }) => (added === null ? `${path} binary` : `${path} +${added} -${deleted ?? 0}`)),
    ...(rest > 0 ? [`and ${rest} more files`] : []),
  ];
}
