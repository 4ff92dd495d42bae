import type { Place } from '../spec/types.ts';

/** Where files come from: a folder, git's index or a revision. Paths go from the root, with `/`. */
export interface ReadTree {
  /** The files that match any of the globs, in any order. */
  list(globs: readonly string[]): Promise<string[]>;
  /** Null: no such file. */
  read(path: string): Promise<string | null>;
}

/** Where something stands; the column is left out where a whole line is meant. */
export type LinePlace = Pick<Place, 'path' | 'line'>;

/** `from` has not started before `to` has. */
export interface Edge {
  from: string;
  to: string;
  /** In the words of the file that says so: `After`, `Before`, `depends_on`, `gate traefik/routed asks https://…`. */
  why: string;
  place: LinePlace;
}

/** What could not be read, and may hide an edge. */
export interface Unread {
  what: string;
  why: string;
  place: LinePlace;
}

/** A URL that a gate asks and that no app is known to serve. */
export interface UnknownUrl {
  app: string;
  probe: string;
  url: string;
  why: string;
  place: LinePlace;
}

/** An edge of a witness; `also` are the other places that say the same. */
export interface WitnessEdge extends Edge {
  also: LinePlace[];
}

export interface Cycle {
  /** Begins and ends with the same unit: that of a gate, where one is part of it. */
  path: string[];
  /** One for each step of the path. */
  edges: WitnessEdge[];
  /** What to change so that the cycle is gone. */
  proposal: string;
}

/** `cycle` stands before `unknown-provider`, and that before `incomplete`: what is known to be wrong comes first. */
export type OrderVerdict = 'ok' | 'cycle' | 'unknown-provider' | 'incomplete';

export interface Order {
  answer: OrderVerdict;
  /** Units first, then compose, then gates; each in the order of its file. */
  edges: Edge[];
  /** The shortest first. */
  cycles: Cycle[];
  unread: Unread[];
  unknown: UnknownUrl[];
  /** Named, but without a file here. Sorted. */
  leaves: string[];
}

/** What one unit waits for and what waits for it; the direct ones first, each part sorted. */
export interface Neighbourhood {
  unit: string;
  waits_for: string[];
  waited_on_by: string[];
  direct: { waits_for: string[]; waited_on_by: string[] };
}
