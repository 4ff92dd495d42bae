import type { SecureContext } from 'node:tls';
import type { Alert } from '../alerts/types.ts';
import type { Clock } from '../clock.ts';
import type { GateSample } from '../loop/await-gate.ts';
import type { Outcome } from '../loop/types.ts';
import type { Order, OrderVerdict } from '../order/types.ts';
import type { Body, ProbeOutcome, ProbeVerdict } from '../probes/types.ts';
import type { Argv, InfraSpec } from '../spec/types.ts';
import type { AppState } from '../state/types.ts';

/** One specification on one machine, ready to be asked or driven. */
export interface Infra {
  spec: InfraSpec;
  /** sha256 of the specification's text. */
  specDigest: string;
  /** Folder in which all commands run. */
  root: string;
  stateDir: string;
  alertsDir: string;
  /** The commit that the specification was read from, as the caller knows it. */
  commit: string | null;
  host: string;
  /** Of this run. */
  run: { id: string; bootId: string };
  clock: Clock;
  stop: AbortSignal;
  random: () => number;
  /** One line of progress for a person. */
  say: (line: string) => void;
  systemctl: Argv;
  /** DOCKER_HOST of the caller. */
  dockerHost: string | undefined;
  /** Certificates to trust instead of the machine's. */
  trust: SecureContext | null;
  readOrder: () => Promise<Order>;
}

/** Something that kept a part of the answer away. */
export interface Problem {
  /** `not-restored`: something was broken on purpose and is still broken. */
  rule: 'usage' | 'config' | 'unreadable' | 'locked' | 'not-restored';
  message: string;
  /** What to do, in one sentence or command. */
  next: string;
  path: string | null;
  line: number | null;
  column: number | null;
}

/** What a command changed in one file, or would change. Paths are absolute; a file that moves has two. */
export interface FileChange {
  from: string;
  to: string;
  /** Null: there was no file. */
  before: string | null;
  after: string;
}

/** `plan` only says what would be written. */
export type Mode = 'write' | 'plan';

/** A probe as a report shows it: bodies by their digest alone and no headers, since they may hold what is nobody's business. */
export interface ProbeReport extends Omit<ProbeOutcome, 'result'> {
  of: 'gate' | 'confirm';
  result: ReportedResult;
}

export type ReportedResult = Withdrawn<ProbeOutcome['result']>;
type Withdrawn<R> = R extends unknown ? { [K in Exclude<keyof R, 'headers'>]: R[K] extends Body ? Omit<Body, 'text'> : R[K] } : never;

export interface SampleReport extends Omit<GateSample, 'probes'> {
  probes: ProbeReport[];
}

export interface ControlReport {
  name: string;
  kind: 'static' | 'loopback' | 'destructive' | 'differential';
  verdict: string;
  why: string;
  /** Digest of the gate that it was run against. */
  gate: string;
  at: string;
  /** The gate has changed since: it says nothing about the one that stands there now. */
  stale: boolean;
}

export interface AppReport {
  app: string;
  wanted: string | null;
  /** Of the gate's last round; null when it was not asked. */
  verdict: ProbeVerdict | null;
  outcome: Outcome | null;
  /** What decided, in a sentence; null when there is nothing to say. */
  why: string | null;
  probes: ProbeReport[];
  /** Open alerts of the app. */
  alerts: Alert[];
  controls: ControlReport[];
  /** Answer of the order in which units wait for each other; null when it was not asked. */
  order: OrderVerdict | null;
  gate: string;
  samples: SampleReport[];
  state: AppState | null;
}

export interface AppStateReport {
  app: string;
  /** Null when the file cannot be relied on. */
  state: AppState | null;
  /** Something was changed by this command, or would be. */
  changed: boolean;
  /** File that was put aside by a repair. */
  kept: string | null;
}

/** yes, no, cannot be read, not known, stuck, locked: the exit codes of docket's commands. */
export type Exit = 0 | 1 | 2 | 3 | 5 | 75;

export interface InfraResult<Data> {
  exit: Exit;
  data: Data;
  problems: Problem[];
}
