import type { Entry } from '../../contract/schema/entry.ts';
import type { PhaseStatus, Status } from '../../contract/schema/status.ts';
import type { ClaimJudgement } from '../../gates/judge-claim.ts';
import type { CommitFact, Ledger } from '../../ledger/ledger.ts';

/** The commits that a claim rests on, and what they change. */
export interface ClaimedCommits {
  gate: string;
  commits: readonly Pick<CommitFact, 'commit' | 'at' | 'subject'>[];
  more: number;
  /** `PATH +12 -3`, the largest change first, and the sum. */
  stat: readonly string[];
}

/** Everything that a brief is made of. */
export interface BriefFacts {
  ledger: Ledger;
  status: Status;
  phase: PhaseStatus | null;
  /** Texts of entries as who reads may see them. */
  bodyOf: (entry: Entry) => string;
  /** What `gate` says of the gates of the phase that are asked for. */
  judged: ReadonlyMap<string, ClaimJudgement>;
  claimed: readonly ClaimedCommits[];
}
