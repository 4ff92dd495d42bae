import type { Role } from '../../contract/schema/entry.ts';
import type { GateStatus, PhaseStatus } from '../../contract/schema/status.ts';
import { askClaim } from '../../gates/ask-gate.ts';
import { getStatus } from '../../gates/get-status.ts';
import type { ClaimJudgement } from '../../gates/judge-claim.ts';
import type { Docket } from '../../ledger/open-docket.ts';
import { quoteWord } from '../../queries/shell-word.ts';

/** Something that an agent may not leave behind, and the command that mends it. */
export interface Unfinished {
  what: string;
  next: string;
}

/** Of the code around it and of the words of the claim, not of the evidence. */
const ofOthers: ReadonlySet<string> = new Set(['claim-dirty-tree', 'claim-not-pushed', 'claim-incomplete', 'expected-without-command']);

/**
 * What is left undone: for either side a message that nobody has read; for the Builder (and where nobody is told) a gate that is proven and not claimed, and a
 * claim whose evidence does not hold. Reads only.
 */
export async function findUnfinished(docket: Docket, role: Role | null, now: Date): Promise<Unfinished[]> {
  const status = getStatus(docket.ledger);
  if (role === 'operator') return [];
  const reader = role ?? 'builder';
  const unread = status.inbox[reader].map((id) => ({ what: `${id} is unread`, next: `docket inbox list ${reader}, do what it asks, then docket inbox consume ${reader}` }));
  if (reader === 'adversary') return unread;
  const gates: Unfinished[] = [];
  for (const phase of status.phases.filter(({ done }) => !done.marked)) {
    for (const gate of phase.gates) gates.push(...(await judgeGate(docket, phase, gate, now)));
  }
  return [...unread, ...gates];
}

async function judgeGate(docket: Docket, phase: PhaseStatus, gate: GateStatus, now: Date): Promise<Unfinished[]> {
  const isClaimed = gate.state === 'claimed' || gate.state === 'reclaimed';
  if (!isClaimed && !mayBeFinished(docket, gate)) return [];
  const name = `${phase.id}/${gate.id}`;
  const faults = faultsOf(await askClaim(docket, { phase: phase.id, gate: gate.id, text: null, replayed: null, now }));
  if (!isClaimed) return faults.length > 0 ? [] : [{ what: `gate ${name} is proven and not claimed`, next: `docket claim ${quoteWord(name)} --what TEXT --how TEXT --expected TEXT --where TEXT` }];
  const isForced = docket.ledger.entries.some(({ id, fields }) => id === gate.claim?.entry && fields['Forced'] !== undefined);
  const [first] = faults;
  return first === undefined || isForced ? [] : [{ what: `${name} is claimed without evidence that holds: ${first.message}`, next: first.next ?? `docket gate ${quoteWord(name)}` }];
}

/** Recorded and proven, and after the last verdict where there is one. */
function mayBeFinished({ ledger }: Docket, { state, evidence, verdict }: GateStatus): boolean {
  if (state !== 'none' && state !== 'failed' && state !== 'conditional') return false;
  if (evidence.verdict !== 'proven') return false;
  const at = verdict?.result === 'pending' ? null : (verdict?.at ?? null);
  return at === null || ledger.entries.some(({ id, recording }) => evidence.reproductions.includes(id) && (recording?.time ?? '') > at);
}

/** What speaks against the evidence itself. */
function faultsOf({ diagnostics }: ClaimJudgement): ClaimJudgement['diagnostics'] {
  return diagnostics.filter(({ level, rule }) => level === 'error' && !ofOthers.has(rule));
}
