import type { Entry } from '../../contract/schema/entry.ts';
import type { CommitFact, Phase } from '../ledger.ts';
import type { FileHistory, SourceDocument } from './source-document.ts';

/** What phases are made of. */
export interface PhaseSources {
  /** Order of the configuration. */
  order: readonly string[];
  documents: readonly SourceDocument[];
  histories: ReadonlyMap<string, FileHistory>;
  entries: readonly Entry[];
  commits: readonly CommitFact[];
  /** The first commit that touched a file of the phase: its id, its time and its place in history. */
  firstTouch: (phase: string) => { commit: string; at: string; order: number } | null;
}

const phased = new Set(['journal', 'status', 'backlog', 'review', 'plan']);

/** The phases of the record, in order: that of the configuration, then by the first commit that touched a phase's files, then by name. */
export function listPhases(sources: PhaseSources): Phase[] {
  const ids = new Set<string>();
  for (const { stored } of sources.documents) if (phased.has(stored.reading.kind)) ids.add(stored.reading.phase);
  for (const { kind, phase } of sources.entries) if (kind === 'claim' || kind === 'verdict' || kind === 'finding' || kind === 'veto') ids.add(phase);
  for (const { phase, claims, verdicts } of sources.commits) if (phase !== null && claims.length + verdicts.length > 0) ids.add(phase);
  const rank = (id: string): number => (sources.order.includes(id) ? sources.order.indexOf(id) : sources.order.length);
  const firsts = new Map([...ids].map((id) => [id, sources.firstTouch(id)]));
  const compare = (a: string, b: string): number => rank(a) - rank(b) || compareFirsts(firsts.get(a) ?? null, firsts.get(b) ?? null) || (a < b ? -1 : 1);
  const partOf = openParts(sources);
  return [...ids].toSorted(compare).map((id, index) => {
    const part = partOf(id);
    return { id, order: index + 1, firstCommit: firsts.get(id)?.commit ?? null, gates: listGates(part), said: listReports(part), done: findDone(part, sources.histories) };
  });
}

/** What belongs to one phase. */
type Part = Pick<PhaseSources, 'documents' | 'entries' | 'commits'>;

/** Sorts everything by phase once; the record may have hundreds of them. */
function openParts({ documents, entries, commits }: PhaseSources): (phase: string) => Part {
  const byPhase = {
    documents: groupBy(documents, ({ stored }) => stored.reading.phase),
    entries: groupBy(entries, ({ phase }) => phase),
    commits: groupBy(commits, ({ phase }) => phase ?? ''),
  };
  return (phase) => ({ documents: byPhase.documents.get(phase) ?? [], entries: byPhase.entries.get(phase) ?? [], commits: byPhase.commits.get(phase) ?? [] });
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

type First = ReturnType<PhaseSources['firstTouch']>;

function compareFirsts(a: First, b: First): number {
  if (!a || !b) return Number(!a) - Number(!b);
  return a.at === b.at ? a.order - b.order : a.at < b.at ? -1 : 1;
}

/** Gates in the order of the plan and the front matter, then as people count: M2 before M10. */
function listGates({ documents, entries, commits }: Part): string[] {
  const readings = documents.map(({ stored }) => stored.reading);
  const declared = readings.toSorted((a, b) => Number(b.kind === 'plan') - Number(a.kind === 'plan')).flatMap(({ frontMatter }) => frontMatter?.gates ?? []);
  const named = [
    ...readings.flatMap(({ gates }) => gates.map(({ gate }) => gate)),
    ...entries.flatMap((entry) => (entry.gate !== undefined && (entry.kind === 'claim' || entry.kind === 'verdict') ? [entry.gate] : [])),
    ...commits.flatMap((fact) => [...fact.claims, ...fact.verdicts.map(({ gate }) => gate)]),
  ];
  return [...new Set([...declared, ...[...new Set(named)].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))])];
}

function listReports({ documents }: Part): Phase['said'] {
  return documents.flatMap(({ path, stored: { reading } }) => reading.gates.flatMap(({ gate, line, says }) => (says === undefined ? [] : [{ gate, result: says, path, line }])));
}

function findDone({ documents }: Part, histories: PhaseSources['histories']): Phase['done'] {
  const marks = documents.flatMap(({ path, stored }) => (stored.reading.done ? [{ path, mark: stored.reading.done }] : []));
  const found = marks.find(({ mark }) => mark.marked) ?? marks[0];
  if (!found) return { marked: false, line: null, path: null, why: null, commit: null, forced: null };
  const { path, mark } = found;
  return { marked: mark.marked, line: mark.line, path, why: mark.why, commit: mark.marked ? (histories.get(path)?.doneCommit ?? null) : null, forced: mark.marked ? (/^Forced:\s*(.+)$/u.exec(mark.text)?.[1] ?? null) : null };
}
