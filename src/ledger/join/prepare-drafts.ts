import type { Event } from '../../contract/schema/entry.ts';
import type { Draft } from '../../documents/reading.ts';
import { keyClaims } from '../history/history-of-claims.ts';
import { keyVerdicts } from '../history/history-of-verdicts.ts';
import type { Version } from '../history/file-versions.ts';
import { lastOf, type Episode } from '../history/walk-episodes.ts';
import { uncommitted } from '../history/line-origins.ts';
import { sketchReading, type ClaimSketch, type MessageSketch } from '../history/version-sketch.ts';
import type { FileHistory, Prepared, SourceDocument } from './source-document.ts';

/** Kinds whose date, where no text gives one, is that of the commit that brought them. */
const datedByCommit = new Set<Draft['kind']>(['deferred', 'inbox', 'note']);

/** When a version was committed; null for one that is not. */
export function eventOf(version: Version | null): Event | null {
  return version?.commit && version.at ? { commit: version.commit, at: version.at } : null;
}

/** The drafts of a document with the commits that brought and changed them, and with the dates that only those commits know. */
export function prepareDrafts(document: SourceDocument, history: FileHistory | undefined): Prepared[] {
  const { reading, contentEnds, gitLines } = document.stored;
  const gitLine = (line: number): number => gitLines?.[line - 1] ?? line;
  const sketch = sketchReading(reading, null);
  const claims = standing(reading.drafts, 'claim', [...keyClaims(sketch.claims).keys()], history?.claims ?? []);
  const verdicts = standing(reading.drafts, 'verdict', [...keyVerdicts(sketch.verdicts).keys()], history?.verdicts ?? []);
  const messages = standingMessages(reading.drafts, history);
  return reading.drafts.map((draft, index) => {
    const claim = claims.get(index) ?? null;
    const message = messages.get(index) ?? null;
    const began = claim?.began ?? message?.began ?? verdicts.get(index)?.began;
    const introduced = began ? eventOf(began) : document.origins.born(gitLine(draft.line));
    const changed = document.origins.changed(gitLine(draft.line), gitLine(contentEnds[index] ?? draft.endLine));
    const worded = document.origins.changed(gitLine(draft.line), gitLine(draft.line));
    return { draft: dateByCommit(draft, introduced), path: document.path, owner: reading.owner, index, rev: null, introduced, changed, worded, origins: document.origins, gitLine, claim, message };
  });
}

function dateByCommit(draft: Draft, introduced: Event | null): Draft {
  if (draft.date !== null || introduced === null) return draft;
  return datedByCommit.has(draft.kind) ? { ...draft, date: introduced.at.slice(0, 10) } : draft;
}

/** The standing episodes of a document's drafts of one kind, by index; `keys` are those of all drafts of the kind, in order. */
function standing<T>(drafts: readonly Draft[], kind: Draft['kind'], keys: readonly string[], episodes: readonly Episode<T>[]): Map<number, Episode<T>> {
  const found = new Map<number, Episode<T>>();
  const indices = drafts.flatMap((draft, index) => (draft.kind === kind && draft.key !== undefined ? [index] : []));
  for (const [place, key] of keys.entries()) {
    const episode = episodes.findLast((each) => each.key === key && each.ended === null);
    const index = indices[place];
    if (episode && index !== undefined) found.set(index, episode);
  }
  return found;
}

function standingMessages(drafts: readonly Draft[], history: FileHistory | undefined): Map<number, Episode<MessageSketch>> {
  const unread = history?.messages.filter(({ ended }) => ended === null) ?? [];
  const found = new Map<number, Episode<MessageSketch>>();
  if (unread.length === 0) return found;
  for (const [index, draft] of drafts.entries()) {
    const episode = draft.kind === 'inbox' ? unread.find((each) => lastOf(each).line === draft.line) : undefined;
    if (episode) found.set(index, episode);
  }
  return found;
}

/** Reads the draft of something that only history has, at the version that held it last; null where that version is not read in full. */
export type PastDraft = (path: string, blob: string, matches: (draft: Draft) => boolean) => { draft: Draft; owner: Prepared['owner'] } | null;

interface Past {
  episode: Episode<ClaimSketch> | Episode<MessageSketch>;
  /** What stands in for the draft where the version is not read in full. */
  sketched: Draft;
  claim: Episode<ClaimSketch> | null;
  message: Episode<MessageSketch> | null;
}

/** What a file held once and holds no more: claims that were rewritten, messages that were consumed. */
export function preparePast(history: FileHistory, owner: Prepared['owner'], pastDraft: PastDraft): Prepared[] {
  const gone: Past[] = [
    ...history.claims.map((episode) => ({ episode, sketched: draftOfClaim(lastOf(episode)), claim: episode, message: null })),
    ...history.messages.map((episode) => ({ episode, sketched: draftOfMessage(lastOf(episode)), claim: null, message: episode })),
  ];
  return gone.filter(({ episode }) => episode.ended !== null).map(({ episode, sketched, claim, message }): Prepared => {
    const blob = episode.ended?.before ?? null;
    const read = blob === null ? null : pastDraft(history.path, blob, ({ kind, key, line }) => kind === sketched.kind && line === sketched.line && key === sketched.key);
    const introduced = eventOf(episode.began);
    return {
      draft: dateByCommit(read?.draft ?? sketched, introduced),
      path: history.path,
      owner: read?.owner ?? owner,
      index: null,
      rev: episode.ended?.parent ?? null,
      introduced,
      changed: eventOf(episode.wordings.at(-1)?.version ?? null),
      worded: eventOf(episode.wordings.at(-1)?.version ?? null),
      origins: uncommitted,
      gitLine: (line) => line,
      claim,
      message,
    };
  });
}

const bare = { name: null, author: null, state: null, fields: [], refs: [] };

function draftOfClaim(sketch: ClaimSketch): Draft {
  const { gate, phase, title, line, endLine, date, time, reclaim, claimCommit } = sketch;
  return { ...bare, kind: 'claim', key: gate, phase, title, line, endLine, date, time, author: 'builder', ...(reclaim ? { reclaim } : {}), ...(claimCommit === null ? {} : { claimCommit }) };
}

function draftOfMessage({ title, line, endLine, date, time }: MessageSketch): Draft {
  return { ...bare, kind: 'inbox', phase: '-', title, line, endLine, date, time };
}
