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
  return [...ids].toSorted(compare).map((id, index) => ({
    id,
    order: index + 1,
    firstCommit: firsts.get(id)?.commit ?? null,
    gates: listGates(id, sources),
    said: listReports(id, sources),
    done: findDone(id, sources),
  }));
}

type First = ReturnType<PhaseSources['firstTouch']>;

function compareFirsts(a: First, b: First): number {
  if (!a || !b) return Number(!a) - Number(!b);
  return a.at === b.at ? a.order - b.order : a.at < b.at ? -1 : 1;
}

/** Gates in the order of the plan and the front matter, then as people count: M2 before M10. */
function listGates(phase: string, { documents, entries, commits }: PhaseSources): string[] {
  const readings = documents.map(({ stored }) => stored.reading).filter((reading) => reading.phase === phase);
  const declared = readings.toSorted((a, b) => Number(b.kind === 'plan') - Number(a.kind === 'plan')).flatMap(({ frontMatter }) => frontMatter?.gates ?? []);
  const named = [
    ...readings.flatMap(({ gates }) => gates.map(({ gate }) => gate)),
    ...entries.flatMap((entry) => (entry.phase === phase && entry.gate !== undefined && (entry.kind === 'claim' || entry.kind === 'verdict') ? [entry.gate] : [])),
    ...commits.flatMap((fact) => (fact.phase === phase ? [...fact.claims, ...fact.verdicts.map(({ gate }) => gate)] : [])),
  ];
  const counting = new Intl.Collator('en', { numeric: true });
  return [...new Set([...declared, ...[...new Set(named)].toSorted(counting.compare)])];
}

function listReports(phase: string, { documents }: PhaseSources): Phase['said'] {
  return documents.flatMap(({ path, stored: { reading } }) => (reading.phase === phase ? reading.gates.flatMap(({ gate, line, says }) => (says === undefined ? [] : [{ gate, result: says, path, line }])) : []));
}

function findDone(phase: string, { documents, histories }: PhaseSources): Phase['done'] {
  const marks = documents.flatMap(({ path, stored }) => (stored.reading.phase === phase && stored.reading.done ? [{ path, mark: stored.reading.done }] : []));
  const found = marks.find(({ mark }) => mark.marked) ?? marks[0];
  if (!found) return { marked: false, line: null, path: null, why: null, commit: null, forced: null };
  const { path, mark } = found;
  return { marked: mark.marked, line: mark.line, path, why: mark.why, commit: mark.marked ? (histories.get(path)?.doneCommit ?? null) : null, forced: mark.marked ? (/^Forced:\s*(.+)$/u.exec(mark.text)?.[1] ?? null) : null };
}
