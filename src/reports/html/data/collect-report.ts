import type { Entry } from '../../../contract/schema/entry.ts';
import { findTriggered } from '../../../gates/triggers/find-triggered.ts';
import { getStatus } from '../../../gates/get-status.ts';
import type { CommitFact, Ledger } from '../../../ledger/ledger.ts';
import { escapeControls, makeSafe } from '../../safe-text.ts';
import { describeFacts } from '../../entry-facts.ts';
import { collectEvents } from './collect-events.ts';
import { collectLinks } from './collect-links.ts';
import { cutPieces, holdersOf } from './cut-pieces.ts';
import type { PageCommit, PageEntry, PageStep, Report } from './report.ts';

/** A title or a subject goes no further: the whole stands in the text. */
const longest = 300;

/** The entries whose texts hold those of all entries: what `collectReport` has to be given. */
export function entriesWithTexts(ledger: Ledger): Entry[] {
  return [...new Set(holdersOf(uniqueEntries(ledger)).values())];
}

/**
 * Everything that a page about a docket shows, as one plain value that depends on the record alone: neither on the clock nor on where the clone lies.
 * `bodies` are the texts of `entriesWithTexts`; an entry whose text is not among them is shown without. What could drive a terminal or turn a line
 * round is written out.
 */
export function collectReport(ledger: Ledger, bodies: ReadonlyMap<Entry, string>): Report {
  const entries = uniqueEntries(ledger);
  const { pieces, textOf } = cutPieces(entries, bodies);
  const { edges, others } = collectLinks(ledger, entries);
  const { commit, at } = ledger.revision;
  return {
    name: null,
    revision: { commit, at, subject: cut(ledger.commits.findLast((fact) => fact.commit === commit)?.subject ?? null) },
    uncommitted: entries.filter(isUncommitted).length,
    status: makeSafe(getStatus(ledger)),
    triggered: Object.fromEntries(findTriggered(ledger).map(({ entry, why }) => [escapeControls(entry), escapeControls(why)])),
    events: collectEvents(ledger).map((event) => makeSafe({ ...event, text: cut(event.text) ?? '' })),
    data: {
      entries: entries.map((entry) => makeSafe(toPageEntry(entry, textOf(entry)))),
      commits: ledger.commits.map((fact) => makeSafe(toPageCommit(fact))),
      others: makeSafe(others),
      edges,
    },
    pieces,
  };
}

/** Of two entries with one id the one that stands in the revision counts. */
function uniqueEntries({ entries }: Ledger): Entry[] {
  const byId = new Map<string, Entry>();
  for (const entry of entries) if (byId.get(entry.id)?.place.rev !== null) byId.set(entry.id, entry);
  return [...byId.values()];
}

function isUncommitted({ introduced, kind, sent, consumed }: Entry): boolean {
  return kind !== 'gate' && (introduced ?? sent ?? consumed ?? null) === null;
}

function toPageEntry(entry: Entry, text: PageEntry['text']): PageEntry {
  const { id, kind, phase, state, place, gate, introduced, sent, steps } = entry;
  return {
    id, kind, phase, state,
    text: entry.hidden === true ? null : text,
    title: entry.hidden === true ? 'hidden until the verdict' : (cut(entry.title) ?? ''),
    at: sent?.at ?? introduced?.at ?? null,
    written: writtenOf(entry),
    path: place.path, line: place.line, endLine: place.endLine, rev: place.rev,
    gate: gate ?? null,
    facts: describeFacts(entry).filter(([name]) => name !== 'state' && name !== 'phase' && name !== 'place' && name !== 'date').map(([name, value]) => [name, cut(value) ?? '']),
    ...(steps === undefined ? {} : { steps: steps.map(toPageStep) }),
    ...(kind === 'deferred' || kind === 'alert' || kind === 'inbox' ? { fields: fieldsOf(entry) } : {}),
    ...(entry.supersededBy?.length || entry.supersedes?.length ? { replaces: targets(entry.supersedes), replacedBy: targets(entry.supersededBy) } : {}),
  };
}

function fieldsOf({ fields }: Entry): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, cut(value) ?? '']));
}

function targets(links: Entry['supersedes']): string[] {
  return (links ?? []).map(({ words, target }) => target ?? words);
}

function toPageStep({ line, role, guessed, commands, observations }: NonNullable<Entry['steps']>[number]): PageStep {
  return { line, role, guessed, commands: commands.map((each) => each.line), observations: observations.map((each) => [each.line, each.verdict ?? '']) };
}

function toPageCommit({ commit, at, author, subject, role, phase }: CommitFact): PageCommit {
  return { commit, at, author: cut(author) ?? '', subject: cut(subject) ?? '', role, phase };
}

/** The date and time as somebody wrote them. */
function writtenOf({ date, time, approximate, zone }: Entry): string | null {
  if (date === null) return null;
  return time === null ? date : `${date} ${approximate === true ? '~' : ''}${time}${zone === false ? '' : 'Z'}`;
}

function cut(text: string | null): string | null {
  if (text === null || text.length <= longest) return text;
  return `${text.slice(0, longest).trimEnd()}…`;
}
