/** The specification after reading: what `infra.yaml` says, checked, with durations in milliseconds and the place of
 *  everything that an error or an edge may have to point at. Strings that may carry `${version}` are kept as written: a
 *  gate is asked for the wanted version before a rollback and for the last good one after it (see `bindProbe`). */

/** A spot in a file of the repository; line and column count from 1. */
export interface Place {
  path: string;
  line: number;
  column: number;
}

export interface InfraSpec {
  /** The file that was read, as the caller named it. */
  path: string;
  /** In file order. */
  apps: App[];
  order: OrderSources;
  /** As written; relative to the file's folder. */
  stateDir: string | null;
  /** As written; relative to the file's folder. */
  alertsDir: string | null;
}

export interface App {
  name: string;
  place: Place;
  /** Null: there is nothing to deploy, the app is only looked at or only has a place in the order. */
  driver: Driver | null;
  /** Null when the app has no driver. */
  wanted: string | null;
  /** The unit that has not started until this app's gate has ended, e.g. `x.service` or `compose:web`. */
  runsIn: string | null;
  serves: ServedUrl[];
  /** Names of the apps that requests to this one pass through. */
  via: string[];
  /** Blocks: all of them must pass before the unit counts as started. */
  gate: Probe[];
  /** Looked at when the dependents are up; blocks nobody's start. */
  confirm: Probe[];
  timing: Timing;
  rollback: Rollback;
  hold: Hold;
  negativeControls: NegativeControl[];
}

export interface ServedUrl {
  url: string;
  place: Place;
}

/** A program with its arguments; never a shell line. At least one element. */
export type Argv = readonly [string, ...string[]];

export type Driver = ExecDriver | SwarmDriver | SystemdDriver;

export interface ExecDriver {
  kind: 'exec';
  /** Prints the version that runs now. */
  current: Argv;
  /** May carry `${version}`. */
  deploy: Argv;
}

export interface SwarmDriver {
  kind: 'swarm';
  service: string;
  /** Image to set, may carry `${version}`; null: the image that runs now with another tag. */
  image: string | null;
  /** Path of the engine's socket; null: the engine's usual one. */
  socket: string | null;
}

export interface SystemdDriver {
  kind: 'systemd';
  unit: string;
  /** File that holds the version which the unit starts; null: the unit is only restarted. */
  versionFile: string | null;
}

/** All in milliseconds, but for `consecutive`. */
export interface Timing {
  /** The whole gate, from its first probe. */
  withinMs: number;
  /** Between two rounds of probes. */
  everyMs: number;
  /** One probe from the first packet to the last byte. */
  timeoutMs: number;
  /** That many rounds in a row must pass. */
  consecutive: number;
  /** After the deploy, before the first probe. */
  startGraceMs: number;
}

export interface Rollback {
  to: 'last_good';
  /** A stateful app is not taken back without its data. */
  stateful: boolean;
  /** Takes a snapshot before the deploy of a stateful app. May carry `${version}`. */
  snapshot: Argv | null;
  /** Brings the snapshot back when the app is rolled back. May carry `${version}`. */
  restore: Argv | null;
}

export interface Hold {
  /** A step of the major version waits for a person. */
  major: boolean;
  /** RE2 pattern; release notes in which it is found wait for a person. */
  notesMatch: string | null;
  /** Prints the release notes of a version. May carry `${version}`. */
  notes: Argv | null;
}

export interface NegativeControl {
  name: string;
  place: Place;
  break: Argv;
  restore: Argv;
  withinMs: number;
}

export interface OrderSources {
  /** Globs from the repository's root: unit files and Nix modules. */
  units: string[];
  /** Globs from the repository's root: compose files. */
  compose: string[];
}

export type Probe = HttpProbe | TcpProbe | CommandProbe;

interface ProbeFrame {
  name: string;
  place: Place;
  /** The app (or unit) that answers, where it cannot be told from the URL. */
  provider: string | null;
}

export interface HttpProbe extends ProbeFrame {
  kind: 'http';
  /** http or https; may carry `${version}`. */
  url: string;
  /** Connect there, whatever the name in the URL resolves to; the name in SNI and Host stays. */
  pin: Address | null;
  /** False: the certificate is read and reported, and no reason to fail by itself. */
  verify: boolean;
  expect: HttpExpectation;
}

export interface TcpProbe extends ProbeFrame {
  kind: 'tcp';
  address: Address;
}

export interface CommandProbe extends ProbeFrame {
  kind: 'command';
  /** May carry `${version}`. */
  command: Argv;
  expect: CommandExpectation;
}

export interface Address {
  host: string;
  port: number;
}

/** Null: no such condition. */
export interface HttpExpectation {
  status: number[] | null;
  /** Subset of the body; a key with dots reaches into it. Strings may carry `${version}`. */
  json: JsonValue | null;
  /** RE2 pattern that is found in the body. */
  text: string | null;
  /** Header name in lower case → RE2 pattern that is found in its value. */
  header: Record<string, string> | null;
  /** The certificate may not be out of date; a condition of its own, whatever `verify` says. */
  notExpired: boolean;
}

export interface CommandExpectation {
  exit: number;
  /** RE2 pattern that is found in the output. May carry `${version}`. */
  stdout: string | null;
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** One thing that is wrong with the file. */
export interface SpecError {
  message: string;
  line: number;
  column: number;
  /** What to write instead, or what to do; one sentence. */
  next: string;
}

export type SpecReading = { ok: true; spec: InfraSpec } | { ok: false; errors: SpecError[] };
