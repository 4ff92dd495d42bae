import type { Entry, Recording, Replay, Role } from '../../contract/schema/entry.ts';
import type { Draft, DraftRecording } from '../../documents/reading.ts';
import type { CommitFact } from '../ledger.ts';
import type { SourceDocument } from '../join/source-document.ts';
import { cacheKey } from '../sources/cache-key.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { encode, openReadingStore, parse } from '../sources/reading-store.ts';
import type { JudgedRecording } from './judge-recording.ts';
import { joinRecordings, levelOf, type FencedReproduction } from './recordings.ts';
import { readReplay, replaysOf, type FoundReplay } from './replays.ts';

/** What the record proves of one reproduction. */
export interface Proof {
  level: string;
  recording: Recording | undefined;
  replays: Replay[];
}

/**
 * The proof of each reproduction in the exact notation, by `PATH:LINE` of its fence. Executes nothing; what was judged once is kept. `firstCommit`
 * gives the commit that brought a file.
 */
export async function readRecordings(opened: OpenedRevision, documents: readonly SourceDocument[], commits: readonly CommitFact[], firstCommit: (path: string) => string | null): Promise<Map<string, Proof>> {
  const proofs = new Map<string, Proof>();
  const evidence = evidenceFiles(opened);
  const replays = await readReplays(opened, documents, commits, firstCommit);
  for (const own of (await readFences(opened, documents, evidence)).values()) {
    const recordings = joinRecordings(own);
    for (const fence of own) {
      const recording = recordings.get(fence);
      const replayed = recording === undefined ? [] : replaysOf(recording, replays, opened.config.ci.seals);
      proofs.set(`${fence.path}:${fence.draft.line}`, { level: levelOf(recording, replayed), recording, replays: replayed });
    }
  }
  return proofs;
}

/** Adds what is proven to the entries of reproductions. */
export function addProofs(entries: readonly Entry[], proofs: ReadonlyMap<string, Proof>): void {
  for (const entry of entries) {
    const proof = entry.kind === 'reproduction' ? proofs.get(`${entry.place.path}:${entry.place.line}`) : undefined;
    if (proof === undefined) continue;
    entry.level = proof.level;
    if (proof.recording !== undefined) {
      entry.recording = proof.recording;
      entry.state = proof.recording.state;
    }
    if (proof.replays.length > 0) entry.replays = proof.replays;
  }
}

type EvidenceFiles = ReadonlyMap<string, string>;

/** Outputs that stand in files: digest in the file's name → blob. */
function evidenceFiles({ files }: OpenedRevision): EvidenceFiles {
  return new Map(files.evidence.flatMap(({ path, blob }) => {
    const digest = /\/([0-9a-f]{64})\.txt$/u.exec(path)?.[1];
    return digest === undefined || blob === null ? [] : [[digest, blob] as const];
  }));
}

/** The fences of each phase in the order of documents and lines, their receipts judged. */
async function readFences(opened: OpenedRevision, documents: readonly SourceDocument[], evidence: EvidenceFiles): Promise<Map<string, FencedReproduction[]>> {
  const phases = new Map<string, FencedReproduction[]>();
  for (const { path, blob, stored: { reading } } of documents) {
    const drafts = reading.drafts.filter((draft) => draft.recording !== undefined);
    if (drafts.length === 0) continue;
    const known = new Map(drafts.map((draft) => [draft, findKept(opened, draft, evidence)]));
    const full = [...known.values()].includes('unknown') ? await readFull(opened, path, blob) : null;
    for (const [index, draft] of drafts.entries()) {
      const kept = known.get(draft) ?? null;
      const judged = kept === 'unknown' ? await judgeAndKeep(opened, { recording: full?.[index] ?? null, phase: draft.phase }, evidence) : kept;
      phases.set(draft.phase, [...(phases.get(draft.phase) ?? []), { path, draft, judged }]);
    }
  }
  return phases;
}

/** The recordings of a document with their texts, in the order of its drafts. */
async function readFull(opened: OpenedRevision, path: string, blob: string): Promise<DraftRecording[]> {
  const store = openReadingStore(opened.cache, opened.vocabulary);
  const content = (await opened.readContents([blob])).get(blob);
  const stored = store.find(path, blob, 'full') ?? (content?.bytes ? await store.read(path, blob, content.bytes, 'full') : null);
  return stored?.reading.drafts.flatMap(({ recording }) => recording ?? []) ?? [];
}

interface Kept {
  judged: JudgedRecording;
  /** Blobs of the outputs that were read. */
  blobs: Record<string, string>;
}

function keyOf({ config }: OpenedRevision, { digest, line }: DraftRecording, phase: string): string {
  return cacheKey('recording', digest, line, phase, config.redactions);
}

/** What was judged before, if the files that it rests on are the same; null where there is nothing to judge. */
function findKept(opened: OpenedRevision, { recording, phase }: Pick<Draft, 'recording' | 'phase'>, evidence: EvidenceFiles): JudgedRecording | 'unknown' | null {
  if (recording === undefined || recording.line === null) return null;
  const kept = parse<Kept>(opened.cache.read(keyOf(opened, recording, phase)));
  if (kept === null || kept.judged.lost.some((digest) => evidence.has(digest))) return 'unknown';
  return Object.entries(kept.blobs).every(([digest, blob]) => evidence.get(digest) === blob) ? kept.judged : 'unknown';
}

async function judgeAndKeep(opened: OpenedRevision, { recording, phase }: { recording: DraftRecording | null; phase: string }, evidence: EvidenceFiles): Promise<JudgedRecording | null> {
  const text = recording?.text ?? null;
  if (recording === null || text === null) return null;
  const wanted = [...(text.receipt ?? '').matchAll(/[0-9a-f]{64}/gu)].flatMap(([digest]) => (evidence.has(digest) ? [digest] : []));
  const contents = wanted.length === 0 ? new Map() : await opened.readContents(wanted.map((digest) => evidence.get(digest) ?? ''));
  const textOf = (digest: string): string | null => contents.get(evidence.get(digest) ?? '')?.bytes?.toString('utf8') ?? null;
  // Loaded when it is needed: the engine for patterns takes longer to load than a journal takes to read.
  const { judgeRecording } = await import('./judge-recording.ts');
  const judged = judgeRecording(text, phase, textOf, opened.config.redactions);
  const blobs = Object.fromEntries(judged.used.map((digest) => [digest, evidence.get(digest) ?? '']));
  opened.cache.write(keyOf(opened, recording, phase), encode({ judged, blobs } satisfies Kept));
  return judged;
}

async function readReplays(opened: OpenedRevision, documents: readonly SourceDocument[], commits: readonly CommitFact[], firstCommit: (path: string) => string | null): Promise<FoundReplay[]> {
  const roles = new Map(commits.map(({ commit, role }) => [commit, role]));
  const roleAt = ({ stored: { gitLines }, origins }: SourceDocument, line: number): Role | null => roles.get(origins.born(gitLines?.[line - 1] ?? line)?.commit ?? '') ?? null;
  const inDocuments = documents.flatMap((document): FoundReplay[] => document.stored.reading.receipts.flatMap(({ text, line, endLine }) => {
    const read = readReplay(text, 'comment');
    return read === null ? [] : [{ ...read, path: document.path, line, endLine, owner: document.stored.reading.owner, committer: roleAt(document, line) }];
  }));
  const files = opened.files.evidence.filter(({ path, blob }) => path.endsWith('.json') && blob !== null);
  const contents = files.length === 0 ? new Map() : await opened.readContents(files.flatMap(({ blob }) => blob ?? []));
  const inFiles = files.flatMap(({ path, blob }): FoundReplay[] => {
    const text: string | undefined = contents.get(blob ?? '')?.bytes?.toString('utf8');
    const read = text === undefined ? null : readReplay(text, 'file');
    return read === null ? [] : [{ ...read, path, line: 1, endLine: 1, owner: null, committer: roles.get(firstCommit(path) ?? '') ?? null }];
  });
  return [...inDocuments, ...inFiles];
}
