import { createHash } from 'node:crypto';
import { Failure } from '../../contract/failure.ts';
import { noCache, type Cache } from '../cache-store.ts';
import type { Commit } from '../commit-format.ts';
import type { Repository } from '../open-repository.ts';
import type { Pathspecs } from '../pathspecs.ts';
import { readShallowBoundary } from '../shallow-boundary.ts';
import { ByteReader, ByteWriter } from './byte-codec.ts';
import { CommitStore, type SegmentName } from './commit-store.ts';
import { BoxChanges } from './file-lines.ts';
import { makeHistory, type History } from './history.ts';
import { keepCommits } from './keep-commits.ts';
import { replay } from './replay.ts';
import { decodeState, emptyState, encodeState, type TipState } from './tip-state.ts';
import { walkCommits, type WalkedCommit } from './walk-commits.ts';

export interface HistoryRequest {
  pathspecs: Pathspecs;
  /** Is this commit worth keeping although it changes none of the files? Asked with its message and no files. */
  matters: (commit: Commit) => boolean;
  /** Names what `matters` says; another name makes another history. */
  mattersName: string;
}

/** Raised when what is kept changes its form or its meaning. */
const formatVersion = 3;
/** So many tips of branches are remembered; what stands on none of them costs a walk of its own. */
const rememberedTips = 32;

/**
 * The history of the files that are asked for, as it is at `tip` (a full commit id; null on an unborn branch: nothing).
 *
 * The first call walks all of history once, with one process of git (three where merges joined changes in one file). What it
 * learns is kept in the cache; later calls walk only what is new, and none of it when the tip is known: then no process at all.
 * A history that was rewritten or gone back in shares what it has in common with a known one. Without a cache, or with a
 * damaged one, the answer is the same.
 */
export async function openHistory(repository: Repository, tip: string | null, request: HistoryRequest, cache: Cache): Promise<History> {
  const changes = new BoxChanges();
  const idLength = repository.objectFormat === 'sha256' ? 32 : 20;
  if (tip === null) return makeHistory(CommitStore.empty(idLength), emptyState(), changes);
  const boundary = readShallowBoundary(repository);
  const prefix = `history-${digest([formatVersion, repository.objectFormat, request.pathspecs, request.mattersName, [...boundary]])}`;
  const memory: Memory = { cache, prefix };
  const before = loadIndex(memory, idLength);
  const knownTarget = before.tips.get(tip);
  const { store, target, lasting, met } = knownTarget === undefined ? await learn(repository, tip, request, { ...memory, before, boundary }) : { store: before.store, target: knownTarget, lasting: cache, met: new Set([tip]) };
  const known = loadState(memory, store, target);
  if (known) return makeHistory(store, known, changes, met);
  const bases = [...before.tips.values()].sort((a, b) => b - a).map((ordinal) => ({ ordinal, load: () => loadState(memory, before.store, ordinal) }));
  const state = replay(store, target, bases, changes);
  lasting.write(stateKey(prefix, store, target), encodeState(state, changes));
  return makeHistory(store, state, changes, met);
}

interface Memory {
  cache: Cache;
  prefix: string;
}

interface Index {
  store: CommitStore;
  /** Tips that were asked for, the latest first, with the nearest kept commit at or above each. */
  tips: Map<string, number>;
}

/** Walks what is not known yet and keeps what matters of it; `lasting` is where what follows from it may be kept. */
async function learn(
  repository: Repository,
  tip: string,
  request: HistoryRequest,
  at: Memory & { before: Index; boundary: ReadonlySet<string> },
): Promise<{ store: CommitStore; target: number; lasting: Cache; met: Set<string> }> {
  const { cache, prefix, before, boundary } = at;
  const { commits, damaged } = await walk(repository, { tip, known: [...before.tips.keys()] }, request);
  if (commits.length === 0 && before.tips.size === 0) throw new Failure('unreadable', `the commit ${tip} is not in this repository`, { next: 'git fsck' });
  const { kept, target } = await keepCommits(repository, { tip, commits }, before, request.pathspecs);
  const added = kept.map((each) => (boundary.has(each.commit.commit) ? Object.assign(each, { boundary: true }) : each));
  // What is damaged may be mended, so it is not kept.
  const lasting = damaged ? noCache : cache;
  const store = kept.length === 0 ? before.store : before.store.append(lasting, prefix, added);
  saveIndex({ cache: lasting, prefix }, store, [[tip, target], ...before.tips]);
  const met = new Set([tip, ...commits.map(({ id }) => id), ...commits.flatMap(({ parents }) => parents)]);
  return { store, target, lasting, met };
}

async function walk(repository: Repository, range: { tip: string; known: readonly string[] }, request: HistoryRequest): Promise<{ commits: WalkedCommit[]; damaged: boolean }> {
  try {
    return { commits: await walkCommits(repository, range, request.pathspecs, request.matters), damaged: false };
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'unreadable') throw error;
    const { walkDamaged } = await import('./walk-damaged.ts');
    return { commits: await walkDamaged(repository, range, request.pathspecs, request.matters), damaged: true };
  }
}

function loadIndex({ cache, prefix }: Memory, idLength: number): Index {
  const none: Index = { store: CommitStore.empty(idLength), tips: new Map() };
  const bytes = cache.read(prefix);
  if (bytes === null) return none;
  const reader = new ByteReader(bytes);
  const names: SegmentName[] = Array.from({ length: reader.number() }, () => ({ key: reader.text(), count: reader.number() }));
  const tips = Array.from({ length: reader.number() }, (): [string, number] => [reader.id() ?? '', reader.signed()]);
  const store = CommitStore.load(cache, names, idLength);
  return store === null ? none : { store, tips: new Map(tips) };
}

function saveIndex({ cache, prefix }: Memory, store: CommitStore, tips: readonly (readonly [string, number])[]): void {
  const out = new ByteWriter();
  out.number(store.names.length);
  for (const { key, count } of store.names) {
    out.text(key);
    out.number(count);
  }
  const remembered = tips.slice(0, rememberedTips);
  out.number(remembered.length);
  for (const [tip, ordinal] of remembered) {
    out.id(tip);
    out.signed(ordinal);
  }
  cache.write(prefix, out.finish());
}

function loadState({ cache, prefix }: Memory, store: CommitStore, target: number): TipState | null {
  if (target < 0) return emptyState();
  const bytes = cache.read(stateKey(prefix, store, target));
  return bytes === null ? null : decodeState(bytes);
}

/** A state speaks of commits by ordinals, so it belongs to a store that gives the same ordinals to all commits up to its own. */
function stateKey(prefix: string, store: CommitStore, target: number): string {
  return `${prefix}-t-${store.digest(target)}`;
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 24);
}
