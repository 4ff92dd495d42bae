import type { Entry } from '../../contract/schema/entry.ts';
import type { BlamedCommit, LineRange } from '../../git/blame.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Relation } from '../trace/entry-links.ts';
import { openGraph, type LinkGraph } from '../trace/link-graph.ts';
import { otherEnd } from '../trace/trace-node.ts';

/** Why an entry explains a line: what ties it to the commit that brought the line, or to the file itself. */
export interface Reason {
  relation: Relation | 'holds';
  /** Null where the entry holds the line, or mentions the file. */
  commit: string | null;
  /** The line of the mention, in the file of the entry. */
  line: number | null;
}

export interface ExplainedEntry {
  entry: Entry;
  reasons: Reason[];
}

/** The nearer the reason, the lower; a commit that only touched an entry says least of the line. */
const ranks: Record<Reason['relation'], number> = {
  holds: 0, closes: 1, 'closed-by': 1, decides: 1, claims: 2, judges: 2, mentions: 3, supersedes: 3, 'superseded-by': 3, amends: 3, 'amended-by': 3, 'introduced-by': 4, 'sent-by': 4, 'reopened-by': 4,
  'consumed-by': 5, 'grown-by': 5, 'changed-by': 5, replaces: 6, 'of-phase': 6,
};
/** A mention of the file, not of the commit. */
const rankOfFile = 4.5;

/**
 * The entries that explain some lines of a file, the nearest reason first: what holds them, what their commits close, decide, claim or judge, what mentions
 * these commits, what came with them, and what mentions these lines (or, where the whole file is asked for, the file).
 */
export function explainLines(ledger: Ledger, path: string, lines: LineRange | null, commits: readonly BlamedCommit[]): ExplainedEntry[] {
  const graph = openGraph(ledger);
  const found = new Map<string, ExplainedEntry & { rank: number }>();
  const add = (id: string, reason: Reason, rank: number): void => {
    const entry = graph.entry(id);
    if (!entry) return;
    const known = found.get(id) ?? { entry, reasons: [], rank };
    known.reasons.push(reason);
    known.rank = Math.min(known.rank, rank);
    found.set(id, known);
  };
  for (const entry of ledger.entries) if (lines !== null && holds(entry, path, lines)) add(entry.id, { relation: 'holds', commit: null, line: null }, ranks.holds);
  for (const { commit } of commits) addTies(graph, commit, add);
  for (const entry of ledger.entries) {
    for (const ref of entry.refs) {
      if (ref.type !== 'path' || ref.target !== path || !isAbout(ref.now ?? ref.lines ?? null, lines)) continue;
      add(entry.id, { relation: 'mentions', commit: null, line: ref.line }, rankOfFile);
    }
  }
  return [...found.values()].toSorted((a, b) => a.rank - b.rank).map(({ entry, reasons }) => ({ entry, reasons }));
}

function addTies(graph: LinkGraph, commit: string, add: (id: string, reason: Reason, rank: number) => void): void {
  const name = { node: 'commit', id: commit } as const;
  for (const link of graph.around(name)) {
    const other = otherEnd(graph, link, name);
    if (other.node === 'entry') add(other.id, { relation: link.relation, commit, line: link.line }, ranks[link.relation]);
  }
}

/** The innermost entry is not told from those around it: all of them say something of the line. */
function holds({ place, kind }: Entry, path: string, lines: LineRange): boolean {
  return place.rev === null && kind !== 'gate' && place.path === path && place.line <= lines.to && lines.from <= place.endLine;
}

/** A mention of the whole file explains the file, not each of its lines. */
function isAbout(mentioned: LineRange | null, lines: LineRange | null): boolean {
  if (lines === null) return true;
  return mentioned !== null && mentioned.from <= lines.to && lines.from <= mentioned.to;
}
