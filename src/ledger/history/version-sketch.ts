import type { Reading } from '../../documents/reading.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';
import type { Cache } from '../../git/cache-store.ts';
import type { Content } from '../../git/read-blobs.ts';
import { cacheKey } from '../sources/cache-key.ts';
import { encode, openVersionReader, parse } from '../sources/reading-store.ts';

/** A claim as one version of a file shows it. */
export interface ClaimSketch {
  phase: string;
  gate: string;
  title: string;
  line: number;
  endLine: number;
  reclaim: boolean;
  date: string | null;
  time: string | null;
  claimCommit: string | null;
}

/** A message as one version of an inbox shows it. */
export interface MessageSketch {
  title: string;
  date: string | null;
  time: string | null;
  line: number;
  endLine: number;
  /** Its text. */
  body: string;
}

/** A verdict as one version of a review shows it. */
export interface VerdictSketch {
  gate: string;
  result: string;
  date: string | null;
  time: string | null;
}

/** What history needs to know of one version of a file. */
export interface VersionSketch {
  claims: ClaimSketch[];
  messages: MessageSketch[];
  verdicts: VerdictSketch[];
  done: boolean;
}

const emptySketch: VersionSketch = { claims: [], messages: [], verdicts: [], done: false };

/** The sketches of the versions of one file, by blob. */
export type Sketches = ReadonlyMap<string, VersionSketch>;

/** Versions without any of these words claim nothing and are not done: they are not parsed. */
const tellingWords: Partial<Record<Reading['kind'], RegExp>> = { status: /claim|done/iu, backlog: /claim/iu, review: /PASS|FAIL|CONDITIONAL/u, inbox: /\S/u };

export interface FileVersions {
  path: string;
  kind: Reading['kind'];
  blobs: readonly string[];
}

/**
 * Sketches of many versions of many files. What earlier runs sketched is kept; the rest is read through `readBlobs` in one go. A version that
 * cannot be read counts as empty.
 */
export async function readSketches(files: readonly FileVersions[], vocabulary: Vocabulary, cache: Cache, readBlobs: (ids: Iterable<string>) => Promise<Map<string, Content>>): Promise<Map<string, Sketches>> {
  const known = files.map((file) => ({ file, key: cacheKey('versions', file.path, vocabulary), sketches: new Map<string, VersionSketch>() }));
  for (const each of known) {
    const kept = parse<Record<string, VersionSketch>>(cache.read(each.key)) ?? {};
    for (const [blob, sketch] of Object.entries(kept)) each.sketches.set(blob, sketch);
  }
  const missing = known.map((each) => ({ ...each, blobs: [...new Set(each.file.blobs)].filter((blob) => !each.sketches.has(blob)) })).filter(({ blobs }) => blobs.length > 0);
  for (const group of inGroups(missing)) {
    const contents = await readBlobs(group.flatMap(({ blobs }) => blobs));
    for (const { file, key, sketches, blobs } of group) {
      const read = openVersionReader(file.path, vocabulary);
      for (const blob of blobs) sketches.set(blob, await sketchVersion(file, contents.get(blob)?.bytes ?? null, read));
      cache.write(key, encode(Object.fromEntries([...sketches].filter(([blob]) => file.blobs.includes(blob)))));
    }
  }
  return new Map(known.map(({ file, sketches }) => [file.path, sketches]));
}

/** Few enough versions at once that their bytes fit into memory. */
function inGroups<T extends { blobs: readonly string[] }>(files: readonly T[]): T[][] {
  const groups: T[][] = [];
  let size = 0;
  for (const file of files) {
    const group = groups.at(-1);
    if (group && size + file.blobs.length <= 400) group.push(file);
    else groups.push([file]);
    size = (groups.at(-1)?.length === 1 ? 0 : size) + file.blobs.length;
  }
  return groups;
}

async function sketchVersion(file: FileVersions, bytes: Buffer | null, read: (bytes: Uint8Array) => Promise<Reading>): Promise<VersionSketch> {
  const words = tellingWords[file.kind];
  if (!bytes || !words?.test(bytes.toString('utf8'))) return emptySketch;
  return sketchReading(await read(bytes), bytes);
}

/** What one reading says of claims, messages, verdicts and DONE. */
export function sketchReading(reading: Reading, bytes: Buffer | null): VersionSketch {
  const lines = bytes?.toString('utf8').split(/\r\n|\r|\n/u) ?? [];
  return {
    claims: reading.drafts.flatMap((draft) =>
      draft.kind === 'claim' && draft.key !== undefined
        ? [{ phase: draft.phase, gate: draft.key, title: draft.title, line: draft.line, endLine: draft.endLine, reclaim: draft.reclaim ?? false, date: draft.date, time: draft.time, claimCommit: draft.claimCommit ?? null }]
        : [],
    ),
    messages: reading.drafts.flatMap((draft) =>
      draft.kind === 'inbox' ? [{ title: draft.title, date: draft.date, time: draft.time, line: draft.line, endLine: draft.endLine, body: lines.slice(draft.line - 1, draft.endLine).join('\n').trim() }] : [],
    ),
    verdicts: reading.drafts.flatMap((draft) => (draft.kind === 'verdict' && draft.key !== undefined ? [{ gate: draft.key, result: draft.state ?? 'pending', date: draft.date, time: draft.time }] : [])),
    done: reading.done?.marked ?? false,
  };
}
