import type { Recording, Replay } from '../../contract/schema/entry.ts';
import type { Draft } from '../../documents/reading.ts';
import { checkChain } from '../../repro/receipts/check-chain.ts';
import type { JudgedRecording } from './judge-recording.ts';

/** A reproduction in the exact notation, in file order within its document. */
export interface FencedReproduction {
  path: string;
  draft: Draft;
  /** Null where no receipt stands beside it. */
  judged: JudgedRecording | null;
}

/**
 * The recordings of one phase, each with what its neighbours make of it: a receipt whose predecessor is gone or that stands there twice is
 * tampered with, one that was recorded again is superseded, and two of one name that are not chained are doubled. By fence; those without a
 * receipt only where they double another.
 */
export function joinRecordings(fences: readonly FencedReproduction[]): Map<FencedReproduction, Recording> {
  const recordings = new Map<FencedReproduction, Recording>();
  const current = new Map<string, { fence: FencedReproduction; path: string }>();
  const doubled = new Set<string>();
  for (const own of groupByPath(fences)) {
    const chain = checkChain(own.map(({ draft, judged }) => ({ id: draft.key ?? '', sum: judged?.recording.receipt ?? null, prev: judged?.prev ?? null })));
    own.forEach((fence, index) => {
      if (fence.judged !== null) recordings.set(fence, asFound(fence, chain.broken.find((link) => link.index === index)?.why ?? null, chain.current.get(fence.draft.key ?? '') === index));
    });
    for (const id of chain.doubled) doubled.add(id);
    for (const [id, index] of chain.current) {
      const fence = own[index];
      const elsewhere = current.get(id);
      if (elsewhere !== undefined) doubled.add(id);
      if (fence !== undefined) current.set(id, { fence, path: fence.path });
    }
  }
  for (const fence of fences) if (doubled.has(fence.draft.key ?? '')) recordings.set(fence, asDoubled(fence, recordings.get(fence)));
  return recordings;
}

function groupByPath(fences: readonly FencedReproduction[]): FencedReproduction[][] {
  const groups = new Map<string, FencedReproduction[]>();
  for (const fence of fences) {
    if (fence.draft.key === undefined) continue;
    const group = groups.get(fence.path);
    if (group) group.push(fence);
    else groups.set(fence.path, [fence]);
  }
  return [...groups.values()];
}

function asFound({ draft, judged }: FencedReproduction, broken: string | null, isCurrent: boolean): Recording {
  const line = draft.recording?.line ?? draft.line;
  const recording = { ...judged?.recording, line } as Recording;
  if (isCurrent && broken !== null && recording.state !== 'unreadable') return { ...recording, state: 'tampered', why: [broken, ...recording.why] };
  return isCurrent ? recording : { ...recording, state: 'superseded' };
}

const unrecorded: Omit<Recording, 'line' | 'state' | 'why'> = {
  verdict: 'inconclusive', receipt: null, time: null, commit: null, tree: null, scope: [], dirty: [], base: null, env: null, runs: 0, attempts: 0, seal: null,
};

function asDoubled({ draft }: FencedReproduction, recording: Recording | undefined): Recording {
  const why = `another reproduction of the phase is called ${draft.key ?? ''} too, and the receipts do not lead from one to the other`;
  return { ...unrecorded, line: draft.line, ...recording, state: 'doubled', why: [why, ...(recording?.why ?? [])] };
}

/**
 * How well a reproduction is proven by what stands in the record, whatever its verdict. Any file can say of itself that a build wrote it, so that only one
 * which a key of the build seals is `attested`, beside a replay of this very moment.
 */
export function levelOf(recording: Recording | undefined, replays: readonly Replay[]): 'claimed' | 'recorded' | 'replayed' | 'attested' {
  if (recording?.state !== 'intact' || recording.dirty.length > 0) return 'claimed';
  if (replays.some(({ attested }) => attested)) return 'attested';
  return replays.some(({ counts }) => counts) ? 'replayed' : 'recorded';
}
