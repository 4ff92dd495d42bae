import type { AlertReason } from '../loop/types.ts';

export const alertSchema = 1;

export type Severity = 'warning' | 'error' | 'critical';

/** One alert file. The first four are the seed's; a file that has only those is an alert as well, with the others null or empty. */
export interface Alert {
  app: string;
  reason: string;
  /** `20260613T054428Z`: when it was raised. */
  ts: string;
  version: string;
  /** Null: written by an older hand, in the seed's form. */
  schema: number | null;
  /** The name of the file without `.json`. */
  id: string;
  /** While an alert of the same key is open, another fault of that kind is counted in it. */
  key: string;
  severity: Severity;
  count: number;
  first_seen: string;
  last_seen: string;
  /** The version that was tried. */
  attempted: string | null;
  last_good: string | null;
  /** The service is well again on the last good version; what was tried is still bad. */
  recovered: boolean;
  /** Id of the line of evidence that shows it. */
  evidence: string | null;
  /** The app further up whose fault explains this one. */
  suppressed_by: string | null;
  /** Why it was raised, in a sentence. */
  detail: string | null;
  /** Digest of the gate that raised it: only passes of that gate close it. Null: only a person does. */
  gate: string | null;
  /** Passes of that gate in a row since it was seen last. */
  passes: number;
  /** The attempt or run that was counted last, so that one that is taken up again after a kill counts once. */
  counted_for: string | null;
  closed: Closing | null;
}

export interface Closing {
  at: string;
  reason: string;
  by: string;
  evidence: string | null;
}

export interface AlertRequest {
  app: string;
  reason: AlertReason;
  version: string;
  lastGood: string | null;
  detail: string;
  gate: string | null;
  suppressedBy: string | null;
  /** Attempt or run for which it is raised. */
  countFor: string;
  /** False: only counted, what was recovered stays so. */
  isNewFault: boolean;
}

/** A file in the alerts folder that is no alert. */
export interface UnreadableAlert {
  path: string;
  why: string;
}
