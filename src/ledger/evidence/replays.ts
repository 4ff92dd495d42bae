import type { Recording, Replay, Role } from '../../contract/schema/entry.ts';
import { readReceipt, parseReceipt } from '../../repro/receipts/read-receipt.ts';
import type { ReplayReceipt } from '../../repro/receipts/types.ts';
import { verifySeal } from '../../repro/receipts/verify-seal.ts';

/** The receipt of a replay and where it stands. */
export interface FoundReplay {
  receipt: ReplayReceipt;
  sumHolds: boolean;
  path: string;
  line: number;
  endLine: number;
  /** The role whose file it stands in, and that of the commit that brought it; null where nobody knows. */
  owner: Role | null;
  committer: Role | null;
}

/** Reads a comment or a file as the receipt of a replay; null for anything else. */
export function readReplay(text: string, form: 'comment' | 'file'): Pick<FoundReplay, 'receipt' | 'sumHolds'> | null {
  const read = form === 'comment' ? readReceipt(text) : parseReceipt(text);
  return read?.ok === true && read.receipt.kind === 'replay' ? { receipt: read.receipt, sumHolds: read.sumHolds } : null;
}

/**
 * The replays of a recording, oldest first. Whoever can write one can write another: what counts here is a record, not a proof, unless one of the `keys`
 * (fingerprints of what only the build has) seals it.
 */
export function replaysOf(recording: Recording, found: readonly FoundReplay[], keys: readonly string[]): Replay[] {
  return found
    .filter(({ receipt }) => receipt.of === recording.receipt)
    .map((replay): Replay => {
      const seal = sealOf(replay, keys);
      const why = whyNotCounted(recording, { ...replay, hasKeys: keys.length > 0 }, seal);
      const { by, cold, verdict, time, commit, tree, ci = null } = replay.receipt;
      return { by, cold, verdict, time, commit, tree, place: { path: replay.path, line: replay.line, endLine: replay.endLine, rev: null }, counts: why === null, why, attested: why === null && seal === 'of the build', ci };
    })
    .toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

/** Of the build: by one of its keys. Other: by a key that nobody named. */
type SealKind = 'none' | 'false' | 'other' | 'of the build';

function sealOf({ receipt: { by, seal, sum } }: FoundReplay, keys: readonly string[]): SealKind {
  if (seal === null) return 'none';
  const found = verifySeal(seal, sum);
  if (found?.valid !== true) return 'false';
  return by === 'ci' && keys.includes(found.key) ? 'of the build' : 'other';
}

/**
 * The Builder records; a replay counts when another role made it, cold, of the same code, and in a file of its own. Where the build has keys, what says that it comes
 * from the build has to be sealed by one of them; who commits it is then all the same.
 */
function whyNotCounted(recording: Recording, { receipt, sumHolds, owner, committer, hasKeys }: FoundReplay & { hasKeys: boolean }, seal: SealKind): string | null {
  if (!sumHolds) return 'its digest is not that of its text';
  if (receipt.verdict !== 'proven') return `it came out ${receipt.verdict}`;
  if (!receipt.cold) return 'it was not cold';
  if (receipt.tree !== recording.tree) return 'it ran on other code';
  if (seal === 'false') return 'its seal is not one of it';
  if (seal === 'of the build') return null;
  if (receipt.by === 'ci' && hasKeys) return 'it says ci and is not sealed by a key of the build';
  if (receipt.by === 'builder') return 'the Builder replayed a recording of the Builder';
  if (receipt.by === 'adversary' && owner !== 'adversary') return 'it says adversary and does not stand in a file of the Adversary';
  if (committer === 'builder') return `it says ${receipt.by} and was committed by the Builder`;
  return owner === 'builder' ? 'it stands in a file of the Builder' : null;
}
