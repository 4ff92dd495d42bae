/** What the reconciler remembers of one app. It is on disk before the act that it announces, so that a run which finds it
 *  knows what the run before it may have begun. The keys are those of the file. */

export const stateSchema = 1;

/** `idle → holding → snapshotting → deploying → gating → committing → idle`;
 *  after a failure `rolling-back → gating-rollback → idle`, or `stuck`, which only a person leaves. */
export const loopPhases = ['idle', 'holding', 'snapshotting', 'deploying', 'gating', 'committing', 'rolling-back', 'gating-rollback', 'stuck'] as const;
export type LoopPhase = (typeof loopPhases)[number];

export interface AppState {
  schema: typeof stateSchema;
  /** Grows by one with every write: two copies of a state can be told apart. */
  seq: number;
  phase: LoopPhase;
  /** The deploy that is under way. In `idle`: a person asked for one more deploy of that version. */
  attempt: Attempt | null;
  /** The newest version that has passed its gate. */
  last_good: string | null;
  previous_good: string | null;
  /** Versions that failed; not deployed again until a person says so. */
  bad: string[];
}

export interface Attempt {
  version: string;
  /** Of the run that began it; what is counted for an attempt is counted once. */
  id: string;
  /** How often the version was started within this attempt: by a deploy, or by a boot that came in between. 0: it was found running. */
  n: number;
  /** The boot of the last start: another one now means that the host went down meanwhile. */
  boot_id: string;
  /** The driver's own mark of what it put there (null: it has none); another one there now is somebody else's work. */
  mark: string | null;
}

export function newState(): AppState {
  return { schema: stateSchema, seq: 0, phase: 'idle', attempt: null, last_good: null, previous_good: null, bad: [] };
}
