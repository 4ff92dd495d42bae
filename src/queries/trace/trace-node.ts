import type { Place, Ref } from '../../contract/schema/entry.ts';
import type { NodeName } from './link-graph.ts';
import { sourceOf, targetOf, type LinkGraph } from './link-graph.ts';
import type { Link } from './entry-links.ts';

/** One thing in a trace. */
export interface TraceNode {
  id: string;
  /** The kind of an entry, else what it is: commit, phase, path, url; the type that was meant, of a name that leads nowhere. */
  type: string;
  title: string | null;
  state: string | null;
  place: Place | null;
  /** When it came in: commit time, UTC. */
  at: string | null;
  /** How many steps from where the trace began. */
  depth: number;
}

export interface TraceEdge {
  from: string;
  to: string;
  type: Ref['type'];
  status: Ref['status'];
  relation: Link['relation'];
  line: number | null;
  via?: Ref['via'];
}

/** Describes a node; `type` is what a link takes it for. */
export function describeNode(graph: LinkGraph, { node, id }: NodeName, type: string, depth: number): TraceNode {
  const nothing = { title: null, state: null, place: null, at: null };
  const entry = node === 'entry' ? graph.entry(id) : null;
  if (entry) return { id, type: entry.kind, title: entry.title, state: entry.state, place: entry.place, at: entry.introduced?.at ?? null, depth };
  const fact = node === 'commit' ? graph.commit(id) : null;
  if (fact) return { id, type: 'commit', ...nothing, title: fact.subject, at: fact.at, depth };
  return { id, type: node === 'unknown' ? type : node, ...nothing, depth };
}

/** The other end of a link. */
export function otherEnd(graph: LinkGraph, link: Link, name: NodeName): NodeName {
  const isEntry = (id: string): boolean => graph.entry(id) !== null;
  const [from, to] = [sourceOf(link, isEntry), targetOf(link, isEntry)];
  return from.node === name.node && from.id === name.id ? to : from;
}
