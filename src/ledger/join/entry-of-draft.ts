import type { Entry, Ref, Role } from '../../contract/schema/entry.ts';
import type { Draft, DraftField, DraftRef } from '../../documents/reading.ts';
import { readClosed, readHistory } from './closings.ts';
import { eventOf } from './prepare-drafts.ts';
import type { Prepared } from './source-document.ts';

/** Makes the entry of a draft; its mentions have no targets yet. `roleOf` gives the role of a commit. */
export function entryOfDraft(prepared: Prepared, id: string, roleOf: (commit: string) => Role | null): Entry {
  const { draft, path, owner, rev, introduced, changed, worded } = prepared;
  return {
    id,
    kind: draft.kind,
    phase: draft.phase,
    title: draft.title,
    date: draft.date,
    time: draft.time,
    ...whenOf(draft),
    author: draft.author ?? owner ?? (introduced ? roleOf(introduced.commit) : null),
    state: draft.state,
    place: { path, line: draft.line, endLine: draft.endLine, rev },
    fields: fieldsOf(draft.fields),
    refs: draft.refs.map(unresolved),
    introduced,
    changed,
    ...(worded?.commit === introduced?.commit ? {} : { reworded: worded }),
    ...factsOf(draft),
    ...lifeOf(prepared),
  };
}

function whenOf({ dateEnd, timeEnd, approximate, zone }: Draft): Partial<Entry> {
  return { ...(dateEnd === undefined ? {} : { dateEnd }), ...(timeEnd === undefined ? {} : { timeEnd }), ...(approximate ? { approximate } : {}), ...(zone === false ? { zone } : {}) };
}

/** A name that stands twice keeps both values, one below the other. */
function fieldsOf(fields: readonly DraftField[]): Record<string, string> {
  const values = new Map<string, string>();
  for (const { name, value } of fields) {
    const before = values.get(name);
    values.set(name, before === undefined || before === '' ? value : value === '' ? before : `${before}\n${value}`);
  }
  return Object.fromEntries(values);
}

/** An address leads out of the record wherever it stands; what anything else means is not known yet. */
function unresolved({ type, value, line, column, lines, relation }: DraftRef): Ref {
  const isAddress = type === 'url';
  return { type, value, target: isAddress ? value : null, status: isAddress ? 'external' : 'dangling', line, ...(column > 0 ? { column } : {}), ...(lines ? { lines } : {}), ...(relation ? { relation } : {}) };
}

function factsOf(draft: Draft): Partial<Entry> {
  const facts: Partial<Entry> = {};
  if (draft.section !== undefined) facts.section = draft.section;
  if ((draft.kind === 'claim' || draft.kind === 'verdict') && draft.key !== undefined) facts.gate = draft.key;
  if (draft.kind === 'reproduction' && draft.gate !== undefined) facts.gate = draft.gate;
  if (draft.reclaim) facts.reclaim = true;
  if (draft.claimCommit !== undefined) facts.claimCommit = draft.claimCommit;
  if (draft.severity !== undefined) facts.severity = draft.severity;
  if (draft.from !== undefined) facts.from = draft.from;
  if (draft.scope !== undefined) facts.scope = draft.scope;
  if (draft.clearedAtLine !== undefined) facts.clearedAtLine = draft.clearedAtLine;
  for (const side of ['supersedes', 'supersededBy', 'amends', 'amendedBy'] as const) if (draft[side]) facts[side] = draft[side].map((words) => ({ words, target: null }));
  if (draft.closedBy) facts.closedBy = draft.closedBy;
  if (draft.reopenedBy !== undefined) facts.reopenedBy = draft.reopenedBy;
  if (draft.notation) facts.notation = draft.notation;
  if (draft.kind === 'reproduction') facts.level = 'claimed';
  if (draft.steps) facts.steps = draft.steps;
  if (draft.needs) facts.needs = draft.needs;
  return facts;
}

/** What became of it: messages are sent, grow and are consumed, items are closed and reopened, claims are made and rewritten. */
function lifeOf(prepared: Prepared): Partial<Entry> {
  const { draft, message, claim, introduced } = prepared;
  if (draft.kind === 'inbox') {
    const wordings = message?.wordings.slice(1) ?? [];
    return {
      state: message?.ended ? 'consumed' : 'unread',
      sent: introduced,
      grown: wordings.flatMap(({ version }) => eventOf(version) ?? []),
      consumed: eventOf(message?.ended ?? null),
    };
  }
  if (draft.kind === 'claim' && claim?.ended) {
    const gone = eventOf(claim.ended);
    return { history: [...(introduced ? [{ what: 'claimed', ...introduced }] : []), ...(gone ? [{ what: 'gone', ...gone }] : [])] };
  }
  if (draft.kind === 'veto') return { history: lifeOfVeto(prepared) };
  if (draft.kind === 'deferred' || draft.kind === 'finding') {
    const history = readHistory(prepared);
    return { history, closed: readClosed(prepared, history) };
  }
  return {};
}

/** Raised by the commit that brought it, cleared by the one that brought the words which lift it, or that put them into its own heading. */
function lifeOfVeto({ draft, introduced, origins, gitLine }: Prepared): NonNullable<Entry['history']> {
  const { clearedAtLine: line } = draft;
  const cleared = line === undefined ? null : line === draft.line ? origins.changed(gitLine(line), gitLine(line)) : origins.born(gitLine(line));
  return [...(introduced ? [{ what: 'raised', ...introduced }] : []), ...(cleared ? [{ what: 'cleared', ...cleared }] : [])];
}
